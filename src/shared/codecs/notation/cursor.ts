import type { Span } from '../codec.ts'
import { sizeOfText } from '../wire/text.ts'
import type { Width, WireValue } from '../wire/value.ts'
import type { Dialect, Feature, SizedKind } from './dialect.ts'
import { encodeAt, nextPart, readStrings, type Written } from './strings.ts'
import { expected, notationFault, skipBlank, suffixAt } from './words.ts'

/** A position in a text of notation, with the reading that does not depend on the value. */
export class NotationCursor {
  /** Where reading continues. */
  offset = 0
  readonly text: string
  readonly dialect: Dialect

  constructor(text: string, dialect: Dialect) {
    this.text = text
    this.dialect = dialect
  }

  skipBlank(): void {
    this.offset = skipBlank(this.text, this.offset)
  }

  /** Consumes what must come next, after white space and comments. */
  take(token: string, what: string): void {
    this.skipBlank()
    if (!this.text.startsWith(token, this.offset)) throw expected(this.text, this.offset, what)
    this.offset += token.length
  }

  /** The suffix at the current position; undefined without one. */
  takeSuffix(): string | undefined {
    const suffix = suffixAt(this.text, this.offset)
    this.offset += suffix?.length ?? 0
    return suffix
  }

  refuse(feature: Feature, start: number, end: number): void {
    const refusal = this.dialect.refusals[feature]
    if (refusal !== undefined) throw notationFault(refusal, start, end)
  }

  /** The value that a dialect made, or a fault when it returned text. */
  made(value: WireValue | string, subject: string, start: number): WireValue {
    if (typeof value === 'string') throw notationFault(`${subject} ${value}`, start, this.offset)
    return value
  }

  /** The range from `start` to the current position. */
  since(start: number): Span {
    return { start, end: this.offset }
  }

  width(kind: SizedKind, size: number | bigint, suffix: string | undefined, subject: string, start: number): Width {
    const width = this.dialect.width(kind, size, suffix)
    if (typeof width === 'string') throw notationFault(`${subject} ${width}`, start, this.offset)
    return width
  }

  /** Reads the string at the current position with its suffix; undefined when none begins here. */
  string(): WireValue | undefined {
    const { text, offset: start } = this
    const written = readStrings(text, start)
    if (!written) return undefined
    this.offset = written.end
    const value = this.#stringOf(written, start)
    const more = this.offset > written.end ? nextPart(text, this.offset) : undefined
    if (!more) return value
    const message = 'Strings next to each other are one, with its suffix at its end: write a comma for two'
    throw notationFault(message, written.end, more.end)
  }

  #stringOf(written: Written, start: number): WireValue {
    if (written.kind === 'bytes') return this.byteString(written.bytes, start)
    const size = sizeOfText(written.text) ?? encodeAt(written.text, start, written.end).length
    return this.textString(written.text, size, start)
  }

  /** Finishes a byte string, including its suffix. */
  byteString(bytes: Uint8Array, start: number): WireValue {
    const suffix = this.takeSuffix()
    if (suffix === '_' && bytes.length === 0) return this.#withoutChunks('bytes', start)
    const width = this.width('bytes', bytes.length, suffix, 'This string', start)
    return { kind: 'bytes', bytes, width, start, end: this.offset }
  }

  /** Finishes a text string, including its suffix. */
  textString(content: string | Uint8Array, size: number, start: number): WireValue {
    const suffix = this.takeSuffix()
    if (suffix === '_' && size === 0) return this.#withoutChunks('text', start)
    const width = this.width('text', size, suffix, 'This string', start)
    return { kind: 'text', content, size, width, start, end: this.offset }
  }

  #withoutChunks(of: 'text' | 'bytes', start: number): WireValue {
    this.refuse('indefinite', start, this.offset)
    return { kind: 'chunks', of, chunks: [], start, end: this.offset }
  }

  namedFloat(length: number, value: number): WireValue {
    const start = this.offset
    this.offset += length
    const suffix = this.takeSuffix()
    return this.made(this.dialect.float(value, suffix, this.since(start)), `The number ${value}`, start)
  }
}
