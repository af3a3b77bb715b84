import { useEffect, useRef, useState } from 'react'
import type { LogCount, LogFilter } from '../../shared/transcript/query.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'
import { useLog } from './log-store.ts'

/** As often as rows are read. */
const renewEveryMs = 100

/** What a count is of. */
interface Counted {
  readonly filter: LogFilter
  readonly afterId: number
  readonly cleared: number
}

interface Answer extends Counted {
  readonly count: LogCount
}

const isSame = (one: Counted, other: Counted): boolean =>
  one.filter === other.filter && one.afterId === other.afterId && one.cleared === other.cleared

/**
 * How many entries match the filter, after an id if one is given; null until that is known. Asked for one at a time, at
 * most ten times per second while entries come. An answer about an older filter, or about a log that was cleared since,
 * is dropped. A search goes on until every entry was looked at, and is partial before.
 */
export function useLogCount(filter: LogFilter, wanted: boolean, afterId = 0): LogCount | null {
  // Nothing comes to a recording.
  const lastId = useLog(({ status }) => (filter.transcript ? 0 : (status?.lastId ?? 0)))
  const evicted = useLog(({ status }) => status?.evicted ?? 0)
  const cleared = useLog(({ status }) => status?.cleared ?? 0)
  const [answer, setAnswer] = useState<Answer | null>(null)
  /** Incremented when something changed while a count was under way, or when it goes on. */
  const [again, setAgain] = useState(0)
  const now = { filter, afterId, cleared, lastId, evicted }
  const latest = useRef(now)
  latest.current = now
  const counting = useRef(false)
  const known = answer !== null && isSame(answer, now) ? answer : null
  const lastAt = useRef(0)
  const isHasty = known === null || known.count.isPartial === true

  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the log asks for another count
  useEffect(() => {
    if (!wanted || counting.current) return
    const count = async () => {
      const asked = latest.current
      counting.current = true
      let isPartial = false
      try {
        const next = await call('log.count', { filter: asked.filter, afterId: asked.afterId })
        isPartial = next.isPartial === true
        if (isSame(latest.current, asked)) setAnswer({ ...asked, count: next })
      } finally {
        counting.current = false
        lastAt.current = performance.now()
        const { current } = latest
        const isOld = !isSame(current, asked) || current.lastId !== asked.lastId || current.evicted !== asked.evicted
        if (isOld || isPartial) setAgain((times) => times + 1)
      }
    }
    const wait = isHasty ? 0 : Math.max(0, lastAt.current + renewEveryMs - performance.now())
    const timer = setTimeout(() => count().catch(report), wait)
    return () => clearTimeout(timer)
  }, [filter, afterId, wanted, lastId, evicted, cleared, again])

  return known?.count ?? null
}
