import { useCallback, useEffect, useRef, useState } from 'react'
import type { LogFilter, LogSort } from '../../shared/transcript/query.ts'
import { report } from '../report.ts'
import { useLog } from './log-store.ts'
import { type PartOfPage, readPage } from './read-page.ts'
import { appended, maximumRows, mostSorted, prepended } from './row-window.ts'

const pageRows = 500
/** In a flood, as many of the newest are read: more than there is room for, ten times a second. */
const floodRows = 100
const renewEveryMs = 100

export interface LogRows extends PartOfPage {
  /** The newest entry that the rows take into account; 0 before the first reading. */
  readonly upTo: number
  /** Whether the rows are those of this filter, and not of the one before, which stay until others are found. */
  readonly isOwn: boolean
  /** Reads the rows before the first one, if any. */
  loadOlder(): void
  /** Reads anew: rows in an order of their own do not follow. */
  renew(): void
}

interface Reading {
  /** The newest id that was looked at. */
  upTo: number
  /** Whether a read is in progress. */
  busy: boolean
  at: number
  /** Whether there are no older rows. */
  complete: boolean
}

interface Found extends PartOfPage, Pick<LogRows, 'upTo'> {
  /** What the rows match; null before the first reading. */
  readonly filter: LogFilter | null
}

const nothingRead: Found = { rows: [], searching: true, problem: null, upTo: 0, filter: null }

/**
 * The matching rows of the log: a window over the newest. While following, new rows are read at most ten times per
 * second; when more arrived than one read takes, the window jumps to the newest. With `sort`, the first rows in that
 * order, as they were when they were read. While `isStopped`, no search for older rows goes on.
 */
export function useLogRows(filter: LogFilter, following: boolean, sort: LogSort | null, isStopped: boolean): LogRows {
  const lastId = useLog(({ status }) => status?.lastId ?? 0)
  const cleared = useLog(({ status }) => status?.cleared ?? 0)
  const [found, setFound] = useState(nothingRead)
  /** Incremented when more rows arrived during a read. */
  const [again, setAgain] = useState(0)
  const reading = useRef<Reading>({ upTo: -1, busy: false, at: 0, complete: false })
  const newest = useRef(lastId)
  newest.current = lastId
  const current = useRef(found.rows)
  current.current = found.rows
  const stopped = useRef(isStopped)
  stopped.current = isStopped

  const readOn = useCallback(async () => {
    const state = reading.current
    if (state.busy) return
    state.busy = true
    const isCurrent = () => reading.current === state
    const wanted = newest.current
    const from = state.upTo
    const isFresh = from < 0 || sort !== null
    const limit = sort ? mostSorted : !isFresh && wanted - from > pageRows ? floodRows : pageRows
    const show = (part: PartOfPage) => {
      const goesOn = part.searching && !stopped.current
      if (isCurrent()) setFound({ ...part, searching: goesOn, upTo: wanted, filter })
      return isCurrent() && goesOn
    }
    const asked = { filter, sort, beforeId: null, limit }
    try {
      let page = await readPage({ ...asked, afterId: isFresh ? null : from }, isFresh ? show : isCurrent)
      const jumped = !isFresh && page.length === limit
      if (jumped) page = await readPage({ ...asked, afterId: null }, show)
      if (!isCurrent()) return
      state.upTo = Math.max(wanted, sort ? 0 : (page.at(-1)?.id ?? 0))
      if (isFresh || jumped) state.complete = page.length < limit
      else {
        setFound((before) => ({ ...before, rows: appended(before.rows, page), upTo: state.upTo }))
        // The oldest rows may have been dropped: they can be asked for again.
        if (current.current.length + page.length > maximumRows) state.complete = false
      }
    } finally {
      state.busy = false
      state.at = performance.now()
      if (newest.current > state.upTo) setAgain((count) => count + 1)
    }
  }, [filter, sort])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a cleared log is read anew
  useEffect(() => {
    if (isStopped) return
    reading.current = { upTo: -1, busy: false, at: 0, complete: false }
    setFound((before) => ({ ...before, searching: true }))
    readOn().catch(report)
  }, [readOn, cleared, isStopped])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is what asks for another reading
  useEffect(() => {
    const state = reading.current
    if (!following || sort || lastId <= state.upTo) return
    const wait = Math.max(0, state.at + renewEveryMs - performance.now())
    const timer = setTimeout(() => readOn().catch(report), wait)
    return () => clearTimeout(timer)
  }, [lastId, following, sort, readOn, again])

  const loadOlder = useCallback(() => {
    const state = reading.current
    const first = current.current[0]
    if (!first || state.busy || state.complete || sort) return
    state.busy = true
    const isCurrent = () => reading.current === state
    readPage({ filter, sort: null, afterId: null, beforeId: first.id, limit: pageRows }, isCurrent)
      .then((page) => {
        if (!isCurrent()) return
        state.complete = page.length < pageRows
        setFound((before) => ({ ...before, rows: prepended(before.rows, page) }))
      })
      .catch(report)
      .finally(() => {
        state.busy = false
        if (newest.current > state.upTo) setAgain((count) => count + 1)
      })
  }, [filter, sort])

  const renew = useCallback(() => void readOn().catch(report), [readOn])

  const { filter: matched, ...rows } = found
  return { ...rows, isOwn: matched === filter, loadOlder, renew }
}
