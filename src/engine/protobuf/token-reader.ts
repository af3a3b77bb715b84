import { unescapeBytes } from './escapes.ts'
import { Lexer } from './lexer.ts'
import type { NamePool } from './name-pool.ts'

/** A token can be as long as its file. */
const shortened = (token: string): string => (token.length > 80 ? `${token.slice(0, 80)}…` : token)

/** protoc allows 32 messages inside one another. */
const maximumDepth = 100

/** The steps of reading a .proto file: each takes tokens, or throws a `SourceError` at the one that does not fit. */
export class TokenReader extends Lexer {
  #depth = 0

  constructor(
    text: string,
    private readonly names: NamePool,
  ) {
    super(text)
  }

  /** Whether the token is this word or symbol. */
  is(word: string): boolean {
    return this.word === word && this.kind !== 'end'
  }

  /** Takes the token if it is this word or symbol. */
  skips(word: string): boolean {
    if (!this.is(word)) return false
    this.next()
    return true
  }

  expect(word: string): void {
    if (!this.skips(word)) this.failExpecting(`'${word}'`)
  }

  /** The word after this one, if it is one. */
  peekWord(): string | null {
    const { start } = this
    this.next()
    const found = this.kind === 'word' ? this.word : null
    this.goBack(start)
    return found
  }

  identifier(): string {
    if (this.kind !== 'word') this.failExpecting('a name')
    return this.#taken()
  }

  /** A name with dots; one before it marks a full name. */
  typeName(): string {
    let name = this.skips('.') ? `.${this.identifier()}` : this.identifier()
    while (this.skips('.')) name += `.${this.identifier()}`
    return this.names.keep(name)
  }

  /** Adjacent strings, which are one. */
  strings(): Buffer {
    if (this.kind !== 'string') this.failExpecting('a string')
    const parts: Buffer[] = []
    while (this.kind === 'string') {
      parts.push(unescapeBytes(this.word.slice(1, -1)))
      this.next()
    }
    return Buffer.concat(parts)
  }

  /** A whole number of at most 53 bits; `what` names it in the error. */
  integer(what: string): number {
    const number = this.kind === 'number' ? integerOf(this.word) : undefined
    if (number === undefined || number > Number.MAX_SAFE_INTEGER) this.failIllegal(what)
    this.next()
    return Number(number)
  }

  signedInteger(what: string): number {
    const isNegative = this.skips('-')
    const magnitude = this.integer(what)
    return isNegative ? -magnitude : magnitude
  }

  /** Reads what is between braces, or another pair, with `statement` for each until the end. */
  block(open: string, close: string, statement: () => void): void {
    const { start } = this
    this.expect(open)
    this.#depth += 1
    if (this.#depth > maximumDepth) this.fail(`Blocks are nested more than ${maximumDepth} deep`, start)
    while (!this.skips(close)) statement()
    this.#depth -= 1
  }

  failExpecting(what: string): never {
    if (this.kind === 'end') this.fail(`The file ends where ${what} is expected`, this.lastEnd)
    this.fail(`Expected ${what}, found '${shortened(this.word)}'`)
  }

  failIllegal(what: string): never {
    if (this.kind === 'end') this.fail('The file ends where more is expected', this.lastEnd)
    this.fail(`Illegal ${what} '${shortened(this.word)}'`)
  }

  #taken(): string {
    const word = this.names.keep(this.word)
    this.next()
    return word
  }
}

/** More digits than any number in a schema has, and few enough to convert at once. */
const mostDigits = 100

/** The value of a whole number as C writes it; undefined for anything else. */
export function integerOf(digits: string): bigint | undefined {
  if (digits.length > mostDigits) return undefined
  if (/^0[0-7]+$/.test(digits)) return BigInt(`0o${digits.slice(1)}`)
  return /^(?:0|[1-9][0-9]*|0[xX][0-9a-fA-F]+)$/.test(digits) ? BigInt(digits) : undefined
}
