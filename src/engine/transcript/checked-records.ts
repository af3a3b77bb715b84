import type Database from 'libsql'
import type { LogFilter, LogSort } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import { type IdRange, type LogQuery, selectByIds, selectChecked, usualSort } from './query.ts'
import { RecordCheck, toChecked } from './record-check.ts'
import { toRow } from './rows.ts'
import { TimeLimit } from './time-limit.ts'
import type { KnownSockets } from './views.ts'

/** A batch of records takes about this long, in milliseconds: others may wait. */
const batchMs = 30
/** How many records are checked at once: at first, and from few to many, as large as they are. */
const firstChecked = 64
const fewestChecked = 4
const mostChecked = 512
/** What they may have together in bytes before fewer are taken. */
const mostCheckedBytes = 4 * 1024 * 1024
/** Searches whose checks are kept. */
const mostChecks = 20

/** Ids between two, both exclusive. */
export interface Range {
  readonly afterId: number
  readonly beforeId: number
}

/** What was found in a part of the log, and the last id of it that was looked at. */
export interface Part {
  /** How many match. */
  readonly matching: number
  rows(): readonly RecordRow[]
  readonly edge: number
  /** Which records match, and which have frames that are too large to be looked into, where each was read. */
  readonly checked?: CheckedIds
}

/** What checking records came to, by their ids. */
export interface CheckedIds {
  readonly found: readonly number[]
  readonly skipped: readonly number[]
}

/** What came of checking some records: how many were looked at, and the last of them. */
interface Batch extends CheckedIds {
  readonly last: number | undefined
  readonly looked: number
  readonly bytes: number
}

const nothingChecked: Batch = { found: [], last: undefined, looked: 0, bytes: 0, skipped: [] }

/** The last id of a range, in the direction of a query. */
export const edgeOf = (query: IdRange, { afterId, beforeId }: Range): number =>
  usualSort(query).descending ? afterId + 1 : beforeId - 1

/** Reads the records of the log that SQLite alone cannot tell of, batch by batch. */
export class CheckedRecords {
  readonly #limit = new TimeLimit()
  /** By the text of the search; the one that was used last stands last. */
  readonly #checks = new Map<string, RecordCheck>()

  constructor(private readonly database: Database.Database) {}

  /** What is checked for a filter. */
  checkOf(filter: LogFilter): RecordCheck {
    const key = JSON.stringify([filter.part, filter.text])
    const check = this.#checks.get(key) ?? new RecordCheck(filter)
    this.#checks.delete(key)
    this.#checks.set(key, check)
    for (const oldest of [...this.#checks.keys()].slice(0, -mostChecks)) this.#checks.delete(oldest)
    return check
  }

  /** Why nothing can be found; null when it can. */
  problemWith(filter: LogFilter): string | null {
    if (filter.text === '') return null
    const { problem, tooLong } = this.checkOf(filter)
    return problem ?? (this.#limit.isRefused(filter.text) ? tooLong : null)
  }

  /** The records of a range that pass a check; returns false when it takes too long. */
  *passing(query: LogQuery, range: Range, sockets: KnownSockets): Generator<Part, boolean> {
    const check = this.checkOf(query.filter)
    const sort = usualSort(query)
    let limit = firstChecked
    for (let rest = range; ; ) {
      const { sql, values } = selectChecked({ ...query, ...rest, limit }, sockets, sort, check.part)
      const stored = this.database.prepare(sql).all(...values)
      let batch = nothingChecked
      const isDone = this.#limit.run(query.filter.text, () => {
        batch = checkAll(check, stored, sockets, performance.now() + batchMs)
      })
      if (!isDone) return false
      const { found, last, looked, bytes, skipped } = batch
      const isEnd = looked === stored.length && stored.length < limit
      const edge = isEnd || last === undefined ? edgeOf(query, range) : last
      yield { matching: found.length, rows: () => this.#rowsOf(found, sort), edge, checked: { found, skipped } }
      if (isEnd || last === undefined) return true
      rest = sort.descending ? { ...rest, beforeId: last } : { ...rest, afterId: last }
      const isMuch = looked < stored.length || bytes > mostCheckedBytes
      limit = isMuch ? Math.max(fewestChecked, limit / 2) : Math.min(mostChecked, limit * 2)
    }
  }

  #rowsOf(ids: readonly number[], sort: LogSort): readonly RecordRow[] {
    const { sql, values } = selectByIds(ids, sort)
    return this.database
      .prepare(sql)
      .all(...values)
      .map(toRow)
  }
}

/** Checks stored rows, one at least, until a time: those that are left can be looked at later. */
function checkAll(check: RecordCheck, stored: readonly unknown[], sockets: KnownSockets, until: number): Batch {
  const found: number[] = []
  const skipped: number[] = []
  let last: number | undefined
  let [looked, bytes] = [0, 0]
  for (const each of stored) {
    const record = toChecked(each)
    last = record.id
    const { matches, isSkipped } = check.of(record, sockets)
    if (matches) found.push(last)
    if (isSkipped) skipped.push(last)
    looked += 1
    bytes += record.size
    if (performance.now() > until) break
  }
  return { found, last, looked, bytes, skipped }
}
