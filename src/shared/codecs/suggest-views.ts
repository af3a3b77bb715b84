import { recogniseLayer } from '../layers/index.ts'
import type { EncodingId, TreeNode } from './codec.ts'
import { codecs } from './index.ts'
import { maximumParsedBytes, type Suggestion, suggestText } from './suggest.ts'

const hexSuggestion: Suggestion = { what: { encoding: 'hex' }, reason: 'Shows any bytes as they are', certain: false }

/** Everything that the bytes could be, the most likely first and hex last. */
export function suggestViews(bytes: Uint8Array): Suggestion[] {
  const texts = suggestText(bytes)
  if (bytes.length === 0) return [...texts, hexSuggestion]
  const layer = recogniseLayer(bytes)
  const outer: Suggestion[] = layer ? [{ what: { layer: layer.id }, reason: layer.sign, certain: false }] : []
  const structures = bytes.length <= maximumParsedBytes ? suggestStructures(bytes) : []
  // A two-byte header may just as well be the start of a text.
  return texts.length > 0
    ? [...texts, ...structures, ...outer, hexSuggestion]
    : [...outer, ...structures, hexSuggestion]
}

const structured: readonly EncodingId[] = ['messagepack', 'cbor', 'protobuf']

/** The binary encodings in which the bytes are one complete value; containers first. */
function suggestStructures(bytes: Uint8Array): Suggestion[] {
  const containers: Suggestion[] = []
  const others: Suggestion[] = []
  for (const encoding of structured) {
    const { label, read } = codecs[encoding]
    const reading = read?.(bytes)
    // Nearly every single byte is a number in each of them, which means nothing.
    if (!reading?.root || reading.fault || bytes.length === 1) continue
    const { root, documents } = reading
    if (documents !== undefined && !root.children?.every(({ children }) => children !== undefined)) continue
    const what = documents === undefined ? describe(root) : `documents, ${documents} of them`
    const reason = `Complete ${label} ${what}, no bytes left over`
    const list = (root.children?.length ?? 0) > 0 ? containers : others
    list.push({ what: { encoding }, reason, certain: false })
  }
  return [...containers, ...others]
}

const describe = ({ type, children, value }: TreeNode): string =>
  children && value !== '' ? `${type}, ${value}` : type
