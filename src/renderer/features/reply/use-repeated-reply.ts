import { useEffect, useRef } from 'react'
import { report } from '../../report.ts'
import { showLastExchange } from '../../state/actions.ts'
import { setOutcome, useLive } from '../../state/live-store.ts'
import { largeFrameBytes } from '../../state/received.ts'

const renewEveryMs = 250

/** While a repeat runs, shows its latest reply from time to time, and the last one at the end. Each is shown once. */
export function useRepeatedReply(sessionId: string): void {
  const repeat = useLive((live) => live.sessions[sessionId]?.repeat ?? null)
  const shown = useLive((live) => live.outcomes[sessionId]?.shownReplies ?? null)
  const shownAt = useRef(0)
  const { startedAt = 0, replied = 0, running = false } = repeat ?? {}
  // Large replies are shown only at the end: drawing each would cost more than sending it.
  const small = (repeat?.lastReplySize ?? 0) <= largeFrameBytes
  const known = shown?.startedAt === startedAt ? shown.replied : 0
  useEffect(() => {
    const due = running ? small && performance.now() - shownAt.current >= renewEveryMs : true
    if (!due || replied === known) return
    shownAt.current = performance.now()
    setOutcome(sessionId, { shownReplies: { startedAt, replied } })
    showLastExchange(sessionId).catch(report)
  }, [sessionId, startedAt, replied, known, running, small])
}
