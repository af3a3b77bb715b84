import { formatDay } from '../../shared/format.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
import type { CheckedIds } from './checked-records.ts'
import type { LogFinder } from './find.ts'
import type { Stretch } from './query.ts'

/** Counts that are kept: those of three views, each with that of its kind and that of what is new. */
const mostKept = 9

/** Of more entries than these it is not remembered which they are: they are counted anew when some are deleted. */
const mostRemembered = 100_000

const none: CheckedIds = { found: [], skipped: [] }

interface Counted {
  readonly filter: LogFilter
  /** The entries after this one are counted. */
  readonly afterId: number
  readonly count: number
  /** How many have frames that are too large to be looked into. */
  readonly skipped: number
  /** Which these are, where each entry is read; null for too many. */
  readonly ids: CheckedIds | null
  /** The newest entry that was looked at. */
  readonly throughId: number
}

const both = (one: CheckedIds, other: CheckedIds): CheckedIds => ({
  found: other.found.length === 0 ? one.found : [...one.found, ...other.found],
  skipped: other.skipped.length === 0 ? one.skipped : [...one.skipped, ...other.skipped],
})

/** A count, and whether there was no time to look at every entry: asked again, it goes on. */
export interface Count extends Pick<Counted, 'count' | 'skipped' | 'throughId'> {
  readonly isPartial: boolean
}

/**
 * How many entries match a filter. A count is kept and brought up to date: each entry is looked at once after it came
 * and once before it is deleted, however often somebody asks.
 */
export class LogCounts {
  /** By filter; the one that was asked for last stands last. */
  readonly #counted = new Map<string, Counted>()

  constructor(private readonly finder: LogFinder) {}

  /** The entries that match, after one and up to and with `lastId`, the newest, as far as known by the deadline. */
  of(filter: LogFilter, lastId: number, deadline: number, afterId = 0): Count {
    const { kind, hides, session, text, part } = filter
    // A time without a day is one of today.
    const key = JSON.stringify([kind, hides, session, text, part, afterId, formatDay(Date.now())])
    const before = this.#counted.get(key) ?? { count: 0, skipped: 0, ids: none, throughId: afterId }
    const found = this.finder.count(filter, { afterId: before.throughId, throughId: lastId }, deadline)
    const count = before.count + found.count
    const skipped = before.skipped + found.checked.skipped.length
    const ids = count + skipped > mostRemembered ? null : before.ids && both(before.ids, found.checked)
    const throughId = Math.max(found.throughId, before.throughId)
    this.#counted.delete(key)
    this.#counted.set(key, { filter, afterId, count, skipped, ids, throughId })
    for (const oldest of [...this.#counted.keys()].slice(0, -mostKept)) this.#counted.delete(oldest)
    return { count, skipped, throughId, isPartial: found.throughId < lastId }
  }

  /** Call this before the entries up to an id are deleted, or those of them of a kind or from before a time. */
  leaving(stretch: Omit<Stretch, 'afterId'>): void {
    for (const [key, counted] of this.#counted) {
      const { filter, afterId } = counted
      const throughId = Math.min(stretch.throughId, counted.throughId)
      if (throughId <= afterId) continue
      // Reading so many again would keep others from being written.
      if (this.finder.readsRecords(filter)) {
        if (counted.ids) this.#counted.set(key, { ...counted, ...this.#without(counted.ids, stretch) })
        else this.#counted.delete(key)
        continue
      }
      const leaving = this.finder.count(filter, { ...stretch, afterId, throughId }, Number.POSITIVE_INFINITY)
      this.#counted.set(key, { ...counted, count: counted.count - leaving.count })
    }
  }

  #without(
    ids: CheckedIds,
    { throughId, ...stretch }: Omit<Stretch, 'afterId'>,
  ): Pick<Counted, 'count' | 'skipped' | 'ids'> {
    const staying = (all: readonly number[]): readonly number[] => {
      const leaving = this.finder.among(
        all.filter((id) => id <= throughId),
        stretch,
      )
      return leaving.size === 0 ? all : all.filter((id) => !leaving.has(id))
    }
    const [found, skipped] = [staying(ids.found), staying(ids.skipped)]
    return { count: found.length, skipped: skipped.length, ids: { found, skipped } }
  }

  /** Call this when entries are read in another way than those that were counted. */
  forgetRead(): void {
    for (const [key, { filter }] of this.#counted) if (filter.text !== '') this.#counted.delete(key)
  }

  /** Call this when the entries are others than those that were counted. */
  forget(): void {
    this.#counted.clear()
  }
}
