import type { CodecError } from '../codec.ts'
import { maximumDepth } from '../json/parse.ts'
import { maximumValues } from '../wire/reader.ts'
import type { Width, WireEntry, WireValue } from '../wire/value.ts'
import { NotationCursor } from './cursor.ts'
import type { Dialect } from './dialect.ts'
import { readList, wordAt } from './lists.ts'
import { floatOf, integerOf, readNumber } from './numbers.ts'
import { readWord, unknownWord } from './word-values.ts'
import { expected, notationFault, shorten } from './words.ts'

/**
 * The values of a text of notation, usually one; several have commas or white space between them. Throws `CodecError`
 * ('encode-failed') at the first fault, and for a text without a value.
 */
export function parseNotationSequence(text: string, dialect: Dialect): WireValue[] {
  return new NotationParser(text, dialect).sequence()
}

class NotationParser extends NotationCursor {
  #values = 0

  sequence(): WireValue[] {
    if (this.text === '') {
      throw notationFault(`Nothing to encode: ${this.dialect.label} needs a value, such as {}`, 0, 0)
    }
    const values: WireValue[] = []
    readList(this, undefined, () => values.push(this.#value(0)))
    return values.length > 0 ? values : [this.#value(0)]
  }

  #value(depth: number): WireValue {
    this.#values += 1
    if (this.#values > maximumValues) throw this.#faultHere(`More than ${maximumValues} values`)
    const { text, offset: start } = this
    const character = text[start] ?? ''
    switch (character) {
      case '[':
        return this.#array(depth)
      case '{':
        return this.#map(depth)
      case '(':
        return this.#chunks(depth)
      case '<':
        return this.#embedded(depth)
    }
    const string = this.string()
    if (string) return string
    if (text.startsWith('-Infinity', start)) return this.namedFloat('-Infinity'.length, Number.NEGATIVE_INFINITY)
    if (character === '-' || (character >= '0' && character <= '9')) return this.#number(depth)
    const word = wordAt(text, start)
    if (word !== undefined) return readWord(this, word)
    throw character === '' && start >= text.length
      ? notationFault('A value is missing at the end', text.length, text.length)
      : unknownWord(text, start)
  }

  #number(depth: number): WireValue {
    const { text, offset: start } = this
    const { source, end, isInteger } = readNumber(text, start)
    this.offset = end
    const suffix = this.takeSuffix()
    const value = isInteger ? integerOf(source) : floatOf(source)
    if (typeof value === 'string') throw notationFault(`The number ${shorten(source)} ${value}`, start, end)
    if (text[this.offset] === '(') return this.#tag(depth, value, isInteger, suffix, start)
    const made = isInteger
      ? this.dialect.integer(value, suffix, this.since(start))
      : this.dialect.float(Number(value), suffix, this.since(start))
    if (typeof made === 'string') throw notationFault(`The number ${shorten(source)} ${made}`, start, this.offset)
    return made
  }

  #tag(depth: number, tag: number | bigint, isInteger: boolean, suffix: string | undefined, start: number): WireValue {
    this.refuse('tag', start, this.offset + 1)
    if (!isInteger || tag < 0) throw notationFault('A tag must be an integer from 0 up', start, this.offset)
    const width = this.width('tag', tag, suffix, 'This tag', start)
    this.#descend(depth, start)
    this.offset += 1
    this.skipBlank()
    const inner = this.#value(depth + 1)
    this.take(')', "')' after the value of the tag")
    return { kind: 'tag', tag, width, inner, start, end: this.offset }
  }

  #array(depth: number): WireValue {
    const start = this.offset
    const suffix = this.#open(depth)
    const items: WireValue[] = []
    readList(this, ']', () => items.push(this.#value(depth + 1)))
    const width = this.#containerWidth('array', items.length, suffix, start)
    return { kind: 'array', items, width, start, end: this.offset }
  }

  #map(depth: number): WireValue {
    const start = this.offset
    const suffix = this.#open(depth)
    const entries: WireEntry[] = []
    readList(this, '}', () => {
      const key = this.#value(depth + 1)
      this.take(':', "':' after the key")
      this.skipBlank()
      entries.push({ key, value: this.#value(depth + 1) })
    })
    const width = this.#containerWidth('map', entries.length, suffix, start)
    return { kind: 'map', entries, width, start, end: this.offset }
  }

  /** Consumes a bracket and the suffix of its form. */
  #open(depth: number): string | undefined {
    this.#descend(depth, this.offset)
    this.offset += 1
    const suffix = this.takeSuffix()
    if (suffix === '_') this.refuse('indefinite', this.offset - 1, this.offset)
    return suffix
  }

  #containerWidth(
    kind: 'array' | 'map',
    count: number,
    suffix: string | undefined,
    start: number,
  ): Width | 'indefinite' {
    if (suffix === '_') return 'indefinite'
    const width = this.dialect.width(kind, count, suffix)
    if (typeof width !== 'string') return width
    throw notationFault(`This ${kind} ${width}`, start + 1, start + 1 + (suffix?.length ?? 0))
  }

  #chunks(depth: number): WireValue {
    const start = this.offset
    if (this.text[start + 1] !== '_') throw unknownWord(this.text, start)
    this.refuse('indefinite', start, start + 2)
    this.offset = start + 2
    const chunks: WireValue[] = []
    readList(this, ')', () => chunks.push(this.#chunk(depth, chunks[0])))
    const first = chunks[0]
    if (first?.kind !== 'text' && first?.kind !== 'bytes') {
      throw notationFault(`Expected ""_ for text or ''_ for bytes without parts`, start, this.offset)
    }
    return { kind: 'chunks', of: first.kind, chunks, start, end: this.offset }
  }

  #chunk(depth: number, first: WireValue | undefined): WireValue {
    const what = first === undefined ? 'text or bytes' : first.kind === 'text' ? 'text' : 'bytes'
    // Anything else that could start here could nest without limit.
    if (!/["'`hbt]/.test(this.text[this.offset] ?? '')) throw expected(this.text, this.offset, `${what} in one piece`)
    const chunk = this.#value(depth)
    const { kind } = chunk
    if ((kind === 'text' || kind === 'bytes') && (first === undefined || first.kind === kind)) return chunk
    throw notationFault(`Every part of this string must be ${what} in one piece`, chunk.start, chunk.end)
  }

  #embedded(depth: number): WireValue {
    const start = this.offset
    if (this.text[start + 1] !== '<') throw unknownWord(this.text, start)
    this.#descend(depth, start)
    this.offset = start + 2
    const items: WireValue[] = []
    readList(this, '>>', () => items.push(this.#value(depth + 1)))
    const suffix = this.takeSuffix()
    return this.made(this.dialect.embedded(items, suffix, this.since(start)), 'This byte string', start)
  }

  #descend(depth: number, start: number): void {
    if (depth >= maximumDepth) throw notationFault(`More than ${maximumDepth} levels of nesting`, start, start + 1)
  }

  #faultHere(message: string): CodecError {
    return notationFault(message, this.offset, Math.min(this.text.length, this.offset + 1))
  }
}
