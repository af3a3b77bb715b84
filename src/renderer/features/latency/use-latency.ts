import { useEffect, useState } from 'react'
import type { LatencySnapshot } from '../../../shared/latency/summary.ts'
import { call } from '../../api.ts'
import { report } from '../../report.ts'
import { sessionStore } from '../../state/session-store.ts'

const renewEveryMs = 250

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

/** The figures of a session, refreshed at most four times per second while they change. */
export function useLatency(sessionId: string): LatencySnapshot {
  const [snapshot, setSnapshot] = useState(nothingYet)
  // Watched beside the drawing: the version changes many times a second, and draws nothing.
  useEffect(() => {
    let isShown = true
    let timer: ReturnType<typeof setTimeout> | undefined
    let readVersion = -1
    let readAt = Number.NEGATIVE_INFINITY
    const versionNow = () => sessionStore.getState().latencyVersions[sessionId] ?? 0
    const read = async () => {
      timer = undefined
      readAt = performance.now()
      readVersion = versionNow()
      const next = await call('latency.read', { sessionId })
      // An answer is kept even when a newer version exists: under load there always is one.
      if (isShown) setSnapshot(next)
    }
    const look = () => {
      if (timer !== undefined || versionNow() === readVersion) return
      timer = setTimeout(() => read().catch(report), Math.max(0, readAt + renewEveryMs - performance.now()))
    }
    look()
    const unsubscribe = sessionStore.subscribe(look)
    return () => {
      isShown = false
      clearTimeout(timer)
      unsubscribe()
    }
  }, [sessionId])
  return snapshot
}
