import { useCallback, useEffect, useRef, useState } from 'react'
import type { LogFilter, LogSort } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import { report } from '../report.ts'
import { readPage } from './read-page.ts'
import { mostSorted } from './row-window.ts'

const pageRows = 500

interface Found {
  readonly filter: LogFilter
  readonly sort: LogSort | null
  readonly rows: readonly RecordRow[]
  readonly searching: boolean
  readonly problem: string | null
}

interface RecordingRows extends Pick<Found, 'rows' | 'searching' | 'problem'> {
  /** Reads the rows after the last, if any. */
  loadMore(): void
}

/**
 * The matching rows of the recording that is open, from its beginning on, or from its end where the newest come first; what
 * comes after the first page is read when it is needed. In an order of their own there are the first ones alone. While
 * `isStopped`, no search goes on.
 */
export function useRecordingRows(filter: LogFilter, sort: LogSort | null, isStopped: boolean): RecordingRows {
  const [found, setFound] = useState<Found>({ filter, sort, rows: [], searching: true, problem: null })
  const reading = useRef({ isBusy: false, isComplete: false })
  const rows = useRef(found.rows)
  rows.current = found.rows
  const stopped = useRef(isStopped)
  stopped.current = isStopped
  const ownOrder = sort && sort.by !== 'time' ? sort : null
  const isDescending = sort?.by === 'time' && sort.descending

  const read = useCallback(
    async (state: typeof reading.current, before: readonly RecordRow[]) => {
      if (state.isBusy || state.isComplete) return
      state.isBusy = true
      const last = before.at(-1)?.id
      const asked = ownOrder
        ? { afterId: null, beforeId: null, limit: mostSorted }
        : isDescending
          ? { afterId: null, beforeId: last ?? null, limit: pageRows }
          : { afterId: last ?? 0, beforeId: null, limit: pageRows }
      const isCurrent = () => reading.current === state
      try {
        const page = await readPage({ filter, sort: ownOrder, ...asked }, ({ rows: part, searching, problem }) => {
          const next = isDescending ? part.toReversed() : part
          const goesOn = searching && !stopped.current
          if (isCurrent()) setFound({ filter, sort, rows: [...before, ...next], searching: goesOn, problem })
          return isCurrent() && goesOn
        })
        state.isComplete = ownOrder !== null || page.length < pageRows
      } finally {
        state.isBusy = false
      }
    },
    [filter, sort, ownOrder, isDescending],
  )

  useEffect(() => {
    if (isStopped) return
    reading.current = { isBusy: false, isComplete: false }
    read(reading.current, []).catch(report)
  }, [read, isStopped])

  const isCurrent = found.filter === filter && found.sort === sort
  const loadMore = useCallback(() => {
    if (isCurrent) read(reading.current, rows.current).catch(report)
  }, [isCurrent, read])
  return { rows: found.rows, searching: found.searching || !isCurrent, problem: found.problem, loadMore }
}
