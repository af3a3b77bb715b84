import { Lines } from './lines.ts'
import { SourceError } from './source-error.ts'

export type TokenKind = 'word' | 'number' | 'string' | 'symbol' | 'end'

const space = 1
const letter = 2
const digit = 3

/** The class of each ASCII character; 0 for a symbol. */
const classes = new Uint8Array(128)
for (let code = 0; code < classes.length; code += 1) {
  const character = String.fromCharCode(code)
  if (/\s/.test(character)) classes[code] = space
  else if (/[A-Za-z_]/.test(character)) classes[code] = letter
  else if (/[0-9]/.test(character)) classes[code] = digit
}

const codeOf = (character: string): number => character.charCodeAt(0)
const slash = codeOf('/')
const star = codeOf('*')
const backslash = codeOf('\\')
const newline = codeOf('\n')
const dot = codeOf('.')
const quotes: readonly number[] = [codeOf('"'), codeOf("'")]

/** Reads the tokens of a .proto file one after the other. Offsets and lengths are in UTF-16 units. */
export class Lexer {
  kind: TokenKind = 'symbol'
  /** As written; a string includes its quotes, the end is empty. */
  word = ''
  start = 0
  end = 0
  /** Where the token before this one ended. */
  lastEnd = 0

  /** Begins at the first token. Throws `SourceError`, as `next` does. */
  constructor(readonly text: string) {
    this.next()
  }

  /** Moves on to the next token. */
  next(): void {
    this.lastEnd = this.end
    const start = this.#skip(this.end)
    this.start = start
    const code = this.text.charCodeAt(start)
    const kind = code < classes.length ? (classes[code] ?? 0) : 0
    if (Number.isNaN(code)) this.#take('end', start)
    else if (kind === letter) this.#take('word', this.#wordEnd(start))
    else if (kind === digit || (code === dot && this.#classAt(start + 1) === digit)) {
      this.#take('number', this.#numberEnd(start))
    } else if (quotes.includes(code)) this.#take('string', this.#stringEnd(start, code))
    else this.#take('symbol', start + String.fromCodePoint(this.text.codePointAt(start) ?? 0).length)
  }

  /** Goes back to a token that started at this offset. */
  goBack(start: number): void {
    this.end = start
    this.next()
  }

  /** Throws a `SourceError` at an offset, which is that of the token if none is given. */
  fail(message: string, offset = this.start): never {
    throw new SourceError(message, new Lines(this.text).positionAt(offset))
  }

  #take(kind: TokenKind, end: number): void {
    this.kind = kind
    this.end = end
    this.word = this.text.slice(this.start, end)
  }

  #classAt(at: number): number {
    const code = this.text.charCodeAt(at)
    return code < classes.length ? (classes[code] ?? 0) : 0
  }

  /** The offset after white space and comments. */
  #skip(from: number): number {
    const { text } = this
    let at = from
    for (;;) {
      const code = text.charCodeAt(at)
      if (code < classes.length ? classes[code] === space : isWideSpace(text.charAt(at))) at += 1
      else if (code !== slash) return at
      else if (text.charCodeAt(at + 1) === slash) {
        const end = text.indexOf('\n', at)
        at = end < 0 ? text.length : end
      } else if (text.charCodeAt(at + 1) === star) {
        const end = text.indexOf('*/', at + 2)
        if (end < 0) this.fail('The comment is not closed', at)
        at = end + 2
      } else return at
    }
  }

  #wordEnd(start: number): number {
    let at = start + 1
    while (this.#classAt(at) >= letter) at += 1
    return at
  }

  /** Also of what begins like a number and is none: the parser tells that. */
  #numberEnd(start: number): number {
    const { text } = this
    const isHexadecimal = /^0[xX]/.test(text.slice(start, start + 2))
    let at = start + 1
    for (;;) {
      if (this.#classAt(at) >= letter || text.charCodeAt(at) === dot) at += 1
      else if (!isHexadecimal && '+-'.includes(text.charAt(at) || ' ') && 'eE'.includes(text.charAt(at - 1))) at += 1
      else return at
    }
  }

  #stringEnd(start: number, quote: number): number {
    const { text } = this
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === quote) return at + 1
      if (code === backslash) at += 1
      if (text.charCodeAt(at) === newline) break
    }
    return this.fail('The string is not closed on its line', start)
  }
}

/** Unicode's spaces: an editor may leave them, and they look like others. */
const isWideSpace = (character: string): boolean => character !== '' && /\s/.test(character)
