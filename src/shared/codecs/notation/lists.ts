import { quoteCharacter } from '../characters.ts'
import type { CodecError } from '../codec.ts'
import type { NotationCursor } from './cursor.ts'
import { expected, notationFault } from './words.ts'

/** What a value can begin with, besides a word. */
const openings = '[{"\'`(<-0123456789'

const word = /[\p{L}$][\p{L}\p{N}$]*/uy

/** The word that a value can begin with; undefined when there is none at `start`. */
export function wordAt(text: string, start: number): string | undefined {
  word.lastIndex = start
  return word.test(text) ? text.slice(start, word.lastIndex) : undefined
}

/**
 * Reads items up to the closing bracket, or to the end of the text where there is none. Between two stands a comma or
 * white space, and a comma may follow the last.
 */
export function readList(cursor: NotationCursor, closing: string | undefined, readOne: () => void): void {
  cursor.skipBlank()
  while (!closes(cursor, closing)) {
    readOne()
    const { text, offset: end } = cursor
    cursor.skipBlank()
    if (closes(cursor, closing)) return
    if (text[cursor.offset] === ',') {
      cursor.offset += 1
      cursor.skipBlank()
    } else if (cursor.offset === end || !startsValue(cursor)) {
      throw closing === undefined
        ? unexpected(text, cursor.offset)
        : expected(text, cursor.offset, `',' or '${closing}'`)
    }
  }
}

function unexpected(text: string, offset: number): CodecError {
  const { quoted, length } = quoteCharacter(text, offset)
  return notationFault(`Unexpected ${quoted} after the end of the value`, offset, offset + length)
}

/** Whether the list ends here. Consumes its bracket. */
function closes(cursor: NotationCursor, closing: string | undefined): boolean {
  if (closing === undefined) return cursor.offset >= cursor.text.length
  const isEnd = cursor.text.startsWith(closing, cursor.offset)
  if (isEnd) cursor.offset += closing.length
  return isEnd
}

/** Whether a value, or a word in place of one, begins here. */
export function startsValue({ text, offset }: NotationCursor): boolean {
  if (offset >= text.length) return false
  return openings.includes(text.charAt(offset)) || wordAt(text, offset) !== undefined
}
