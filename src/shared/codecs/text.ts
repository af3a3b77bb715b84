import { decodeUtf8, encodeUtf8, firstInvalidUtf8 } from '../utf8.ts'
import { type Codec, CodecError } from './codec.ts'
import { encodingFacts } from './facts.ts'

/** UTF-8 text, exact in both directions: byte order marks and line breaks are kept. */
export const text: Codec = {
  ...encodingFacts.text,
  encode: encodeUtf8,
  decode: decodeText,
}

/** Decodes UTF-8. Throws `CodecError` at the first invalid byte. */
export function decodeText(bytes: Uint8Array): string {
  const decoded = decodeUtf8(bytes)
  if (decoded === undefined) {
    const offset = firstInvalidUtf8(bytes) ?? 0
    throw new CodecError('decode-failed', `Byte ${offset} is not valid UTF-8`, offset)
  }
  return decoded
}
