import type { CodecOptions } from '../../shared/codecs/index.ts'
import type { Frame } from '../../shared/message.ts'
import { Gaps } from '../../shared/series/gaps.ts'
import type { NewestPoint, SeriesPart } from '../../shared/series/page.ts'
import type { SeriesSpec } from '../../shared/series/series.ts'
import { Thinner } from '../../shared/series/thin.ts'
import { topicBytes } from '../../shared/session/topic.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import { numberOf, type Value } from '../../shared/values/value.ts'
import { type ReadValue, valueReader } from '../values/read-value.ts'
import { Points, type Span } from './points.ts'

/** What of a record a series is read from. */
export type SeriesRecord = Pick<NewRecord, 'at' | 'kind' | 'direction' | 'frames' | 'envelope'>

/** The options of the encodings of a series: of its value and of its x. */
export interface SeriesDecoding {
  readonly value: CodecOptions
  readonly x: CodecOptions
}

/** Numbers in a row up to this many go to the window as they are. */
const mostWhole = 16_384

/** Whether the first frame of a message is the topic, or begins with it. */
function matcherOf({ match }: SeriesSpec): (frame: Frame | undefined) => boolean {
  if (match === null) return () => true
  const wanted = topicBytes(match.topic)
  const isExact = match.how === 'exact'
  return (frame) => {
    if (!frame || (isExact ? frame.byteLength !== wanted.byteLength : frame.byteLength < wanted.byteLength))
      return false
    for (let place = 0; place < wanted.byteLength; place += 1) if (frame[place] !== wanted[place]) return false
    return true
  }
}

const textOf = (value: Value, number: number): string =>
  typeof value === 'bigint' || typeof value === 'string' || typeof value === 'boolean' ? `${value}`.trim() : `${number}`

/** Counters and points of one series, as messages come. */
export class OneSeries {
  /** Grows with each change, over all series. */
  version = 0
  readsEarlier = false
  readonly points = new Points()
  #dropped = 0
  #without = 0
  #notFinite = 0
  #isTime: boolean
  #newest: NewestPoint | null = null
  #wave: Float64Array = new Float64Array()
  readonly #gaps = new Gaps()
  readonly #matches: (frame: Frame | undefined) => boolean
  readonly #value: ReadValue
  readonly #x: ReadValue | null

  /** Throws `InspectorError` for a path that is none. */
  constructor(
    readonly spec: SeriesSpec,
    decoding: SeriesDecoding,
  ) {
    this.#matches = matcherOf(spec)
    this.#value = valueReader(spec.value, decoding.value)
    this.#isTime = spec.x === 'arrival'
    this.#x = typeof spec.x === 'string' ? null : valueReader(spec.x, decoding.x)
  }

  /** Whether x are times, as far as they are known. */
  get isTime(): boolean {
    return this.#isTime
  }

  /** Takes a message. Returns whether it is one of the series, whether it has its number or not. */
  take(record: SeriesRecord): boolean {
    if (!this.#isOfIt(record)) return false
    if (this.spec.x === 'index') this.#takeWave(record)
    else this.#takePoint(record, this.points, this.#gaps)
    return true
  }

  /** Takes messages that came before all that was taken, the oldest first. */
  takeEarlier(records: readonly SeriesRecord[]): void {
    const own = records.filter((record) => this.#isOfIt(record))
    if (this.spec.x === 'index') {
      const newest = own.at(-1)
      if (newest && this.#newest === null) this.#takeWave(newest)
      return
    }
    const newest = this.#newest
    const earlier = new Points()
    const gaps = new Gaps()
    for (const record of own) this.#takePoint(record, earlier, gaps)
    this.points.addEarlier(earlier)
    if (newest) this.#newest = newest
  }

  /** Lets the oldest points go. Returns how many. */
  dropOldest(): number {
    const dropped = this.points.dropOldest()
    this.#dropped += dropped
    return dropped
  }

  part(span: Span | null, columns: number): SeriesPart {
    const isWave = this.spec.x === 'index'
    return {
      id: this.spec.id,
      isTime: this.#isTime,
      kept: isWave ? this.#wave.length : this.points.count,
      dropped: this.#dropped,
      without: this.#without,
      notFinite: this.#notFinite,
      newest: this.#newest,
      readsEarlier: this.readsEarlier,
      whole: isWave ? waveSpan(this.#wave) : this.points.whole,
      points: isWave ? thinnedWave(this.#wave, columns) : this.points.thinned(span, columns),
    }
  }

  /** The place of the oldest point that there is. */
  get first(): number {
    return this.spec.x === 'index' ? 0 : this.points.first
  }

  /** Points from a place on, x and y in turn, for a file. */
  slice(start: number, most: number): Float64Array {
    if (this.spec.x !== 'index') return this.points.slice(start, most)
    const some = this.#wave.subarray(start, start + most)
    const numbers = new Float64Array(2 * some.length)
    for (let place = 0; place < some.length; place += 1) {
      numbers[2 * place] = start + place
      numbers[2 * place + 1] = some[place] ?? 0
    }
    return numbers
  }

  #isOfIt({ kind, direction, frames, envelope }: SeriesRecord): boolean {
    return kind === 'message' && direction === this.spec.direction && this.#matches(frames[envelope])
  }

  #takePoint(record: SeriesRecord, points: Points, gaps: Gaps): void {
    const value = this.#value(record)
    const y = value === undefined ? undefined : numberOf(value)
    const x = this.#xOf(record)
    if (value === undefined || y === undefined || x === undefined) {
      this.#without += 1
      return
    }
    if (!Number.isFinite(y)) this.#notFinite += 1
    points.add(x, y, gaps.isBefore(record.at))
    this.#newest = { at: record.at, text: textOf(value, y) }
  }

  #takeWave(record: SeriesRecord): void {
    const value = this.#value(record)
    const { from, every } = this.spec.part
    if (!(value instanceof Float64Array) || value.length <= from) {
      this.#without += 1
      return
    }
    const wave = new Float64Array(Math.ceil((value.length - from) / every))
    for (let place = 0; place < wave.length; place += 1) wave[place] = value[from + place * every] ?? 0
    this.#wave = wave
    this.#notFinite = wave.reduce((count, y) => (Number.isFinite(y) ? count : count + 1), 0)
    this.#newest = { at: record.at, text: `${wave.length} ${wave.length === 1 ? 'value' : 'values'}` }
  }

  #xOf(record: SeriesRecord): number | undefined {
    if (!this.#x) return record.at
    const value = this.#x(record)
    const x = value === undefined ? undefined : numberOf(value)
    if (!Number.isFinite(x)) return undefined
    this.#isTime = typeof value === 'object'
    return x
  }
}

const waveSpan = ({ length }: Float64Array): Span | null => (length === 0 ? null : { from: 0, to: length - 1 })

function thinnedWave(wave: Float64Array, columns: number): Float64Array {
  const thinner = new Thinner(wave.length > mostWhole ? wave.length / columns : 0)
  for (let place = 0; place < wave.length; place += 1) thinner.add(place, wave[place] ?? 0, false)
  return thinner.finish()
}
