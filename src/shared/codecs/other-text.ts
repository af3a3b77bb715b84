import { CodecError, type TextEncodingId, type View } from './codec.ts'
import { viewFacts } from './facts.ts'

// Part of every host of this code, but missing from the type libraries it is checked against.
declare const TextDecoder: new (
  encoding: string,
  options: { readonly fatal: boolean },
) => { decode(bytes: Uint8Array, options?: { readonly stream: boolean }): string }

/** Text in another encoding than UTF-8. It is only read: many encodings have several bytes for one character. */
export const otherText = (id: TextEncodingId): View => ({
  ...viewFacts[id],
  decode(bytes) {
    try {
      return new TextDecoder(id, { fatal: true }).decode(bytes)
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown
      const offset = firstInvalid(bytes, id)
      const message =
        offset === bytes.length ? 'The last character is cut short' : `Byte ${offset} begins no character of it`
      throw new CodecError('decode-failed', message, offset, offset === bytes.length ? 0 : 1)
    }
  },
})

/** The length of the longest beginning that is valid, whose last character may still go on. */
function firstInvalid(bytes: Uint8Array, id: TextEncodingId): number {
  let valid = 0
  let invalid = bytes.length + 1
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2)
    if (isBeginning(bytes.subarray(0, middle), id)) valid = middle
    else invalid = middle
  }
  return valid
}

function isBeginning(bytes: Uint8Array, id: TextEncodingId): boolean {
  try {
    new TextDecoder(id, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch (thrown) {
    if (thrown instanceof TypeError) return false
    throw thrown
  }
}
