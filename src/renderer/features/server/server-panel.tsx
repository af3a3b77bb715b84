import { Button } from '@mantine/core'
import { adviceFor } from '../../../shared/diagnosis/diagnosis.ts'
import type { ErrorValue } from '../../../shared/errors.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import { type BoundEndpoint, boundEndpointOf } from '../../../shared/session/state.ts'
import { startServerAt } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { Problem } from '../../ui/problem.tsx'
import { RunningServer } from './running-server.tsx'
import classes from './server-panel.module.css'
import { StoppedServer } from './stopped-server.tsx'

/** The port alone when the rest of the endpoint is what the person typed. */
function startLabel(endpoint: string): string {
  const port = /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint)?.[1]
  return port === undefined ? `Start on ${endpoint}` : `Start on port ${port}`
}

/** Why it did not start, with a button that starts it where it can. */
function Failure({
  error,
  suggestion,
  start,
}: {
  readonly error: ErrorValue
  readonly suggestion: string | null
  readonly start: (endpoint: string) => void
}) {
  const fix = suggestion ?? (typeof error.details?.suggestion === 'string' ? error.details.suggestion : null)
  return (
    <Problem
      title={error.message}
      actions={
        fix ? (
          <Button variant="default" onClick={() => start(fix)}>
            {startLabel(fix)}
          </Button>
        ) : null
      }
    />
  )
}

/** What keeps new peers away from a server that listens. */
function Trouble({ trouble }: Pick<BoundEndpoint, 'trouble'>) {
  if (trouble === null) return null
  const { cause, cure } = adviceFor(trouble)
  return <Problem title={cause} cure={cure} />
}

/** The embedded echo server: its endpoint, state and figures. */
export function ServerPanel() {
  const session = useSessions(({ sessions }) => sessions[echoServerId])
  const ownError = useSessions(({ outcomes }) => outcomes[echoServerId]?.error ?? null)
  const start = (endpoint: string) => void startServerAt(endpoint)
  const bound = boundEndpointOf(session)
  const error = session?.error ?? (session?.phase === 'open' ? null : ownError)
  const phase = error ? 'failed' : (session?.phase ?? 'closed')
  const running = phase === 'open' || phase === 'closing'
  return (
    <section aria-label="Echo server" className={classes.server}>
      {session && running ? (
        <RunningServer session={session} endpoint={bound?.endpoint ?? ''} />
      ) : (
        <StoppedServer phase={phase} start={start} />
      )}
      {error ? <Failure error={error} suggestion={bound?.suggestion ?? null} start={start} /> : null}
      <Trouble trouble={bound?.trouble ?? null} />
      {bound?.reachableFromOutside ? (
        <p className={classes.warning}>Anyone on your network can reach this address.</p>
      ) : null}
    </section>
  )
}
