import { Button, TextInput } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import type { ServerState } from '../../../shared/connection.ts'
import { adviceFor } from '../../../shared/diagnosis/diagnosis.ts'
import { formatCount, formatElapsed, formatRate, formatSize } from '../../../shared/format.ts'
import { startServer, stopServer } from '../../state/actions.ts'
import { useLive } from '../../state/live-store.ts'
import { useNow } from '../../state/use-now.ts'
import { applyStep, useWorkspace } from '../../state/workspace-store.ts'
import { Heading } from '../../ui/heading.tsx'
import { Problem } from '../../ui/problem.tsx'
import { StatusDot, type Tone } from '../../ui/status-dot.tsx'
import { explain } from '../../ui/terms.ts'
import classes from './server-panel.module.css'

const tones: Record<ServerState['phase'], Tone> = {
  stopped: 'off',
  starting: 'busy',
  listening: 'good',
  stopping: 'busy',
  failed: 'bad',
}

/** The port alone when the rest of the endpoint is what the person typed. */
function startLabel(endpoint: string): string {
  const port = /^(?:tcp|ws):.*:(\d+)\/?$/.exec(endpoint)?.[1]
  return port === undefined ? `Start on ${endpoint}` : `Start on port ${port}`
}

/** The state only says that it failed: the alert below says why. */
function describe({ phase, endpoint }: ServerState): string {
  switch (phase) {
    case 'stopped':
      return 'Stopped'
    case 'starting':
      return `Starting on ${endpoint}`
    case 'listening':
      return `Listening on ${endpoint}`
    case 'stopping':
      return 'Stopping'
    case 'failed':
      return 'Failed'
  }
}

function UpTime({ since }: { readonly since: number }) {
  const now = useNow(1000)
  return <>{formatElapsed(Math.floor((now - since) / 1000) * 1000).replace('.0 s', ' s')}</>
}

function Figures({ server }: { readonly server: ServerState }) {
  if (server.phase !== 'listening' || server.startedAt === null) return null
  return (
    <dl className={classes.figures}>
      <dt>Echoed</dt>
      <dd>
        {formatCount(server.messages)} · {formatSize(server.bytes)}
      </dd>
      <dt>Rate</dt>
      <dd>{formatRate(server.rate)}</dd>
      <dt>Peers</dt>
      <dd>{formatCount(server.peers)}</dd>
      {server.rejected > 0 ? (
        <>
          <dt>Turned away</dt>
          <dd>{formatCount(server.rejected)}</dd>
        </>
      ) : null}
      {server.dropped > 0 ? (
        <>
          <dt title={explain('droppedReplies')}>Dropped</dt>
          <dd title={explain('droppedReplies')}>{formatCount(server.dropped)}</dd>
        </>
      ) : null}
      <dt>Up for</dt>
      <dd>
        <UpTime since={server.startedAt} />
      </dd>
    </dl>
  )
}

function Failure({ server, start }: { readonly server: ServerState; readonly start: (endpoint: string) => void }) {
  const { error, suggestion } = server
  if (server.phase !== 'failed' || !error) return null
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
function Trouble({ trouble }: Pick<ServerState, 'trouble'>) {
  if (trouble === null) return null
  const { cause, cure } = adviceFor(trouble)
  return <Problem title={cause} cure={cure} />
}

/** The embedded echo server: its endpoint, state and figures. */
export function ServerPanel() {
  const server = useLive((live) => live.server)
  const endpoint = useWorkspace((workspace) => workspace.serverEndpoint)
  const edit = (serverEndpoint: string) => applyStep((workspace) => ({ ...workspace, serverEndpoint }))
  const start = (chosen: string) => {
    edit(chosen)
    void startServer(chosen)
  }
  const running = server.phase === 'listening' || server.phase === 'stopping'
  const moving = server.phase === 'starting' || server.phase === 'stopping'
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
          error={server.phase === 'failed'}
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
        <StatusDot tone={tones[server.phase]} />
        <span role="status" aria-label="Server state" className={classes.words} title={describe(server)}>
          {describe(server)}
        </span>
      </div>
      <Failure server={server} start={start} />
      <Trouble trouble={server.trouble} />
      {server.reachableFromOutside ? (
        <p className={classes.warning}>Anyone on your network can reach this address.</p>
      ) : null}
      <Figures server={server} />
    </section>
  )
}
