import type Database from 'libsql'
import { z } from 'zod'
import { type FoundRows, firstRows, type LogFilter, type LogSort } from '../../shared/transcript/query.ts'
import type { RecordPlace, RecordRow } from '../../shared/transcript/record.ts'
import { type CheckedIds, CheckedRecords, edgeOf, type Part, type Range } from './checked-records.ts'
import {
  countRows,
  type IdRange,
  type LogQuery,
  type Stretch,
  selectAmong,
  selectPartner,
  selectRows,
  usualSort,
} from './query.ts'
import { toRow } from './rows.ts'
import { KnownSockets } from './views.ts'

/** How many ids one statement looks through at first; then so many that it takes about this long, in milliseconds. */
const firstSpan = 2000
const statementMs = 30
const idsAtOnce = 500

const nothingChecked: CheckedIds = { found: [], skipped: [] }

const boundsSchema = z.object({ first: z.number().nullable(), last: z.number().nullable() })
const countSchema = z.object({ count: z.number() })
const idSchema = z.object({ id: z.number() })

/** A query in an order: that of time, or another, for which every row must be looked at. */
export interface SearchQuery extends LogQuery {
  readonly sort?: LogSort | null | undefined
}

/** How many entries of a stretch match. */
export interface FoundCount {
  readonly count: number
  /** Which they are, where each was read. */
  readonly checked: CheckedIds
  /** Up to which id that is known. */
  readonly throughId: number
}

/**
 * Finds rows in one part of the log after another, for as long as it may take: what has to look at every entry would
 * otherwise keep others from being written.
 */
export class LogFinder {
  readonly #records: CheckedRecords
  #sockets = new KnownSockets()

  constructor(private readonly database: Database.Database) {
    this.#records = new CheckedRecords(database)
  }

  /** Has frames read as they are known to be encoded. */
  setSockets(sockets: KnownSockets): void {
    this.#sockets = sockets
  }

  /** Whether each entry has to be read here, which takes too long to be done for many of them at once. */
  readsRecords(filter: LogFilter): boolean {
    return filter.text !== '' && this.#records.checkOf(filter).isNeeded
  }

  /** Rows that match, in their order, until `deadline` (of `performance.now()`). */
  find({ sort, ...query }: SearchQuery, deadline: number): FoundRows<RecordRow> {
    const { filter, limit } = query
    const order = sort && sort.by !== 'time' ? sort : null
    if (filter.text === '' && !order) return { rows: this.#rows(query), next: null, problem: null }
    let rows: readonly RecordRow[] = []
    for (const part of this.#parts(query, order)) {
      const all = part.matching === 0 ? rows : [...rows, ...part.rows()]
      rows = order ? firstRows(all, order, limit) : all.slice(0, limit)
      if (!order && rows.length === limit) break
      if (performance.now() > deadline) return { rows, next: part.edge, problem: null }
    }
    const problem = this.#records.problemWith(filter)
    return { rows: problem === null ? rows : [], next: null, problem }
  }

  /** How many entries of a stretch match, as far as that is known by the deadline. */
  count(filter: LogFilter, stretch: Stretch, deadline: number): FoundCount {
    const { throughId } = stretch
    if (this.#records.problemWith(filter) !== null) return { count: 0, checked: nothingChecked, throughId }
    if (filter.text === '') return { count: this.#count(filter, stretch), checked: nothingChecked, throughId }
    let count = 0
    const found: number[] = []
    const skipped: number[] = []
    for (const { matching, edge, checked = nothingChecked } of this.#counts(filter, stretch)) {
      count += matching
      found.push(...checked.found)
      skipped.push(...checked.skipped)
      if (performance.now() > deadline) return { count, checked: { found, skipped }, throughId: edge }
    }
    return { count, checked: { found, skipped }, throughId }
  }

  /** Which of these entries are of a kind and from before a time, where these are given. */
  among(ids: readonly number[], stretch: Pick<Stretch, 'kind' | 'before'>): ReadonlySet<number> {
    const found = new Set<number>()
    for (let start = 0; start < ids.length; start += idsAtOnce) {
      const { sql, values } = selectAmong(ids.slice(start, start + idsAtOnce), stretch)
      for (const row of this.database.prepare(sql).all(...values)) found.add(idSchema.parse(row).id)
    }
    return found
  }

  /** Another message of a record's exchange; null when there is none, or none that is found by the deadline. */
  partner(record: RecordPlace, deadline: number): number | null {
    for (const range of this.#ranges({ afterId: record.exchange - 1, beforeId: null })) {
      const { sql, values } = selectPartner(record, range)
      const found = this.database.prepare(sql).get(...values)
      if (found !== undefined && found !== null) return idSchema.parse(found).id
      if (performance.now() > deadline) return null
    }
    return null
  }

  *#counts(filter: LogFilter, stretch: Stretch): Generator<Omit<Part, 'rows'>> {
    const { afterId, throughId } = stretch
    const query = { filter, afterId, beforeId: throughId + 1, limit: Number.MAX_SAFE_INTEGER }
    if (this.readsRecords(filter)) {
      yield* this.#parts(query, null)
      return
    }
    for (const range of this.#ranges(query)) {
      const edge = range.beforeId - 1
      const matching = this.#count(filter, { ...stretch, afterId: range.afterId, throughId: edge })
      yield { matching, edge }
    }
  }

  /** What matches, part by part: upwards after an id, otherwise downwards. Ends where a check takes too long. */
  *#parts(query: LogQuery, order: LogSort | null): Generator<Part> {
    if (this.#records.problemWith(query.filter) !== null) return
    const reads = this.readsRecords(query.filter)
    for (const range of this.#ranges(query)) {
      if (!reads) {
        const rows = this.#rows({ ...query, ...range }, order ?? usualSort(query))
        yield { matching: rows.length, rows: () => rows, edge: edgeOf(query, range) }
      } else if (!(yield* this.#records.passing(query, range, this.#sockets))) return
    }
  }

  /** Ranges of ids, one after another, as wide as can be looked through in a short time. */
  *#ranges(bounds: IdRange): Generator<Range> {
    const ends = this.database.prepare('SELECT min(id) AS first, max(id) AS last FROM entries').get()
    const { first, last } = boundsSchema.parse(ends)
    if (first === null || last === null) return
    const { descending } = usualSort(bounds)
    let afterId = Math.max(first - 1, bounds.afterId ?? 0)
    let beforeId = Math.min(last + 1, bounds.beforeId ?? Number.MAX_SAFE_INTEGER)
    for (let span = firstSpan; afterId < beforeId - 1; ) {
      const begun = performance.now()
      const range = descending
        ? { afterId: Math.max(afterId, beforeId - span - 1), beforeId }
        : { afterId, beforeId: Math.min(beforeId, afterId + span + 1) }
      yield range
      if (descending) beforeId = range.afterId + 1
      else afterId = range.beforeId - 1
      const took = performance.now() - begun
      if (took < statementMs / 2) span *= 2
      else if (took > statementMs * 2) span = Math.max(1, Math.floor(span / 2))
    }
  }

  #rows(query: LogQuery, sort = usualSort(query)): readonly RecordRow[] {
    const { sql, values } = selectRows(query, this.#sockets, sort)
    return this.database
      .prepare(sql)
      .all(...values)
      .map(toRow)
  }

  #count(filter: LogFilter, stretch: Stretch): number {
    const { sql, values } = countRows(filter, stretch, this.#sockets)
    return countSchema.parse(this.database.prepare(sql).get(...values)).count
  }
}
