import { foldService } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'

/** A bracket that ends its line, with the suffix of its encoded form and before a comment. */
const opening = /[[{](?:_\w*)?(?=\s*(?:#.*)?$)/

/** Lines that a fold may have: each is looked at whenever its beginning comes into view. */
const mostLines = 20_000

const indentOf = (line: string): number => line.search(/\S/)

/**
 * The content of the container that begins in a line of laid-out notation; null where none does, or where its end is in
 * another part of the text, or too far down. Only the indentation is read: it is the printer's own, and a string has no line breaks.
 */
export function notationFold(state: EditorState, start: number): { from: number; to: number } | null {
  const { doc } = state
  const first = doc.lineAt(start)
  const bracket = opening.exec(first.text)
  if (!bracket || first.number === doc.lines) return null
  const indent = indentOf(first.text)
  let at = first.to + 1
  const end = Math.min(doc.lines, first.number + mostLines)
  for (const line of doc.iterLines(first.number + 1, end + 1)) {
    if (indentOf(line) <= indent) {
      const isOwn = at > first.to + 1 && /^\s*[\]}]/.test(line)
      return isOwn ? { from: first.from + bracket.index + bracket[0].length, to: at + indent } : null
    }
    at += line.length + 1
  }
  return null
}

/** Where the notation can be folded. */
export const notationFolding = foldService.of(notationFold)
