import type { DraftFrame } from '../../../shared/workspace.ts'

/** What the editor can take: a line is laid out in one piece, and each change reads and encodes the whole text. */
const limits = {
  /** Up to here the text is simply shown: at most 0.1 s to lay out. */
  usual: { line: 100_000, text: 2_000_000 },
  /** Up to here it is shown when somebody asks for it: at most 0.5 s. */
  largest: { line: 1_000_000, text: 5_000_000 },
}

/** `usual` is shown as text, `long` when somebody asks for it, `huge` never. */
export type TextSize = 'usual' | 'long' | 'huge'

function longestLine(text: string): number {
  let longest = 0
  for (let start = 0; ; ) {
    const end = text.indexOf('\n', start)
    if (end < 0) return Math.max(longest, text.length - start)
    longest = Math.max(longest, end - start)
    start = end + 1
  }
}

/** How well a text can be edited. */
export function textSizeOf(text: string): TextSize {
  if (text.length <= limits.usual.line) return 'usual'
  const line = longestLine(text)
  if (line <= limits.usual.line && text.length <= limits.usual.text) return 'usual'
  return line <= limits.largest.line && text.length <= limits.largest.text ? 'long' : 'huge'
}

/** How many lines a text has. */
export function lineCount(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/**
 * Whether a frame is encoded only when it is sent: reading 20 million characters of JSON takes 3 s, which would hold up
 * the window whenever it is opened. Plain text has nothing to be read.
 */
export const isEncodedLater = ({ text, encoding, attachment }: DraftFrame): boolean =>
  attachment === null && encoding !== 'text' && text.length > limits.largest.text

/** What stands in place of the size of a frame that is not encoded yet. */
export const unknownSize = (frame: DraftFrame): string => (isEncodedLater(frame) ? 'checked when it is sent' : '')
