import { useEffect, useRef, useState } from 'react'
import type { LogCount, LogFilter } from '../../shared/transcript/query.ts'
import { call } from '../api.ts'
import { report } from '../report.ts'
import { useLog } from './log-store.ts'

const renewEveryMs = 250

interface Answer {
  readonly filter: LogFilter
  readonly cleared: number
  readonly count: LogCount
}

/**
 * How many entries match the filter; null until that is known. Asked for one at a time, at most four times per second
 * while entries come. An answer about an older filter, or about a log that was cleared since, is dropped.
 */
export function useLogCount(filter: LogFilter, wanted: boolean): LogCount | null {
  const lastId = useLog(({ status }) => status?.lastId ?? 0)
  const evicted = useLog(({ status }) => status?.evicted ?? 0)
  const cleared = useLog(({ status }) => status?.cleared ?? 0)
  const [answer, setAnswer] = useState<Answer | null>(null)
  /** Incremented when something changed while a count was under way. */
  const [again, setAgain] = useState(0)
  const latest = useRef({ filter, cleared, lastId, evicted })
  latest.current = { filter, cleared, lastId, evicted }
  const counting = useRef(false)
  const known = answer?.filter === filter && answer.cleared === cleared ? answer : null
  const lastAt = useRef(0)
  const isNew = known === null

  // biome-ignore lint/correctness/useExhaustiveDependencies: another state of the log asks for another count
  useEffect(() => {
    if (!wanted || counting.current) return
    const count = async () => {
      const asked = latest.current
      counting.current = true
      try {
        const next = await call('log.count', { filter: asked.filter })
        const { current } = latest
        if (current.filter === asked.filter && current.cleared === asked.cleared) setAnswer({ ...asked, count: next })
      } finally {
        counting.current = false
        lastAt.current = performance.now()
        const { current } = latest
        const isSame = (['filter', 'cleared', 'lastId', 'evicted'] as const).every((key) => current[key] === asked[key])
        if (!isSame) setAgain((times) => times + 1)
      }
    }
    const wait = isNew ? 0 : Math.max(0, lastAt.current + renewEveryMs - performance.now())
    const timer = setTimeout(() => count().catch(report), wait)
    return () => clearTimeout(timer)
  }, [filter, wanted, lastId, evicted, cleared, again])

  return known?.count ?? null
}
