import { Button, TextInput } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { adviceFor } from '../../../shared/diagnosis/diagnosis.ts'
import type { ErrorValue } from '../../../shared/errors.ts'
import { formatCount, formatElapsed, formatRate, formatSize } from '../../../shared/format.ts'
import { echoServerId } from '../../../shared/session/spec.ts'
import { type BoundEndpoint, boundEndpointOf, type SessionState } from '../../../shared/session/state.ts'
import { startServer, stopServer } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useNow } from '../../state/use-now.ts'
import { applyStep, useWorkspace } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { Problem } from '../../ui/problem.tsx'
import { StatusDot, type Tone } from '../../ui/status-dot.tsx'
import { explain } from '../../ui/terms.ts'
import classes from './server-panel.module.css'

type Phase = SessionState['phase']

const tones: Record<Phase, Tone> = {
  closed: 'off',
  opening: 'busy',
  open: 'good',
  closing: 'busy',
  failed: 'bad',
}

/** The port alone when the rest of the endpoint is what the person typed. */
function startLabel(endpoint: string): string {
  const port = /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint)?.[1]
  return port === undefined ? `Start on ${endpoint}` : `Start on port ${port}`
}

/** The state only says that it failed: the alert below says why. */
function describe(phase: Phase, endpoint: string): string {
  switch (phase) {
    case 'closed':
      return 'Stopped'
    case 'opening':
      return `Starting on ${endpoint}`
    case 'open':
      return `Listening on ${endpoint}`
    case 'closing':
      return 'Stopping'
    case 'failed':
      return 'Failed'
  }
}

function UpTime({ since }: { readonly since: number }) {
  const now = useNow(1000)
  return <>{formatElapsed(Math.floor((now - since) / 1000) * 1000).replace('.0 s', ' s')}</>
}

function Figures({ session, peers }: { readonly session: SessionState; readonly peers: number }) {
  const { traffic, openedAt, phase } = session
  if (phase !== 'open' || openedAt === null) return null
  return (
    <dl className={classes.figures}>
      <dt>Echoed</dt>
      <dd>
        {formatCount(traffic.sent)} · {formatSize(traffic.sentBytes)}
      </dd>
      <dt>Rate</dt>
      <dd>{formatRate(traffic.rate)}</dd>
      <dt>Peers</dt>
      <dd>{formatCount(peers)}</dd>
      {traffic.rejected > 0 ? (
        <>
          <dt>Turned away</dt>
          <dd>{formatCount(traffic.rejected)}</dd>
        </>
      ) : null}
      {traffic.dropped > 0 ? (
        <>
          <dt title={explain('droppedReplies')}>Dropped</dt>
          <dd title={explain('droppedReplies')}>{formatCount(traffic.dropped)}</dd>
        </>
      ) : null}
      <dt>Up for</dt>
      <dd>
        <UpTime since={openedAt} />
      </dd>
    </dl>
  )
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
  const endpoint = useWorkspace((workspace) => workspace.serverEndpoint)
  const edit = (serverEndpoint: string) => applyStep((workspace) => ({ ...workspace, serverEndpoint }))
  const start = (chosen: string) => {
    edit(chosen)
    void startServer(chosen)
  }
  const bound = boundEndpointOf(session)
  const error = session?.error ?? (session?.phase === 'open' ? null : ownError)
  const phase = error ? 'failed' : (session?.phase ?? 'closed')
  const running = phase === 'open' || phase === 'closing'
  const moving = phase === 'opening' || phase === 'closing'
  const words = describe(phase, bound?.endpoint ?? '')
  return (
    <section aria-label="Echo server" className={classes.server}>
      <Heading>Echo server</Heading>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!running && !moving) start(endpoint)
        }}
      >
        <TextInput
          aria-label="Server endpoint"
          value={endpoint}
          readOnly={running || moving}
          error={phase === 'failed'}
          onChange={(event) => edit(event.currentTarget.value)}
          maxLength={1024}
          spellCheck={false}
          classNames={{ input: 'bytes' }}
          title={`${endpoint}\n${explain('serverEndpoint')}`}
        />
        {running ? (
          <Button
            variant="default"
            disabled={moving}
            leftSection={<IconPlayerStop size={14} />}
            onClick={() => void stopServer()}
          >
            Stop server
          </Button>
        ) : (
          <Button type="submit" data-tour-target="start" disabled={moving} leftSection={<IconPlayerPlay size={14} />}>
            Start server
          </Button>
        )}
      </form>
      <div className={classes.state}>
        <StatusDot tone={tones[phase]} />
        <span role="status" aria-label="Server state" className={classes.words} title={words}>
          {words}
        </span>
      </div>
      {error ? <Failure error={error} suggestion={bound?.suggestion ?? null} start={start} /> : null}
      <Trouble trouble={bound?.trouble ?? null} />
      {bound?.reachableFromOutside ? (
        <p className={classes.warning}>Anyone on your network can reach this address.</p>
      ) : null}
      {session ? <Figures session={session} peers={bound?.peers ?? 0} /> : null}
    </section>
  )
}
