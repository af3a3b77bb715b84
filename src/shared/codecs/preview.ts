import type { CodecOptions, ViewId } from './codec.ts'
import { viewOf } from './index.ts'
import { hiddenCharacters, makeVisible, previewFrame, wholeCharacters } from './preview-frame.ts'

/** The known encoding of a frame. */
export interface PreviewView {
  readonly encoding: ViewId
  readonly options: CodecOptions
}

/** Larger frames are not parsed for a preview: lists show very many frames. */
const maximumStructureBytes = 64 * 1024

/** The frame in its known structure; undefined when it does not have it after all. */
function structureLine(frame: Uint8Array, room: number, view: PreviewView | undefined): string | undefined {
  if (!view || frame.length === 0 || frame.length > maximumStructureBytes || room < 1) return undefined
  return viewOf(view.encoding).line?.(frame, room, view.options)?.replace(hiddenCharacters, makeVisible)
}

/**
 * One line that identifies frames in a list: text with visible control characters, other bytes as `h'00ff'`, frames
 * joined by ` | `, truncated with `…`. A frame with a known structure, from the person's choice of view, is shown as
 * that. Reads only the start of a frame.
 */
export function previewFrames(
  frames: readonly Uint8Array[],
  views: readonly PreviewView[] = [],
  maximumCharacters = 200,
): string {
  let line = ''
  for (const [index, frame] of frames.entries()) {
    if (index > 0) line += ' | '
    const room = maximumCharacters - line.length
    if (room < 0) break
    line += structureLine(frame, room, views[index]) ?? previewFrame(frame, room + 1)
  }
  return line.length > maximumCharacters ? `${wholeCharacters(line, maximumCharacters - 1)}…` : line
}
