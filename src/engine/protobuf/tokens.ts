/** A position in a file; both numbers count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Token extends Position {
  /** As written; a string includes its quotes. */
  readonly text: string
  /** The offset after it. */
  readonly end: number
}

/** A .proto file that cannot be parsed, and where. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly position: Position | null,
  ) {
    super(message)
  }
}

/** White space, comments, strings, words and single characters, with protobufjs's word boundaries. */
const tokenPattern =
  /(?<skipped>\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<token>"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'|\/\*|[^\s{}=;:[\],'"()<>]+|[^\s])/gy

/** The tokens of a .proto file, with columns: protobufjs reports only lines. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let lineStart = 0
  for (const match of source.matchAll(tokenPattern)) {
    const text = match[0]
    if (match.groups?.token === undefined) {
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
        line += 1
        lineStart = match.index + at + 1
      }
      continue
    }
    const token = { text, line, column: match.index - lineStart + 1, end: match.index + text.length }
    if (text === '"' || text === "'") throw new SourceError('The string is not closed on its line', token)
    if (text === '/*') throw new SourceError('The comment is not closed', token)
    tokens.push(token)
  }
  return tokens
}

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }
const escapePattern = /\\(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g

/** Decodes C-style escapes to bytes; the rest is UTF-8. */
export function unescapeBytes(text: string): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (const match of text.matchAll(escapePattern)) {
    const [whole, octal, hexadecimal, short, long, character] = match
    parts.push(Buffer.from(text.slice(from, match.index)))
    from = match.index + whole.length
    const point = short ?? long
    if (octal !== undefined) parts.push(Buffer.of(Number.parseInt(octal, 8) & 0xff))
    else if (hexadecimal !== undefined) parts.push(Buffer.of(Number.parseInt(hexadecimal, 16)))
    else if (point !== undefined) parts.push(Buffer.from(codePointText(Number.parseInt(point, 16))))
    else if (character !== undefined) parts.push(escapedCharacter(character))
  }
  parts.push(Buffer.from(text.slice(from)))
  return Buffer.concat(parts)
}

const codePointText = (point: number): string => (point <= 0x10ffff ? String.fromCodePoint(point) : '\u{fffd}')

function escapedCharacter(character: string): Buffer {
  const code = escapes[character]
  return code === undefined ? Buffer.from(character) : Buffer.of(code)
}

export const isString = ({ text }: Token): boolean => text.startsWith('"') || text.startsWith("'")

/** The bytes of a string token. */
export const stringBytes = ({ text }: Token): Buffer => unescapeBytes(text.slice(1, -1))
