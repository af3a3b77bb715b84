import { formatRate, formatSize } from '../../../shared/format.ts'
import { noTraffic } from '../../../shared/session/state.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { useSessions } from '../../state/session-store.ts'
import classes from './messages.module.css'

/** What goes through the socket now. */
export function RateStatus({ draft }: { readonly draft: SocketDraft }) {
  const traffic = useSessions(({ sessions }) => sessions[draft.id]?.traffic ?? noTraffic)
  const { sends, receives } = patternOf(draft.pattern)
  return (
    <span className={classes.rates}>
      {receives ? (
        <span role="status" aria-label="Receive rate" aria-live="off" title="Received in the last second">
          ↓ {formatRate(traffic.receiveRate)}
          <span className={classes.bytes}> · {formatSize(traffic.receivedBytesRate)}/s</span>
        </span>
      ) : null}
      {sends ? (
        <span role="status" aria-label="Send rate" aria-live="off" title="Sent in the last second">
          ↑ {formatRate(traffic.rate)}
          <span className={classes.bytes}> · {formatSize(traffic.sentBytesRate)}/s</span>
        </span>
      ) : null}
    </span>
  )
}
