import { isEncoding } from '../codecs/codec.ts'
import { codecs, type EncodingId } from '../codecs/index.ts'
import { suggestView } from '../codecs/suggest.ts'

/** Bytes as a text to edit, in an encoding that is sure to show them. It encodes to the same bytes. */
export function draftTextOf(bytes: Uint8Array): { encoding: EncodingId; text: string } {
  const view = suggestView(bytes)
  const encoding = isEncoding(view) ? view : 'hex'
  return { encoding, text: codecs[encoding].decode(bytes) }
}
