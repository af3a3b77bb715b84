import { recogniseLayer } from '../layers/index.ts'
import type { EncodingId, Reading, TreeNode, ViewId } from './codec.ts'
import { codecs } from './index.ts'
import { looksLikePickle } from './pickle/pickle.ts'
import { maximumParsedBytes, type Suggestion, suggestText, usualView } from './suggest.ts'

const hexSuggestion: Suggestion = { what: { encoding: 'hex' }, reason: 'Shows any bytes as they are', certain: false }

/** Everything that the bytes could be, the most likely first and hex last. */
export function suggestViews(bytes: Uint8Array): Suggestion[] {
  const texts = suggestText(bytes)
  if (bytes.length === 0) return [...texts, hexSuggestion]
  const layer = recogniseLayer(bytes)
  const outer: Suggestion[] = layer ? [{ what: { layer: layer.id }, reason: layer.sign, certain: false }] : []
  const structures = bytes.length <= maximumParsedBytes ? [...suggestPickle(bytes), ...suggestStructures(bytes)] : []
  // A two-byte header may just as well be the start of a text.
  return texts.length > 0
    ? [...texts, ...structures, ...outer, hexSuggestion]
    : [...outer, ...structures, hexSuggestion]
}

/** From protocol 2 on, a pickle begins with a byte that no text begins with, and ends where it says. */
function suggestPickle(bytes: Uint8Array): Suggestion[] {
  if (!looksLikePickle(bytes)) return []
  const protocol = bytes[0] === 0x80 ? bytes[1] : undefined
  const reason = `A whole pickle of Python${protocol === undefined ? '' : `, protocol ${protocol}`}`
  return [{ what: { encoding: 'pickle' }, reason, certain: protocol !== undefined }]
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
    if (!areContainers(reading)) continue
    const what = documents === undefined ? describe(root) : `documents, ${documents} of them`
    const reason = `Complete ${label} ${what}, no bytes left over`
    const list = (root.children?.length ?? 0) > 0 ? containers : others
    list.push({ what: { encoding }, reason, certain: false })
  }
  return [...containers, ...others]
}

/** Whether every value of several is a list or a map: nearly any bytes are numbers one after the other. */
const areContainers = ({ documents, root }: Reading): boolean =>
  documents === undefined || root?.children?.every(({ children }) => children !== undefined) === true

/**
 * The view when nobody has chosen one: that of the request where the bytes are whole in it, otherwise what is certain.
 * A service that takes one of the binary encodings answers in it, so that it goes before what the bytes look like.
 */
export function suggestedView(bytes: Uint8Array, like: EncodingId | null): { view: ViewId; isLikeRequest: boolean } {
  const usual = usualView(bytes)
  return like !== null && like !== usual && isWholeIn(like, bytes, usual)
    ? { view: like, isLikeRequest: true }
    : { view: isCertainPickle(bytes, usual) ? 'pickle' : usual, isLikeRequest: false }
}

const isCertainPickle = (bytes: Uint8Array, usual: ViewId): boolean =>
  usual === 'hex' && bytes.length <= maximumParsedBytes && suggestPickle(bytes).some(({ certain }) => certain)

function isWholeIn(encoding: EncodingId, bytes: Uint8Array, usual: ViewId): boolean {
  if (!structured.includes(encoding) || bytes.length > maximumParsedBytes) return false
  // Many texts are fields on Protobuf's wire, too.
  if (encoding === 'protobuf' && usual !== 'hex') return false
  const reading = codecs[encoding].read?.(bytes)
  return reading !== undefined && reading.root !== undefined && !reading.fault && areContainers(reading)
}

const describe = ({ type, children, value }: TreeNode): string =>
  children && value !== '' ? `${type}, ${value}` : type
