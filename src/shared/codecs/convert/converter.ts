import { base64 } from '../base64.ts'
import { integerOfBignum } from '../cbor/bignum.ts'
import { writeCbor } from '../cbor/write.ts'
import type { Span } from '../codec.ts'
import { timestampText, timestampType } from '../messagepack/timestamp.ts'
import { printLine } from '../notation/print.ts'
import { joinChunks } from '../wire/chunks.ts'
import { simpleNull, simpleUndefined } from '../wire/simple.ts'
import { sizeOfText, textOf } from '../wire/text.ts'
import type { WireEntry, WireExtension, WireFloat, WireMap, WireTag, WireText, WireValue } from '../wire/value.ts'
import { ByteWriter } from '../wire/writer.ts'
import type { Losses, LossKind } from './losses.ts'
import type { Target } from './targets.ts'

/** Makes values of one format those of another. What that one lacks is noted, and something else stands in its place. */
export class Converter {
  readonly #target: Target
  readonly #losses = new Map<LossKind, Span>()

  constructor(target: Target) {
    this.#target = target
  }

  /** What would be lost or changed so far. */
  get losses(): Losses {
    return this.#losses
  }

  /** Notes a loss. Only the first of each kind is kept. */
  readonly lose = (kind: LossKind, { start, end }: Span): void => {
    if (!this.#losses.has(kind)) this.#losses.set(kind, { start, end })
  }

  value(value: WireValue): WireValue {
    switch (value.kind) {
      case 'integer':
        if (
          this.#lacks('largeIntegers') &&
          typeof this.#target.dialect.integer(value.value, undefined, value) === 'string'
        ) {
          this.lose('largeIntegers', value)
        }
        return value
      case 'float':
        return this.#float(value)
      case 'simple':
        return this.#simple(value)
      case 'text':
        return this.#text(value)
      case 'bytes':
        return this.#bytes(value.bytes, value)
      case 'extension':
        return this.#extension(value)
      case 'chunks': {
        const bytes = joinChunks(value.chunks)
        return value.of === 'bytes'
          ? this.#bytes(bytes, value)
          : this.#text({ kind: 'text', content: bytes, size: bytes.length, width: 0, ...spanOf(value) })
      }
      case 'array':
        return { ...value, width: 0, items: value.items.map((item) => this.value(item)) }
      case 'map':
        return { ...value, width: 0, entries: this.#entries(value) }
      case 'tag':
        return this.#tag(value)
      case 'embedded': {
        const writer = new ByteWriter()
        for (const item of value.items) writeCbor(writer, item)
        return this.#bytes(writer.finish(), value)
      }
      case 'unread':
        throw new Error('A value that was written is complete')
    }
  }

  #lacks(kind: LossKind): boolean {
    return this.#target.lacks.has(kind)
  }

  #float(value: WireFloat & Span): WireValue {
    if (this.#lacks('nonFinite') && !Number.isFinite(value.value)) {
      this.lose('nonFinite', value)
      return { kind: 'simple', value: simpleNull, ...spanOf(value) }
    }
    if (this.#lacks('halfNans') && value.bits !== undefined && value.width === 2) {
      this.lose('halfNans', value)
      return { kind: 'float', value: value.value, width: 8, ...spanOf(value) }
    }
    return value
  }

  #simple(value: Extract<WireValue, { kind: 'simple' }>): WireValue {
    if (value.value === simpleUndefined && this.#lacks('undefined')) {
      this.lose('undefined', value)
      return { ...value, value: simpleNull }
    }
    if (isUnusual(value.value) && this.#lacks('simples')) this.lose('simples', value)
    return value
  }

  #text(value: WireText & Span): WireValue {
    if (this.#lacks('invalidText') && textOf(value) === undefined) this.lose('invalidText', value)
    return value
  }

  #bytes(bytes: Uint8Array, place: Span): WireValue {
    if (!this.#lacks('bytes')) return { kind: 'bytes', bytes, width: 0, ...spanOf(place) }
    this.lose('bytes', place)
    return textNode(base64.decode(bytes), place)
  }

  #extension(value: WireExtension & Span): WireValue {
    const time = value.type === timestampType ? timestampText(value.bytes) : undefined
    if (time !== undefined && this.#lacks('timestamps')) {
      this.lose('timestamps', value)
      return textNode(time, value)
    }
    if (this.#lacks('extensions')) this.lose('extensions', value)
    return value
  }

  #tag(value: WireTag & Span): WireValue {
    if (!this.#lacks('tags')) return value
    const integer = integerOfBignum(value)
    if (integer !== undefined) {
      return this.value({ kind: 'integer', value: integer, width: 0, signed: false, ...spanOf(value) })
    }
    this.lose('tags', value)
    return this.value(value.inner)
  }

  #entries({ entries }: WireMap): WireEntry[] {
    const made = entries.map(({ key, value }) => ({ key: this.#key(key), value: this.value(value) }))
    if (this.#lacks('keys')) this.#noteSameKeys(entries, made)
    return made
  }

  #key(key: WireValue): WireValue {
    if (isText(key) || !this.#lacks('keys')) return this.value(key)
    this.lose('keys', key)
    return textNode(printLine(key, this.#target.dialect, Number.MAX_SAFE_INTEGER), key)
  }

  /** Notes a key that was made text and is now the same as another. */
  #noteSameKeys(entries: readonly WireEntry[], made: readonly WireEntry[]): void {
    const isMade = entries.map(({ key }) => !isText(key))
    if (!isMade.includes(true)) return
    /** The keys before, and whether one of them was made. */
    const seen = new Map<string, boolean>()
    for (const [index, { key }] of made.entries()) {
      const text = key.kind === 'text' ? textOf(key) : undefined
      if (text === undefined) continue
      const before = seen.get(text)
      const isEither = isMade[index] === true || before === true
      if (before !== undefined && isEither) this.lose('sameKeys', key)
      seen.set(text, isEither)
    }
  }
}

const isText = (value: WireValue): boolean => value.kind === 'text' || (value.kind === 'chunks' && value.of === 'text')

/** Whether a simple value is none of false, true, null and undefined. */
const isUnusual = (value: number): boolean => value < 20 || value > simpleUndefined

const spanOf = ({ start, end }: Span): Span => ({ start, end })

const textNode = (text: string, place: Span): WireValue => ({
  kind: 'text',
  content: text,
  size: sizeOfText(text) ?? 0,
  width: 0,
  ...spanOf(place),
})
