import { CodecError } from '../codec.ts'
import type { WireArray, WireChunks, WireEmbedded, WireMap, WireTag, WireValue } from '../wire/value.ts'
import type { Dialect } from './dialect.ts'
import { leafText } from './leaves.ts'

/** Flat containers that fit this many columns stay on one line. */
const lineColumns = 80
const mostOnLine = 40

/** Deep nesting multiplies the indentation; a longer text stays on one line. */
const longestLayout = 2 ** 27

/** Below the maximum string length, with room for the piece that exceeds it. */
const longestText = 2 ** 29 - 2 ** 24

/** The value in notation, with two spaces per level or on one line. It denotes exactly the bytes of the value. */
export function printNotation(value: WireValue, dialect: Dialect, isOneLine = false): string {
  const laidOut = isOneLine ? undefined : printWithin(value, dialect, longestLayout, true)
  const text = laidOut ?? printWithin(value, dialect, longestText, false)
  if (text !== undefined) return text
  throw new CodecError('decode-failed', 'Too large to be shown as text', value.start, value.end - value.start)
}

/**
 * Values one after the other, each on lines of its own, or all on one. The comma keeps two strings from being one.
 * Throws `CodecError` for what is too large to be one text.
 */
export const printSequence = (values: readonly WireValue[], dialect: Dialect, isOneLine = false): string =>
  values.map((value) => printNotation(value, dialect, isOneLine)).join(isOneLine ? ', ' : ',\n')

/** The value in notation on one line. Stops soon after `maximumCharacters`; the result may be longer. */
export function printLine(value: WireValue, dialect: Dialect, maximumCharacters: number): string {
  const printer = new NotationPrinter(dialect, maximumCharacters, false)
  printer.value(value, 0)
  return printer.finish()
}

function printWithin(value: WireValue, dialect: Dialect, limit: number, laidOut: boolean): string | undefined {
  const printer = new NotationPrinter(dialect, limit, laidOut)
  printer.value(value, 0)
  return printer.isFull ? undefined : printer.finish()
}

class NotationPrinter {
  readonly #dialect: Dialect
  readonly #limit: number
  #laidOut: boolean
  #length = 0
  #column = 0
  /** Pieces are joined now and then: a million of them would take more memory than the text. */
  #pieces: string[] = []
  readonly #joined: string[] = []

  constructor(dialect: Dialect, limit: number, laidOut: boolean) {
    this.#dialect = dialect
    this.#limit = limit
    this.#laidOut = laidOut
  }

  /** Whether the text has exceeded the limit. */
  get isFull(): boolean {
    return this.#length > this.#limit
  }

  finish(): string {
    return this.#joined.join('') + this.#pieces.join('')
  }

  value(value: WireValue, level: number): void {
    if (this.isFull) return
    switch (value.kind) {
      case 'array':
      case 'map':
        this.#container(value, level)
        break
      case 'chunks':
        this.#chunks(value, level)
        break
      case 'tag':
        this.#tag(value, level)
        break
      case 'embedded':
        this.#embedded(value, level)
        break
      default:
        this.#put(leafText(value, this.#dialect, this.#limit - this.#length))
    }
  }

  #tag(value: WireValue & WireTag, level: number): void {
    const own = this.#dialect.ownNotation(value)
    this.#put(own ?? `${value.tag}${this.#dialect.suffixOf(value)}(`)
    if (own !== undefined) return
    this.value(value.inner, level)
    this.#put(')')
  }

  #container(value: WireValue & (WireArray | WireMap), level: number): void {
    const isArray = value.kind === 'array'
    const count = isArray ? value.items.length : value.entries.length
    const suffix = this.#dialect.suffixOf(value)
    const closing = isArray ? ']' : '}'
    const opening = `${isArray ? '[' : '{'}${suffix}`
    const isSpread = this.#laidOut && count > 0
    if (isSpread && count <= mostOnLine && isFlat(value)) {
      const room = lineColumns - this.#column
      const line = room > 0 ? printWithin(value, this.#dialect, room, false) : undefined
      if (line !== undefined) {
        this.#put(line)
        return
      }
    }
    this.#put(isSpread || suffix === '' ? opening : `${opening} `)
    for (let index = 0; index < count && !this.isFull; index += 1) {
      if (index > 0) this.#put(isSpread ? ',' : ', ')
      if (isSpread) this.#breakLine(level + 1)
      this.#member(value, index, level + 1)
    }
    if (isSpread) this.#breakLine(level)
    this.#put(closing)
  }

  #member(value: WireArray | WireMap, index: number, level: number): void {
    if (value.kind === 'array') {
      const item = value.items[index]
      if (item) this.value(item, level)
      return
    }
    const entry = value.entries[index]
    if (!entry) return
    const laidOut = this.#laidOut
    // A key spread over several lines would not look like a key.
    this.#laidOut = false
    this.value(entry.key, level)
    this.#put(': ')
    this.#laidOut = laidOut
    this.value(entry.value, level)
  }

  #chunks({ of, chunks }: WireChunks, level: number): void {
    if (chunks.length === 0) {
      this.#put(of === 'text' ? '""_' : "''_")
      return
    }
    this.#put('(_ ')
    this.#listed(chunks, level)
    this.#put(')')
  }

  #embedded(value: WireValue & WireEmbedded, level: number): void {
    this.#put('<<')
    this.#listed(value.items, level)
    this.#put(`>>${this.#dialect.suffixOf(value)}`)
  }

  #listed(values: readonly WireValue[], level: number): void {
    for (const [index, value] of values.entries()) {
      if (this.isFull) return
      if (index > 0) this.#put(', ')
      this.value(value, level)
    }
  }

  #breakLine(level: number): void {
    this.#put(`\n${'  '.repeat(level)}`)
    this.#column = level * 2
  }

  #put(piece: string): void {
    this.#length += piece.length
    this.#column += piece.length
    this.#pieces.push(piece)
    if (this.#pieces.length === 4096) {
      this.#joined.push(this.#pieces.join(''))
      this.#pieces = []
    }
  }
}

/** Whether a container contains no other. */
function isFlat(value: WireArray | WireMap): boolean {
  if (value.kind === 'array') return value.items.every(isScalar)
  return value.entries.every(({ key, value: member }) => isScalar(key) && isScalar(member))
}

function isScalar(value: WireValue): boolean {
  for (let inner = value; ; inner = inner.inner) {
    if (inner.kind !== 'tag') return inner.kind !== 'array' && inner.kind !== 'map' && inner.kind !== 'embedded'
  }
}
