import type Database from 'libsql'
import { z } from 'zod'
import type { LogFilter } from '../../shared/transcript/query.ts'
import { countRows, type Stretch } from './query.ts'

/** Filters whose counts are kept: those of the two views of the log, and the kind of each. */
const mostKept = 4

interface Counted {
  readonly filter: LogFilter
  readonly count: number
  /** The newest entry that was looked at. */
  readonly throughId: number
}

const countSchema = z.object({ count: z.number() })

/**
 * How many entries match a filter. A count is kept and brought up to date: each entry is looked at once after it came
 * and once before it is deleted, however often somebody asks.
 */
export class LogCounts {
  /** By filter; the one that was asked for last stands last. */
  readonly #counted = new Map<string, Counted>()

  constructor(private readonly database: Database.Database) {}

  /** The entries that match, up to and with `lastId`, the newest. */
  of(filter: LogFilter, lastId: number): number {
    const key = JSON.stringify([filter.kind, filter.direction, filter.session, filter.text, filter.part])
    const { count, throughId } = this.#counted.get(key) ?? { count: 0, throughId: 0 }
    const counted = { filter, count: count + this.#count(filter, { afterId: throughId, throughId: lastId }) }
    this.#counted.delete(key)
    this.#counted.set(key, { ...counted, throughId: lastId })
    for (const oldest of [...this.#counted.keys()].slice(0, -mostKept)) this.#counted.delete(oldest)
    return counted.count
  }

  /** Call this before the entries up to an id are deleted, or those of them of a kind or from before a time. */
  leaving(stretch: Omit<Stretch, 'afterId'>): void {
    for (const [key, counted] of this.#counted) {
      const throughId = Math.min(stretch.throughId, counted.throughId)
      const leaving = this.#count(counted.filter, { ...stretch, afterId: 0, throughId })
      this.#counted.set(key, { ...counted, count: counted.count - leaving })
    }
  }

  /** Call this when the entries are others than those that were counted. */
  forget(): void {
    this.#counted.clear()
  }

  #count(filter: LogFilter, stretch: Stretch): number {
    const { sql, values } = countRows(filter, stretch)
    return countSchema.parse(this.database.prepare(sql).get(...values)).count
  }
}
