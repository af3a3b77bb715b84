import type Database from 'libsql'
import { z } from 'zod'
import { type FoundRows, firstRows, type LogFilter, type LogSort } from '../../shared/transcript/query.ts'
import type { RecordPlace, RecordRow } from '../../shared/transcript/record.ts'
import {
  countRows,
  type IdRange,
  type LogQuery,
  type Stretch,
  selectByIds,
  selectChecked,
  selectPartner,
  selectRows,
  usualSort,
} from './query.ts'
import { RecordCheck, toChecked } from './record-check.ts'
import { toRow } from './rows.ts'
import { TimeLimit } from './time-limit.ts'
import { KnownSockets } from './views.ts'

/** How many ids one statement looks through at first; then so many that it takes about this long, in milliseconds. */
const firstSpan = 2000
const statementMs = 30
/** How many records are checked at once: at first, and from few to many, as large as they are. */
const firstChecked = 64
const fewestChecked = 4
const mostChecked = 512
/** What they may have together in bytes before fewer are taken. */
const mostCheckedBytes = 4 * 1024 * 1024
/** Searches whose checks are kept. */
const mostChecks = 20

const boundsSchema = z.object({ first: z.number().nullable(), last: z.number().nullable() })
const countSchema = z.object({ count: z.number() })
const idSchema = z.object({ id: z.number() })

/** A query in an order: that of time, or another, for which every row must be looked at. */
export interface SearchQuery extends LogQuery {
  readonly sort?: LogSort | null | undefined
}

/** Ids between two, both exclusive. */
interface Range {
  readonly afterId: number
  readonly beforeId: number
}

/** What was found in a part of the log, and the last id of it that was looked at. */
interface Part {
  /** How many match. */
  readonly matching: number
  rows(): readonly RecordRow[]
  readonly edge: number
  /** How many of the records have frames that are too large to be looked into. */
  readonly skipped: number
}

/** What came of checking some records: the ids of those that pass, how many were looked at, and the last of them. */
interface Batch {
  readonly found: readonly number[]
  readonly last: number | undefined
  readonly looked: number
  readonly bytes: number
  readonly skipped: number
}

const nothingChecked: Batch = { found: [], last: undefined, looked: 0, bytes: 0, skipped: 0 }

/** How many entries of a stretch match. */
export interface FoundCount {
  readonly count: number
  readonly skipped: number
  /** Up to which id that is known. */
  readonly throughId: number
}

/** The last id of a range, in the direction of a query. */
const edgeOf = (query: IdRange, { afterId, beforeId }: Range): number =>
  usualSort(query).descending ? afterId + 1 : beforeId - 1

/**
 * Finds rows in one part of the log after another, for as long as it may take: what has to look at every entry would
 * otherwise keep others from being written.
 */
export class LogFinder {
  readonly #limit = new TimeLimit()
  /** By the text of the search; the one that was used last stands last. */
  readonly #checks = new Map<string, RecordCheck>()
  #sockets = new KnownSockets()

  constructor(private readonly database: Database.Database) {}

  /** Has frames read as they are known to be encoded. */
  setSockets(sockets: KnownSockets): void {
    this.#sockets = sockets
  }

  /** Whether each entry has to be read here, which takes too long to be done for many of them at once. */
  readsRecords(filter: LogFilter): boolean {
    return filter.text !== '' && this.#checkOf(filter).isNeeded
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
    const problem = this.#problemWith(filter)
    return { rows: problem === null ? rows : [], next: null, problem }
  }

  /** How many entries of a stretch match, as far as that is known by the deadline. */
  count(filter: LogFilter, stretch: Stretch, deadline: number): FoundCount {
    const { throughId } = stretch
    if (this.#problemWith(filter) !== null) return { count: 0, skipped: 0, throughId }
    if (filter.text === '') return { count: this.#count(filter, stretch), skipped: 0, throughId }
    let count = 0
    let skipped = 0
    for (const { matching, edge, skipped: more } of this.#counts(filter, stretch)) {
      count += matching
      skipped += more
      if (performance.now() > deadline) return { count, skipped, throughId: edge }
    }
    return { count, skipped, throughId }
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

  #checkOf(filter: LogFilter): RecordCheck {
    const key = JSON.stringify([filter.part, filter.text])
    const check = this.#checks.get(key) ?? new RecordCheck(filter)
    this.#checks.delete(key)
    this.#checks.set(key, check)
    for (const oldest of [...this.#checks.keys()].slice(0, -mostChecks)) this.#checks.delete(oldest)
    return check
  }

  /** Why nothing can be found; null when it can. */
  #problemWith(filter: LogFilter): string | null {
    if (filter.text === '') return null
    const { problem, tooLong } = this.#checkOf(filter)
    return problem ?? (this.#limit.isRefused(filter.text) ? tooLong : null)
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
      yield { matching, edge, skipped: 0 }
    }
  }

  /** What matches, part by part: upwards after an id, otherwise downwards. Ends where a check takes too long. */
  *#parts(query: LogQuery, order: LogSort | null): Generator<Part> {
    if (this.#problemWith(query.filter) !== null) return
    const check = query.filter.text === '' ? undefined : this.#checkOf(query.filter)
    for (const range of this.#ranges(query)) {
      if (!check?.isNeeded) {
        const rows = this.#rows({ ...query, ...range }, order ?? usualSort(query))
        yield { matching: rows.length, rows: () => rows, edge: edgeOf(query, range), skipped: 0 }
      } else if (!(yield* this.#checked(query, range, check))) return
    }
  }

  /** The records of a range that pass a check; returns false when it takes too long. */
  *#checked(query: LogQuery, range: Range, check: RecordCheck): Generator<Part, boolean> {
    const sort = usualSort(query)
    let limit = firstChecked
    for (let rest = range; ; ) {
      const { sql, values } = selectChecked({ ...query, ...rest, limit }, this.#sockets, sort, check.part)
      const stored = this.database.prepare(sql).all(...values)
      let batch = nothingChecked
      const isDone = this.#limit.run(query.filter.text, () => {
        batch = this.#checkAll(check, stored, performance.now() + statementMs)
      })
      if (!isDone) return false
      const { found, last, looked, bytes, skipped } = batch
      const isEnd = looked === stored.length && stored.length < limit
      const edge = isEnd || last === undefined ? edgeOf(query, range) : last
      yield { matching: found.length, rows: () => this.#rowsOf(found, sort), edge, skipped }
      if (isEnd || last === undefined) return true
      rest = sort.descending ? { ...rest, beforeId: last } : { ...rest, afterId: last }
      const isMuch = looked < stored.length || bytes > mostCheckedBytes
      limit = isMuch ? Math.max(fewestChecked, limit / 2) : Math.min(mostChecked, limit * 2)
    }
  }

  /** Checks stored rows, one at least, until a time: those that are left can be looked at later. */
  #checkAll(check: RecordCheck, stored: readonly unknown[], until: number): Batch {
    const found: number[] = []
    let last: number | undefined
    let [looked, bytes, skipped] = [0, 0, 0]
    for (const each of stored) {
      const record = toChecked(each)
      last = record.id
      const { matches, isSkipped } = check.of(record, this.#sockets)
      if (matches) found.push(last)
      if (isSkipped) skipped += 1
      looked += 1
      bytes += record.size
      if (performance.now() > until) break
    }
    return { found, last, looked, bytes, skipped }
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

  #rowsOf(ids: readonly number[], sort: LogSort): readonly RecordRow[] {
    const { sql, values } = selectByIds(ids, sort)
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
