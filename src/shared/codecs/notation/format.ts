import { CodecError } from '../codec.ts'
import type { WireArray, WireMap, WireTag, WireValue } from '../wire/value.ts'
import type { Dialect } from './dialect.ts'
import { parseNotationSequence } from './parse.ts'

/** Flat containers that fit this many columns stay on one line. */
const lineColumns = 80

/** Deep nesting multiplies the indentation; a text longer than this cannot be formatted. */
const maximumCharacters = 2 ** 27

/**
 * Lays notation out over lines, with two spaces per level. Values stay as written, with their suffixes, and what has a
 * comment in it stays as it is. Throws `CodecError` ('encode-failed') for text that is not valid, or nested too deeply.
 */
export function formatNotation(text: string, dialect: Dialect): string {
  return new NotationFormatter(text).sequence(parseNotationSequence(text, dialect))
}

class NotationFormatter {
  readonly #text: string
  readonly #pieces: string[] = []
  #length = 0

  constructor(text: string) {
    this.#text = text
  }

  sequence(values: readonly WireValue[]): string {
    let end = 0
    for (const [index, value] of values.entries()) {
      this.#gap(end, value.start, index === 0 ? '' : ',\n')
      this.#value(value, '\n')
      end = value.end
    }
    this.#gap(end, this.#text.length, '')
    return this.#pieces.join('')
  }

  /** What stands between documents: as it is where it has a comment. */
  #gap(start: number, end: number, usual: string): void {
    this.#put(this.#hasComment(start, end) ? this.#text.slice(start, end) : usual)
  }

  /** Writes a value; `line` is a line break and the indentation around it. */
  #value(value: WireValue, line: string): void {
    if (value.kind === 'tag') this.#tag(value, line)
    else if (this.#isContainer(value)) this.#container(value, line)
    else this.#put(this.#source(value))
  }

  #tag(value: WireValue & WireTag, line: string): void {
    const { start, inner, end } = value
    // A bignum is written as a number: nothing in it has a place of its own.
    const isWhole = inner.start === start || this.#hasComment(start, inner.start) || this.#hasComment(inner.end, end)
    if (isWhole) {
      this.#put(this.#source(value))
      return
    }
    this.#put(this.#text.slice(start, inner.start).trimEnd())
    this.#value(inner, line)
    this.#put(')')
  }

  #container(value: WireValue & (WireArray | WireMap), line: string): void {
    const members = membersOf(value)
    if (this.#isCommented(value, members)) {
      this.#put(this.#source(value))
      return
    }
    const opening = /^.(?:_\w*)?/.exec(this.#text.slice(value.start, value.start + 8))?.[0] ?? ''
    const closing = value.kind === 'array' ? ']' : '}'
    const flat = this.#flat(members, opening, closing)
    if (flat !== undefined) {
      this.#put(flat)
      return
    }
    const inner = `${line}  `
    this.#put(opening)
    for (const [index, member] of members.entries()) {
      this.#put(`${index === 0 ? '' : ','}${inner}`)
      const last = member.at(-1)
      if (last && member.length > 1)
        this.#put(
          `${member
            .slice(0, -1)
            .map((key) => this.#source(key))
            .join('')}: `,
        )
      if (last) this.#value(last, inner)
    }
    this.#put(line + closing)
  }

  /** Whether it is written in brackets: an address with its prefix is an array, too, and is one word. */
  #isContainer(value: WireValue): value is WireValue & (WireArray | WireMap) {
    return (value.kind === 'array' || value.kind === 'map') && /[[{]/.test(this.#text.charAt(value.start))
  }

  /** Whether it is a container, or a tag around one: what a tag has in it is laid out as well. */
  #hasContainer(value: WireValue): boolean {
    return value.kind === 'tag' ? this.#hasContainer(value.inner) : this.#isContainer(value)
  }

  /** The container on one line; undefined when it contains others, or is too long. */
  #flat(members: readonly (readonly WireValue[])[], opening: string, closing: string): string | undefined {
    if (members.length > lineColumns) return undefined
    if (members.some((member) => member.some((value) => this.#hasContainer(value)))) return undefined
    const content = members.map((member) => member.map((value) => this.#source(value)).join(': ')).join(', ')
    const written = `${opening}${opening.length > 1 ? ' ' : ''}${content}${closing}`
    return written.length <= lineColumns && !written.includes('\n') ? written : undefined
  }

  /** Whether a comment stands between the parts of a container. */
  #isCommented({ start, end }: WireValue, members: readonly (readonly WireValue[])[]): boolean {
    let before = start + 1
    for (const value of members.flat()) {
      if (this.#hasComment(before, value.start)) return true
      before = value.end
    }
    return this.#hasComment(before, end)
  }

  /** Whether a part without values has a comment. */
  #hasComment(start: number, end: number): boolean {
    return /[#/]/.test(this.#text.slice(start, end))
  }

  #source({ start, end }: WireValue): string {
    return this.#text.slice(start, end)
  }

  #put(piece: string): void {
    this.#length += piece.length
    if (this.#length > maximumCharacters) {
      throw new CodecError('encode-failed', 'Nested too deeply to format', 0, this.#text.length)
    }
    this.#pieces.push(piece)
  }
}

/** Each item, or each key with its value. */
const membersOf = (value: WireArray | WireMap): readonly (readonly WireValue[])[] =>
  value.kind === 'array'
    ? value.items.map((item) => [item])
    : value.entries.map(({ key, value: member }) => [key, member])
