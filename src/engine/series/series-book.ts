import { InspectorError } from '../../shared/errors.ts'
import {
  type PointPage,
  pointsAtOnce,
  type SeriesPage,
  type SeriesQuery,
  type SeriesSuggestions,
} from '../../shared/series/page.ts'
import { mostPoints, type SeriesSpec } from '../../shared/series/series.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import { nextTurn } from '../next-turn.ts'
import type { NumberedRecord } from '../transcript/recent-records.ts'
import type { RecordTap } from '../transcript/record-tap.ts'
import { OneSeries, type SeriesDecoding } from './one-series.ts'
import { type SuggestionRequest, suggestSeries } from './suggest-series.ts'

/** What series need of the engine. */
export interface SeriesHost {
  tapOf(session: string): RecordTap | undefined
  /** The number of the next record. */
  nextNumber(): number
  /** The newest records of a session, the oldest first. */
  recentOf(session: string): Iterable<NumberedRecord>
  /** Messages of a session that came before a number, in parts, the newest part first; nothing without a log. */
  earlierOf(session: string, before: number): AsyncIterable<readonly TranscriptRecord[]>
}

/** A series, and how its encodings are read. */
export interface WatchedSeries {
  readonly spec: SeriesSpec
  readonly decoding: SeriesDecoding
  /** Of the Protobuf schema that the options are from: with another, it is read anew. */
  readonly schema: number
}

/** What of a series makes it another. */
const keyOf = ({ spec, decoding: { value, x }, schema }: WatchedSeries): string =>
  JSON.stringify([spec, value.message || x.message ? schema : 0])

interface Kept {
  readonly key: string
  readonly series: OneSeries
}

/** The series of a window: numbers out of the messages of sessions, as they come. Of no cost while there are none. */
export class SeriesBook {
  #kept = new Map<string, Kept>()
  /** By session: the series of it, and what ends listening to it. */
  readonly #heard = new Map<string, { readonly tap: RecordTap; readonly end: () => void }>()
  #bySession = new Map<string, OneSeries[]>()
  #version = 0
  #count = 0

  constructor(
    private readonly host: SeriesHost,
    private readonly maximum = mostPoints,
  ) {}

  /**
   * Reads these series and no others. Those that are there already go on; others begin with what is known of the past.
   * Throws `InspectorError` for a path that is none.
   */
  watch(wanted: readonly WatchedSeries[]): void {
    const before = this.#kept
    const kept = new Map<string, Kept>()
    const added: OneSeries[] = []
    for (const each of wanted) {
      const key = keyOf(each)
      const known = before.get(each.spec.id)
      if (known?.key === key) {
        kept.set(each.spec.id, known)
        continue
      }
      const series = new OneSeries(each.spec, each.decoding)
      kept.set(each.spec.id, { key, series })
      added.push(series)
    }
    this.#kept = kept
    this.#bySession = new Map()
    for (const { series } of kept.values()) {
      this.#bySession.set(series.spec.session, [...(this.#bySession.get(series.spec.session) ?? []), series])
    }
    this.#listen()
    this.#recount()
    for (const session of new Set(added.map(({ spec }) => spec.session))) {
      this.#begin(
        session,
        added.filter(({ spec }) => spec.session === session),
      )
    }
  }

  /** A session was opened for the first time, or is gone. */
  sessionsChanged(): void {
    if (this.#kept.size > 0) this.#listen()
  }

  /** Null when nothing changed since the version that is known. Throws `InspectorError` for a series that is not watched. */
  page({ ids, span, columns, known }: SeriesQuery): SeriesPage | null {
    const all = ids.map((id) => this.#require(id))
    const version = all.reduce((newest, series) => Math.max(newest, series.version), 0)
    if (version === known) return null
    return { version, parts: all.map((series) => series.part(span, columns)) }
  }

  /** The points of a series from a place on, or from the oldest with null. Throws as `page` does. */
  points(id: string, from: number | null): PointPage {
    const series = this.#require(id)
    // Some may have been let go since the page before.
    const start = Math.max(from ?? series.first, series.first)
    const points = series.slice(start, pointsAtOnce)
    const count = points.length / 2
    return { points, isTime: series.isTime, next: count < pointsAtOnce ? null : start + count }
  }

  suggest(request: SuggestionRequest): SeriesSuggestions {
    return suggestSeries([...this.host.recentOf(request.session)], request)
  }

  #require(id: string): OneSeries {
    const kept = this.#kept.get(id)
    if (kept) return kept.series
    throw new InspectorError('wrong-state', 'This series is not watched.')
  }

  #listen(): void {
    for (const [session, { tap, end }] of this.#heard) {
      if (this.#bySession.has(session) && this.host.tapOf(session) === tap) continue
      end()
      this.#heard.delete(session)
    }
    for (const session of this.#bySession.keys()) {
      const tap = this.host.tapOf(session)
      if (!tap || this.#heard.has(session)) continue
      const end = tap.listen((record) => {
        for (const series of this.#bySession.get(session) ?? [])
          this.#count += this.#added(series, () => series.take(record))
        if (this.#count > this.maximum) this.#trim()
      })
      this.#heard.set(session, { tap, end })
    }
  }

  /** How many points came of something. */
  #added(series: OneSeries, take: () => boolean): number {
    const before = series.points.count
    if (!take()) return 0
    this.#version += 1
    series.version = this.#version
    return series.points.count - before
  }

  /** Begins series of a session with the newest records, and then with those of the log. */
  #begin(session: string, added: readonly OneSeries[]): void {
    let first = this.host.nextNumber()
    for (const { record, number } of this.host.recentOf(session)) {
      first = Math.min(first, number)
      for (const series of added) this.#count += this.#added(series, () => series.take(record))
    }
    for (const series of added) series.readsEarlier = true
    void this.#readEarlier(session, first, added)
  }

  async #readEarlier(session: string, before: number, added: readonly OneSeries[]): Promise<void> {
    try {
      for await (const records of this.host.earlierOf(session, before)) {
        const wanted = added.filter((series) => this.#kept.get(series.spec.id)?.series === series)
        if (wanted.length === 0 || this.#count >= this.maximum) return
        for (const series of wanted) {
          this.#count += this.#added(series, () => {
            series.takeEarlier(records)
            return true
          })
        }
        // Sockets have their turn between two parts.
        await nextTurn()
      }
    } catch (thrown) {
      // A log that cannot be read says so by itself: the series are without their past.
      if (!(thrown instanceof InspectorError)) throw thrown
    } finally {
      for (const series of added) {
        this.#version += 1
        series.version = this.#version
        series.readsEarlier = false
      }
    }
  }

  #recount(): void {
    this.#count = 0
    for (const { series } of this.#kept.values()) this.#count += series.points.count
  }

  /** Lets the oldest points go, of the series that has the most. */
  #trim(): void {
    while (this.#count > this.maximum) {
      let most: OneSeries | null = null
      for (const { series } of this.#kept.values()) {
        if (most === null || series.points.count > most.points.count) most = series
      }
      const dropped = most?.dropOldest() ?? 0
      if (dropped === 0) return
      this.#count -= dropped
    }
  }
}
