import { CodecError, type Reading } from '../codec.ts'
import { compactHex } from '../hex.ts'
import { countOf } from './count.ts'
import { emptyFrame, leftOverRoot } from './node.ts'
import { FrameReader } from './reader.ts'
import { type TreeFormat, treeOf } from './tree.ts'
import type { WireValue } from './value.ts'

/** Reads the value at the reader's offset, `depth` levels below the frame. */
type ReadValue = (reader: FrameReader, depth: number) => WireValue

/** The single value that a frame must hold. Throws `CodecError` for any other frame. */
export function wholeValue(bytes: Uint8Array, read: ReadValue): WireValue {
  if (bytes.length === 0) throw emptyFrame()
  const reader = new FrameReader(bytes)
  const value = read(reader, 0)
  const fault = reader.fault ?? leftOver(reader)
  if (fault) throw fault
  return value
}

/** The tree of everything readable in a frame, and the first fault. */
export function readingOf(bytes: Uint8Array, read: ReadValue, format: TreeFormat): Reading {
  if (bytes.length === 0) return { root: undefined, fault: emptyFrame() }
  const reader = new FrameReader(bytes)
  const value = read(reader, 0)
  // A frame that is invalid from its first byte has no tree.
  if (value.kind === 'unread' && value.note !== 'cut short') return { root: undefined, fault: reader.fault }
  const root = treeOf(value, format)
  const fault = leftOver(reader)
  if (fault === undefined) return { root, fault: reader.fault }
  const rest = compactHex(reader.rest())
  return { root: leftOverRoot(root, { start: reader.offset, end: bytes.length }, `h'${rest}'`, rest), fault }
}

function leftOver(reader: FrameReader): CodecError | undefined {
  if (reader.remaining === 0) return undefined
  const message = `The value ends at byte ${reader.offset}, with ${countOf(reader.remaining, 'byte')} left over`
  return new CodecError('decode-failed', message, reader.offset, reader.remaining)
}
