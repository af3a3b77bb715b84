import type { CodecOptions, Reading, TreeNode, ViewId } from '../../codecs/codec.ts'
import { viewOf } from '../../codecs/index.ts'
import { looksLikePickle } from '../../codecs/pickle/pickle.ts'
import type { Frame } from '../../message.ts'

/** How a frame is known to be encoded. */
export interface KnownView {
  readonly encoding: ViewId
  readonly options: CodecOptions
}

const whiteSpace = new Set([0x09, 0x0a, 0x0d, 0x20])
const inRanges =
  (...ranges: readonly (readonly [number, number])[]) =>
  (byte: number): boolean =>
    ranges.some(([first, last]) => byte >= first && byte <= last)

/** What a frame is tried as, by the byte that it begins with: that of nearly all texts is none of them. */
const guesses: readonly { readonly encoding: ViewId; begins(byte: number, frame: Frame): boolean }[] = [
  // Arrays, objects, strings, numbers and words.
  { encoding: 'json', begins: (byte) => byte < 0x80 && '{["-0123456789tfn'.includes(String.fromCharCode(byte)) },
  { encoding: 'pickle', begins: (byte, frame) => byte === 0x80 && looksLikePickle(frame) },
  // Maps and arrays.
  { encoding: 'messagepack', begins: inRanges([0x80, 0x9f], [0xdc, 0xdf]) },
  // Arrays, maps and what has a tag.
  { encoding: 'cbor', begins: inRanges([0x80, 0xdb]) },
]

/** The values of a frame: of several documents each, and their sequence. */
const rootsOf = ({ root, documents }: Reading): readonly TreeNode[] =>
  root === undefined ? [] : documents === undefined ? [root] : [root, ...(root.children ?? [])]

/** Nearly any bytes are numbers one after the other. */
const isLikely = ({ root, fault, documents }: Reading): boolean =>
  root !== undefined && !fault && (documents === undefined || root.children?.every(({ children }) => children) === true)

/** How a frame is read: as it is known to be, or else as what it looks like. Undefined for what has no structure. */
export function structureOf(
  frame: Frame,
  known: KnownView | null,
): { readonly encoding: ViewId; readonly reading: Reading } | undefined {
  const reading = known ? viewOf(known.encoding).read?.(frame, known.options) : undefined
  if (known && reading?.root && !reading.fault) return { encoding: known.encoding, reading }
  const first = frame.find((byte) => !whiteSpace.has(byte))
  if (first === undefined) return undefined
  for (const { encoding, begins } of guesses) {
    if (encoding === known?.encoding || !begins(first, frame)) continue
    const guessed = viewOf(encoding).read?.(frame)
    if (guessed && isLikely(guessed)) return { encoding, reading: guessed }
  }
  return known && reading ? { encoding: known.encoding, reading } : undefined
}

/** The values in a frame; none in what has no structure. */
export function valuesIn(frame: Frame, known: KnownView | null): readonly TreeNode[] {
  const structure = structureOf(frame, known)
  return structure ? rootsOf(structure.reading) : []
}
