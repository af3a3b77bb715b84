import { CodecError } from '../codec.ts'
import { parseJsonDocuments } from './parse.ts'
import type { JsonValue } from './value.ts'

/** Deep nesting multiplies the indentation; a text longer than this cannot be formatted. */
const maximumCharacters = 2 ** 27

/** The text without the NULs at its end, which end strings in C. */
export const withoutNuls = (text: string): string => text.replace(/(?<=[^\0])\0+$/, '')

/**
 * The text as one JSON value: several documents as an array, and without NULs at the end. Throws `CodecError`
 * ('encode-failed') for a text that is no JSON.
 */
export function oneJson(text: string): string {
  const content = withoutNuls(text)
  const documents = parseJsonDocuments(content)
  if (documents.length === 1) return content
  return `[${documents.map(({ start, end }) => content.slice(start, end)).join(', ')}]`
}

/** Formats JSON text with two spaces per level. Numbers and strings stay as written; each document begins a line. */
export function formatJson(text: string): string {
  return layOut(text, '\n', '  ', ': ')
}

/** Removes the white space between the tokens of JSON text. Numbers and strings stay as written. */
export function minifyJson(text: string): string {
  return layOut(text, '', '', ':')
}

function layOut(text: string, lineBreak: string, indent: string, colon: string): string {
  const pieces: string[] = []
  let total = 0
  function put(piece: string): void {
    total += piece.length
    if (total > maximumCharacters) {
      throw new CodecError('encode-failed', 'Nested too deeply to format', 0, text.length)
    }
    pieces.push(piece)
  }

  function write(value: JsonValue, line: string): void {
    const inner = line + indent
    if (value.kind === 'array' && value.items.length > 0) {
      for (const [index, item] of value.items.entries()) {
        put(index === 0 ? '[' : ',')
        put(inner)
        write(item, inner)
      }
      put(`${line}]`)
    } else if (value.kind === 'object' && value.members.length > 0) {
      for (const [index, { key, value: member }] of value.members.entries()) {
        put(index === 0 ? '{' : ',')
        put(inner)
        put(text.slice(key.start, key.end) + colon)
        write(member, inner)
      }
      put(`${line}}`)
    } else if (value.kind === 'array') {
      put('[]')
    } else {
      put(value.kind === 'object' ? '{}' : text.slice(value.start, value.end))
    }
  }

  const content = withoutNuls(text)
  const documents = parseJsonDocuments(content)
  for (const [index, document] of documents.entries()) {
    if (index > 0) put('\n')
    write(document, lineBreak)
  }
  // What ends a line of several, or a string in C, is for whoever reads them.
  if (documents.length > 1 && content.endsWith('\n')) put('\n')
  put(text.slice(content.length))
  return pieces.join('')
}
