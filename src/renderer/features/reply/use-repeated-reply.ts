import { useEffect } from 'react'
import { report } from '../../report.ts'
import { showLastExchange } from '../../state/actions.ts'
import { largeFrameBytes } from '../../state/received.ts'
import { sessionStore, shownReplies } from '../../state/session-store.ts'

const renewEveryMs = 250

/** While a repeat runs, shows its latest reply from time to time, and the last one at the end. Each is shown once. */
export function useRepeatedReply(sessionId: string): void {
  // Watched beside the drawing: the state changes many times a second, and most changes draw nothing.
  useEffect(() => {
    let shownAt = Number.NEGATIVE_INFINITY
    const look = () => {
      const repeat = sessionStore.getState().sessions[sessionId]?.repeat
      if (!repeat) return
      const { startedAt, replied, running, lastReplySize } = repeat
      // Large replies are shown only at the end: drawing each would cost more than sending it.
      const isSmall = (lastReplySize ?? 0) <= largeFrameBytes
      const isDue = !running || (isSmall && performance.now() - shownAt >= renewEveryMs)
      const shown = shownReplies.get(sessionId)
      if (!isDue || replied === (shown?.startedAt === startedAt ? shown.replied : 0)) return
      shownAt = performance.now()
      shownReplies.set(sessionId, { startedAt, replied })
      showLastExchange(sessionId).catch(report)
    }
    look()
    return sessionStore.subscribe(look)
  }, [sessionId])
}
