import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconPlayerStop } from '@tabler/icons-react'
import { formatCount, formatElapsed, formatRate, formatSize } from '../../../shared/format.ts'
import { boundEndpointOf, type SessionState } from '../../../shared/session/state.ts'
import { stopServer } from '../../state/actions.ts'
import { setFold, useFold } from '../../state/folds.ts'
import { useNow } from '../../state/use-now.ts'
import { explained } from '../../ui/explained.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import classes from './server-panel.module.css'
import { describe, tones } from './server-words.ts'

/** Where it listens, in short: the port alone where there is one. */
function place(endpoint: string): string {
  const port = /^(?:tcp|ws):.*(:\d+)\/?$/.exec(endpoint)?.[1]
  return port ?? endpoint
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
          <dt {...explained('droppedReplies')}>Dropped</dt>
          <dd>{formatCount(traffic.dropped)}</dd>
        </>
      ) : null}
      <dt>Up for</dt>
      <dd>
        <UpTime since={openedAt} />
      </dd>
    </dl>
  )
}

/** What went wrong with messages, counted. It is to be seen, whatever is folded. */
function Losses({ session: { traffic } }: { readonly session: SessionState }) {
  const losses = [
    ...(traffic.rejected > 0 ? [`${formatCount(traffic.rejected)} turned away`] : []),
    ...(traffic.dropped > 0 ? [`${formatCount(traffic.dropped)} dropped`] : []),
  ]
  return losses.length === 0 ? null : (
    <p className={classes.losses} {...(traffic.dropped > 0 ? explained('droppedReplies') : {})}>
      {losses.join(' · ')}
    </p>
  )
}

/** A server that runs, in one line; unfolded, its endpoint and its figures. */
export function RunningServer({ session, endpoint }: { readonly session: SessionState; readonly endpoint: string }) {
  const bound = boundEndpointOf(session)
  const folded = useFold('server', true)
  const words = describe(session.phase, endpoint)
  return (
    <>
      <div className={classes.running}>
        <StatusDot tone={tones[session.phase]} />
        <span role="status" aria-label="Server state" className={classes.place} title={words}>
          {session.phase === 'open' ? `Echo ${place(endpoint)}` : words}
        </span>
        <span className={classes.rate}>{formatCount(Math.round(session.traffic.rate))}/s</span>
        <ActionIcon
          aria-label="Stop server"
          title="Stop server"
          variant="default"
          size={24}
          disabled={session.phase === 'closing'}
          onClick={() => void stopServer()}
        >
          <IconPlayerStop size={14} />
        </ActionIcon>
        <ActionIcon
          aria-label="Server figures"
          title={folded ? 'Show its endpoint and figures' : 'Hide its endpoint and figures'}
          aria-expanded={!folded}
          size={24}
          onClick={() => setFold('server', !folded)}
        >
          {folded ? <IconChevronDown size={14} /> : <IconChevronUp size={14} />}
        </ActionIcon>
      </div>
      {folded ? (
        <Losses session={session} />
      ) : (
        <>
          <p className={classes.endpoint}>{endpoint}</p>
          <Figures session={session} peers={bound?.peers ?? 0} />
        </>
      )}
    </>
  )
}
