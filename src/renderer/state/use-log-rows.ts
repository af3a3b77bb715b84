import { useCallback, useEffect, useRef, useState } from 'react'
import type { LogFilter } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'
import { useLog } from './log-store.ts'
import { appended, prepended } from './row-window.ts'

const pageRows = 500
/** In a flood, as many of the newest are read: more than there is room for, ten times a second. */
const floodRows = 100
const renewEveryMs = 100

export interface LogRows {
  readonly rows: readonly RecordRow[]
  /** Reads the rows before the first one, if any. */
  loadOlder(): void
}

/**
 * The matching rows of the log: a window over the newest. While following, new rows are read at most ten times per
 * second; when more arrived than one read takes, the window jumps to the newest.
 */
export function useLogRows(filter: LogFilter, following: boolean): LogRows {
  const lastId = useLog(({ status }) => status?.lastId ?? 0)
  const cleared = useLog(({ status }) => status?.cleared ?? 0)
  const [rows, setRows] = useState<readonly RecordRow[]>([])
  /** Incremented when more rows arrived during a read. */
  const [again, setAgain] = useState(0)
  /** The newest id requested and its filter, and whether a read is in progress. */
  const reading = useRef({ filter, upTo: -1, busy: false, at: 0, complete: false })
  const newest = useRef(lastId)
  newest.current = lastId
  const current = useRef(rows)
  current.current = rows

  const readOn = useCallback(async () => {
    const state = reading.current
    if (state.busy) return
    state.busy = true
    try {
      const wanted = newest.current
      const from = state.upTo
      const fresh = from < 0
      const limit = !fresh && wanted - from > pageRows ? floodRows : pageRows
      let page = await call('log.query', { filter, afterId: fresh ? null : from, beforeId: null, limit })
      const jumped = !fresh && page.length === limit
      if (jumped) page = await call('log.query', { filter, afterId: null, beforeId: null, limit })
      if (reading.current !== state) return
      state.upTo = Math.max(wanted, page.at(-1)?.id ?? 0)
      if (fresh || jumped) state.complete = page.length < limit
      setRows((before) => (fresh || jumped ? page : appended(before, page)))
    } finally {
      state.busy = false
      state.at = performance.now()
      if (newest.current > state.upTo) setAgain((count) => count + 1)
    }
  }, [filter])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a cleared log is read anew
  useEffect(() => {
    reading.current = { filter, upTo: -1, busy: false, at: 0, complete: false }
    readOn().catch(report)
  }, [filter, readOn, cleared])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is what asks for another reading
  useEffect(() => {
    const state = reading.current
    if (!following || lastId <= state.upTo) return
    const wait = Math.max(0, state.at + renewEveryMs - performance.now())
    const timer = setTimeout(() => readOn().catch(report), wait)
    return () => clearTimeout(timer)
  }, [lastId, following, readOn, again])

  const loadOlder = useCallback(() => {
    const state = reading.current
    const first = current.current[0]
    if (!first || state.busy || state.complete) return
    state.busy = true
    call('log.query', { filter, afterId: null, beforeId: first.id, limit: pageRows })
      .then((page) => {
        if (reading.current !== state) return
        state.complete = page.length < pageRows
        setRows((before) => prepended(before, page))
      })
      .catch(report)
      .finally(() => {
        state.busy = false
      })
  }, [filter])

  return { rows, loadOlder }
}
