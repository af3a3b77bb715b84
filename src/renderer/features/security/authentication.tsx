import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { formatClock, formatCount } from '../../../shared/format.ts'
import {
  type AuthenticationDecision,
  type AuthenticationOutcome,
  type AuthenticationState,
  clientName,
  type WaitingClient,
} from '../../../shared/session/authentication.ts'
import { report } from '../../report.ts'
import { admit } from '../../state/security-actions.ts'
import { Heading } from '../../ui/heading.tsx'
import { StatusDot, type Tone } from '../../ui/status-dot.tsx'
import classes from './security.module.css'

const outcomes: Readonly<Record<AuthenticationOutcome, { readonly word: string; readonly tone: Tone }>> = {
  admitted: { word: 'Let in', tone: 'good' },
  refused: { word: 'Refused', tone: 'bad' },
  failed: { word: 'Failed', tone: 'bad' },
}

const from = (address: string | null): string => (address === null ? '' : ` from ${address}`)

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A click so soon after a row has gone was meant for the row that stood there before. In milliseconds. */
const settlesAfterMs = 600

interface WaitingProps {
  readonly socket: string
  readonly client: WaitingClient
  /** Whether the rows have just moved. */
  readonly justMoved: () => boolean
}

function Waiting({ socket, client, justMoved }: WaitingProps) {
  const answer =
    (isAdmitted: boolean, always: string | null = null) =>
    () => {
      if (!justMoved()) admit(socket, client.number, isAdmitted, always).catch(report)
    }
  const name = clientName(client)
  return (
    <li className={classes.waiting}>
      <div>
        <strong>{capital(name)} wants to come in</strong>
        {from(client.address)}. It waits until {formatClock(client.until).slice(0, 8)}.
      </div>
      <code className={classes.key}>{client.who}</code>
      <div className={classes.line}>
        <Button aria-label={`Let in ${name}`} onClick={answer(true)}>
          Let in
        </Button>
        <Button variant="default" aria-label={`Always let in ${name}`} onClick={answer(true, client.who)}>
          Always let in
        </Button>
        <Button variant="default" aria-label={`Refuse ${name}`} onClick={answer(false)}>
          Refuse
        </Button>
      </div>
    </li>
  )
}

function Decision({ decision }: { readonly decision: AuthenticationDecision }) {
  const { word, tone } = outcomes[decision.outcome]
  const answer = decision.status === null ? '' : ` (${decision.status})`
  return (
    <li className={classes.decision}>
      <span className={classes.time}>{formatClock(decision.at).slice(0, 8)}</span>
      <span className={classes.outcome}>
        <StatusDot tone={tone} />
        {word}
        {answer}
      </span>
      <span className={classes.why}>
        <strong title={decision.who ?? undefined}>{capital(clientName(decision))}</strong>
        {from(decision.address)}: {decision.why}
      </span>
    </li>
  )
}

interface AuthenticationProps {
  readonly socket: string
  /** Null while the server is closed. */
  readonly state: AuthenticationState | null
}

/** What the authenticator of a server decided, and who waits for a person to decide. */
export function Authentication({ socket, state }: AuthenticationProps) {
  const { admitted, refused, newest, waiting } = state ?? { admitted: 0, refused: 0, newest: [], waiting: [] }
  const movedAt = useRef(Number.NEGATIVE_INFINITY)
  const first = waiting[0]?.number ?? null
  const firstBefore = useRef(first)
  useEffect(() => {
    const hasMoved = firstBefore.current !== null && first !== null && firstBefore.current !== first
    if (hasMoved) movedAt.current = performance.now()
    firstBefore.current = first
  }, [first])
  const justMoved = () => performance.now() - movedAt.current < settlesAfterMs
  return (
    <section aria-label="Authentication" className={classes.decisions}>
      <Heading
        aside={
          state === null ? null : (
            <span className={classes.note}>
              {formatCount(admitted)} let in, {formatCount(refused)} not
            </span>
          )
        }
      >
        Authentication
      </Heading>
      {waiting.length > 0 ? (
        <ul aria-label="Clients that wait" className={classes.list}>
          {waiting.map((client) => (
            <Waiting key={client.number} socket={socket} client={client} justMoved={justMoved} />
          ))}
        </ul>
      ) : null}
      {newest.length === 0 && waiting.length === 0 ? (
        <p className={classes.note}>
          {state === null
            ? 'Open the socket: each client that wants to come in is listed here.'
            : 'Nobody has wanted to come in yet.'}
        </p>
      ) : null}
      <ul aria-label="Decisions" className={classes.list}>
        {newest.map((decision) => (
          <Decision key={decision.number} decision={decision} />
        ))}
      </ul>
    </section>
  )
}
