import { plainText } from '../../plain-text.ts'
import { CodecError, type Reading } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from './count.ts'
import { emptyFrame, leftOverNode, leftOverRoot, sequenceRoot } from './node.ts'
import { FrameReader } from './reader.ts'
import { type TreeFormat, treeOf } from './tree.ts'
import type { WireValue } from './value.ts'

/** Reads the value at the reader's offset, `depth` levels below the frame. */
type ReadValue = (reader: FrameReader, depth: number) => WireValue

/** What a frame holds: usually one value, or several one after the other, as RFC 8742 has it for CBOR. */
interface FrameValues {
  readonly values: readonly WireValue[]
  /** Undefined when the values fill the frame. */
  readonly fault: CodecError | undefined
  /** How many bytes follow the only value, which are none themselves. */
  readonly leftOver: number
}

const isContainer = ({ kind }: WireValue): boolean =>
  kind === 'array' || kind === 'map' || kind === 'tag' || kind === 'embedded'

/** Whether values are documents: nearly every byte of a text is a number in MessagePack, too. */
const areDocuments = (values: readonly WireValue[], bytes: Uint8Array): boolean =>
  values.every(isContainer) || plainText(bytes) === undefined

/** The values of a frame, up to the first fault. The frame must not be empty. */
export function readValues(bytes: Uint8Array, read: ReadValue, reader = new FrameReader(bytes)): FrameValues {
  const first = read(reader, 0)
  const { offset: end } = reader
  const values = [first]
  while (!reader.fault && reader.remaining > 0) values.push(read(reader, 0))
  const isOnly = values.length === 1
  // A second value that is not whole is just as well no value at all.
  const isFollowed = reader.fault ? values.length > 2 : areDocuments(values, bytes)
  if (isOnly || isFollowed) return { values, fault: reader.fault, leftOver: 0 }
  const leftOver = bytes.length - end
  const message = `The value ends at byte ${end}, with ${countOf(leftOver, 'byte')} left over`
  return { values: [first], fault: new CodecError('decode-failed', message, end, leftOver), leftOver }
}

/** The values that a frame must consist of. Throws `CodecError` for any other frame. */
export function wholeValues(bytes: Uint8Array, read: ReadValue): readonly WireValue[] {
  if (bytes.length === 0) throw emptyFrame()
  const { values, fault } = readValues(bytes, read)
  if (fault) throw fault
  return values
}

/** The tree of everything readable in a frame, and the first fault. */
export function readingOf(bytes: Uint8Array, read: ReadValue, format: TreeFormat): Reading {
  if (bytes.length === 0) return { root: undefined, fault: emptyFrame() }
  const { values, fault, leftOver } = readValues(bytes, read)
  const [first] = values
  // A frame that is invalid from its first byte has no tree.
  if (!first || (first.kind === 'unread' && first.note !== 'cut short')) return { root: undefined, fault }
  if (values.length > 1) {
    const documents = values.map((value, index) => treeOf(value, format, { key: String(index) }))
    return { root: sequenceRoot(documents, bytes.length), fault, documents: documents.length }
  }
  const root = treeOf(first, format)
  if (leftOver === 0) return { root, fault }
  const end = bytes.length - leftOver
  const rest = compactHex(bytes.subarray(end))
  return { root: leftOverRoot(root, leftOverNode({ start: end, end: bytes.length }, `h'${rest}'`, rest, {})), fault }
}
