import { array } from './array.ts'
import { base64 } from './base64.ts'
import { cbor } from './cbor.ts'
import { type Codec, type EncodingId, type TextEncodingId, textEncodingIds, type View, type ViewId } from './codec.ts'
import { hex } from './hex.ts'
import { json } from './json.ts'
import { messagepack } from './messagepack.ts'
import { otherText } from './other-text.ts'
import { pickle } from './pickle.ts'
import { protobuf } from './protobuf.ts'
import { text } from './text.ts'
import { z85 } from './z85.ts'

export {
  type Codec,
  CodecError,
  type CodecOptions,
  type EncodingId,
  encodingIds,
  type TreeNode,
  type View,
  type ViewId,
} from './codec.ts'
export { formatJson, minifyJson } from './json.ts'

/** All encodings. */
export const codecs: Readonly<Record<EncodingId, Codec>> = { text, json, messagepack, cbor, protobuf, hex, base64, z85 }

const isTextEncoding = (id: ViewId): id is TextEncodingId => textEncodingIds.some((each) => each === id)

/** What shows bytes in a view. */
export function viewOf(id: ViewId): View {
  if (id === 'pickle') return pickle
  if (id === 'array') return array
  return isTextEncoding(id) ? otherText(id) : codecs[id]
}
