import { useEffect, useRef } from 'react'
import { showLastExchange } from '../../state/actions.ts'
import { useLive } from '../../state/live-store.ts'
import { largeFrameBytes } from '../../state/received.ts'

const renewEveryMs = 250

/** While a repeat runs, shows its newest reply now and then, and its last one at the end. */
export function useRepeatedReply(connectionId: string): void {
  const repeat = useLive((live) => live.connections[connectionId]?.repeat ?? null)
  const shown = useRef({ at: 0, replied: 0 })
  const replied = repeat?.replied ?? 0
  const running = repeat?.running === true
  // Large replies are shown once, at the end: drawing them all along would cost more than sending them.
  const small = (repeat?.lastReplySize ?? 0) <= largeFrameBytes
  useEffect(() => {
    if (replied === 0) {
      shown.current = { at: 0, replied: 0 }
      return
    }
    const due = running ? small && performance.now() - shown.current.at >= renewEveryMs : true
    if (!due || shown.current.replied === replied) return
    shown.current = { at: performance.now(), replied }
    void showLastExchange(connectionId)
  }, [connectionId, replied, running, small])
}
