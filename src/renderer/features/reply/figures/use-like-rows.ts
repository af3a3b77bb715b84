import { useEffect, useMemo, useRef, useState } from 'react'
import type { LogFilter } from '../../../../shared/transcript/query.ts'
import type { RecordRow, TranscriptRecord } from '../../../../shared/transcript/record.ts'
import { report } from '../../../report.ts'
import { likeFilter } from '../../../state/comparison.ts'
import { useLog } from '../../../state/log-store.ts'
import { readPage } from '../../../state/read-page.ts'

/** Rows that are read. */
export const mostRows = 1000
const renewEveryMs = 1000

interface Found {
  /** As JSON. */
  readonly of: string
  /** The newest record of the log when they were read. */
  readonly lastId: number
  readonly rows: readonly RecordRow[]
}

/** The newest messages of the topic or peer of a record, in their order; null until they are read. */
export function useLikeRows(record: TranscriptRecord): readonly RecordRow[] | null {
  const filter = likeFilter(record)
  // Nothing comes to a recording.
  const lastId = useLog(({ status }) => (filter.transcript ? 0 : (status?.lastId ?? 0)))
  const now = { filter, of: JSON.stringify(filter), lastId }
  const latest = useRef(now)
  latest.current = now
  const [found, setFound] = useState<Found | null>(null)
  const reading = useRef({ isBusy: false, at: 0 })
  const { of } = now
  const isKnown = found?.of === of
  const isNewest = isKnown && found.lastId === lastId

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read last says whether to read again
  useEffect(() => {
    if (isNewest || reading.current.isBusy) return
    const read = async () => {
      const asked = latest.current
      reading.current.isBusy = true
      try {
        setFound({ of: asked.of, lastId: asked.lastId, rows: await newest(asked.filter) })
      } finally {
        reading.current = { isBusy: false, at: performance.now() }
      }
    }
    const wait = isKnown ? Math.max(0, reading.current.at + renewEveryMs - performance.now()) : 0
    const timer = setTimeout(() => read().catch(report), wait)
    return () => clearTimeout(timer)
  }, [of, lastId, found])

  // The log looks for peers that begin so; of large messages it tells none.
  const rows = useMemo(
    () => found?.rows.filter(({ peer }) => peer === null || peer === record.peer) ?? null,
    [found, record.peer],
  )
  return isKnown ? rows : null
}

const newest = (filter: LogFilter): Promise<readonly RecordRow[]> =>
  readPage({ filter, sort: null, afterId: null, beforeId: null, limit: mostRows }, () => true)
