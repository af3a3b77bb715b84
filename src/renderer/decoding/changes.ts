import { changedBytes } from '../../shared/changes/bytes.ts'
import { type Hunks, hunksOf } from '../../shared/changes/hunks.ts'
import { changedText, type TextPiece } from '../../shared/changes/text.ts'
import { changedValues, type ValueChanges } from '../../shared/changes/values.ts'
import { CodecError, type CodecOptions, type TreeNode, type ViewId } from '../../shared/codecs/codec.ts'
import { viewOf } from '../../shared/codecs/index.ts'

/** What is another in a frame than in that of an earlier message. */
export interface FrameChanges {
  /** Null where one of them has no structure in the view. */
  readonly values: ValueChanges | null
  /** The words that differ; null for what is no text, and where they say nothing. */
  readonly text: readonly TextPiece[] | null
  readonly bytes: Hunks
}

/** Values of larger frames are not compared, in bytes. */
const mostRead = 16 * 1024 * 1024

function rootOf(bytes: Uint8Array, view: ViewId, options: CodecOptions): TreeNode | null {
  if (bytes.byteLength > mostRead) return null
  const reading = viewOf(view).read?.(bytes, options)
  return reading?.root && !reading.fault ? reading.root : null
}

function textOf(bytes: Uint8Array, view: ViewId, options: CodecOptions): string | null {
  try {
    return viewOf(view).decode(bytes, options)
  } catch (thrown) {
    if (thrown instanceof CodecError) return null
    throw thrown
  }
}

/** Whether the text of a view is its bytes, and no way to write them. */
const isWritten = (view: ViewId): boolean => view === 'hex' || view === 'base64' || view === 'z85' || view === 'array'

/** Compares frames in the view of the later one. */
export function frameChanges(
  before: Uint8Array,
  after: Uint8Array,
  view: ViewId,
  options: CodecOptions = {},
): FrameChanges {
  const bytes = hunksOf(before, after, changedBytes(before, after))
  const [old, now] = [rootOf(before, view, options), rootOf(after, view, options)]
  if (old && now) return { values: changedValues(old, now), text: null, bytes }
  if (viewOf(view).read || isWritten(view)) return { values: null, text: null, bytes }
  const [oldText, nowText] = [textOf(before, view, options), textOf(after, view, options)]
  const text = oldText === null || nowText === null ? null : changedText(oldText, nowText)
  return { values: null, text, bytes }
}
