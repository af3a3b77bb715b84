import { useEffect, useRef, useState } from 'react'
import type { LatencySnapshot } from '../../../shared/latency/summary.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { useLive } from '../../state/live-store.ts'

const renewEveryMs = 200

const nothingYet: LatencySnapshot = {
  summary: {
    count: 0,
    timeouts: 0,
    min: null,
    mean: null,
    percentiles: { p50: null, p90: null, p99: null, 'p99.9': null },
    max: null,
  },
  bars: [],
  timeline: [],
}

/** The figures of a connection, refreshed at most five times per second while they change. */
export function useLatency(sessionId: string): LatencySnapshot {
  const version = useLive((live) => live.latencyVersions[sessionId] ?? 0)
  const [snapshot, setSnapshot] = useState(nothingYet)
  const lastRead = useRef(0)
  const shownSession = useRef(sessionId)
  shownSession.current = sessionId

  // The version signals that there is something new to read.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks for another reading
  useEffect(() => {
    const read = async () => {
      lastRead.current = performance.now()
      const next = await call('latency.read', { sessionId })
      // Keep an answer even when a newer version exists: under load there always is one.
      if (shownSession.current === sessionId) setSnapshot(next)
    }
    const wait = Math.max(0, lastRead.current + renewEveryMs - performance.now())
    const timer = setTimeout(() => read().catch(report), wait)
    return () => clearTimeout(timer)
  }, [sessionId, version])

  return snapshot
}
