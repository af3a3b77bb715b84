import { encodeUtf8 } from '../../utf8.ts'
import { CodecError } from '../codec.ts'
import type { JsonString } from '../json/value.ts'

/** The UTF-8 bytes of a JSON string. An escape such as `\ud800` may stand for half a character, which has none. */
export function stringBytes({ value, start, end }: JsonString): Uint8Array {
  try {
    return encodeUtf8(value)
  } catch (error) {
    if (!(error instanceof CodecError)) throw error
    throw new CodecError('encode-failed', error.message, start, end - start)
  }
}
