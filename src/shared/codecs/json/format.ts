import { CodecError } from '../codec.ts'
import { parseJson } from './parse.ts'
import type { JsonValue } from './value.ts'

/** Deep nesting multiplies the indentation; a text longer than this cannot be formatted. */
const maximumCharacters = 2 ** 27

/** Formats JSON text with two spaces per level. Numbers and strings stay as written. */
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

  write(parseJson(text), lineBreak)
  return pieces.join('')
}
