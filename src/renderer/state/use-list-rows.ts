import { useMemo, useState } from 'react'
import type { LogCount, LogFilter } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import type { LogView } from './log-views.ts'
import { useLogCount } from './use-log-count.ts'
import { useLogRows } from './use-log-rows.ts'
import { type SearchProgress, useSearchProgress } from './use-search-progress.ts'

/** What a list of the log shows. */
export interface ListRows {
  /** For the table. */
  readonly table: {
    /** In the order in which they are shown. */
    readonly rows: readonly RecordRow[]
    readonly newestFirst: boolean
    readonly whole: { readonly count: number; readonly before: number } | null
    readonly following: boolean
    onLeave(): void
    onNearOldest(): void
  }
  /** What the filter matches; null until that is known. */
  readonly count: LogCount | null
  readonly searching: boolean
  /** The search through everything that is kept: for what tells how far it has come. */
  readonly search: {
    readonly progress: SearchProgress | null
    readonly isStopped: boolean
    readonly skipped: number
    onStop(): void
    onGoOn(): void
  }
  readonly problem: string | null
  /** How many rows have come that are not shown; null until that is known. */
  readonly newCount: number | null
  /** Shows what has come: goes on with following, or sorts again. */
  showNew(): void
}

/** The rows of a view, in its order, and what it takes to follow them. */
export function useListRows(
  filter: LogFilter,
  { following, sort }: Pick<LogView, 'following' | 'sort'>,
  onFollow: (following: boolean) => void,
): ListRows {
  const newestFirst = sort?.by === 'time' && sort.descending
  const ownOrder = sort !== null && sort.by !== 'time' ? sort : null
  const [stopped, setStopped] = useState<LogFilter | null>(null)
  const isStopped = stopped === filter
  const { rows, searching, problem, upTo, isOwn, loadOlder, renew } = useLogRows(filter, following, ownOrder, isStopped)
  const isStill = !following || ownOrder !== null
  const count = useLogCount(filter, !isStopped)
  const progress = useSearchProgress(filter, count)
  const later = useLogCount(filter, isStill && upTo >= 0, Math.max(0, upTo))
  const newCount = isStill ? (later?.matching ?? null) : 0
  const shown = useMemo(() => (newestFirst ? rows.toReversed() : rows), [rows, newestFirst])
  const matching = count?.isPartial ? null : (count?.matching ?? null)
  const isFirst = newestFirst || ownOrder !== null
  const before = matching === null || isFirst ? 0 : Math.max(0, matching - (newCount ?? 0) - rows.length)
  return {
    table: {
      rows: shown,
      newestFirst,
      whole: matching === null ? null : { count: matching, before },
      following: !isStill,
      onLeave: () => onFollow(false),
      onNearOldest: loadOlder,
    },
    // It is counted from the oldest entry on, and rows are found from the newest on.
    count: count?.isPartial && isOwn ? { ...count, matching: Math.max(count.matching, rows.length) } : count,
    searching,
    search: {
      progress,
      isStopped,
      skipped: count?.skipped ?? 0,
      onStop: () => setStopped(filter),
      onGoOn: () => setStopped(null),
    },
    problem,
    newCount,
    showNew: () => (ownOrder ? renew() : onFollow(true)),
  }
}
