import { formatSize } from '../../../shared/format.ts'
import { echoServerId, endpointOf } from '../../../shared/session/spec.ts'
import { boundEndpointOf } from '../../../shared/session/state.ts'
import type { EncodedFrame } from '../../state/encode-draft.ts'
import { useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import classes from './composer.module.css'

/** Says before sending that the echo server here would refuse the message. Of other servers the limit is not known. */
export function SizeHint({ encoded }: { readonly encoded: readonly EncodedFrame[] }) {
  const endpoint = endpointOf(useActiveDraft())
  const limit = useSessions(({ sessions }) => {
    const server = sessions[echoServerId]
    const isThere = server?.phase === 'open' && boundEndpointOf(server)?.endpoint === endpoint
    return isThere ? server.spec.options.maximumMessageSize : 0
  })
  const largest = Math.max(0, ...encoded.map((frame) => (frame.ok ? frame.size : 0)))
  if (limit === 0 || largest <= limit) return null
  return (
    <p role="status" className={classes.hint}>
      The echo server refuses frames above {formatSize(limit)}; the largest here has {formatSize(largest)}. You can
      raise the limit in the settings.
    </p>
  )
}
