import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../utf8.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'

/** UTF-8 text, exact both ways: a byte order mark and every line break are kept. */
export const text: Codec = {
  ...encodingFacts.text,
  encode: encodeUtf8,
  decode: decodeText,
}

/** The text in UTF-8 bytes. Throws `CodecError` at the first byte that is not UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const decoded = decodeUtf8(bytes)
  if (decoded === undefined) {
    const offset = firstInvalidUtf8(bytes) ?? 0
    throw new CodecError('decode-failed', `Byte ${offset} is not valid UTF-8`, offset)
  }
  return decoded
}
