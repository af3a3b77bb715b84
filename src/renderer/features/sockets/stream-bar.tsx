import { Button } from '@mantine/core'
import { IconPlus, IconPower } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Attachment } from '../../../shared/session/spec.ts'
import type { EndpointState, SessionState } from '../../../shared/session/state.ts'
import { type SocketDraft, specOf } from '../../../shared/workspace.ts'
import { changedOptions, optionsInWords } from '../../../shared/zmq/option-words.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { type Security, securityKinds } from '../../../shared/zmq/security.ts'
import { attachEndpoint, closeSession, connectAgain, detachEndpoint, openSession } from '../../state/actions.ts'
import { setOutcome, useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep } from '../../state/workspace-store.ts'
import { sessionWords } from '../../ui/link-words.ts'
import { StatusDot } from '../../ui/status-dot.tsx'
import { BehaviourSelect } from './behaviour-select.tsx'
import { EndpointRow } from './endpoint-row.tsx'
import { OptionsButton } from './options-button.tsx'
import { PatternSelect } from './pattern-select.tsx'
import { SecuritySelect } from './security-select.tsx'
import { SocketProblem } from './socket-problem.tsx'
import classes from './stream-bar.module.css'

const maximumEndpoints = 100

/** The place of an endpoint among those that the session has; -1 when it has not. */
const placeIn = (session: SessionState | undefined, { how, endpoint }: Attachment): number =>
  session?.spec.attach.findIndex((each) => each.how === how && each.endpoint === endpoint) ?? -1

/** What differs from how the socket runs, and takes effect when it is opened again. */
function needsReopening(session: SessionState | undefined, draft: SocketDraft): boolean {
  if (session?.phase !== 'open') return false
  const { options, security } = session.spec
  if (JSON.stringify(options) !== JSON.stringify(specOf(draft).options)) return true
  // A server takes other rules while it runs.
  const isSame = security.kind === draft.security.kind && security.ownKey === draft.security.ownKey
  return !isSame || (!securityKinds[security.kind].isServer && !isSameSecurity(security, draft.security))
}

const isSameSecurity = (one: Security, other: Security): boolean => JSON.stringify(one) === JSON.stringify(other)

/** How many peers are there, at all endpoints. */
const peersOf = (session: SessionState | undefined): number =>
  (session?.endpoints ?? []).reduce(
    (total, each) => total + (each.how === 'bind' ? each.peers : each.link.state === 'ready' ? 1 : 0),
    0,
  )

/** A socket that is no REQ with one link: its kind, its endpoints, each with its state, and its options. */
export function StreamBar({ draft, send }: { readonly draft: SocketDraft; readonly send: ReactNode }) {
  const session = useSessions(({ sessions }) => sessions[draft.id])
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error ?? null)
  const isOpen = session?.phase === 'open'
  const isBusy = session?.phase === 'opening' || session?.phase === 'closing'
  const { attach } = draft
  const { options } = specOf(draft)
  const { label, mostPeers } = patternOf(draft.pattern)
  const words = sessionWords(session)
  const set = (next: readonly Attachment[]) => applyStep(updateSocket(draft.id, { attach: [...next] }))
  const stateOf = (attachment: Attachment): EndpointState | undefined =>
    session === undefined || session.phase === 'closed' ? undefined : session.endpoints[placeIn(session, attachment)]
  const remove = (index: number) => {
    const removed = attach[index]
    const place = removed && isOpen ? placeIn(session, removed) : -1
    set(attach.filter((_, other) => other !== index))
    if (place >= 0) void detachEndpoint(draft.id, place)
  }
  return (
    <section aria-label="Socket" data-part="connection" className={classes.socket}>
      <div className={classes.bar}>
        <PatternSelect draft={draft} />
        <span className={classes.state}>
          <StatusDot tone={words.tone} />
          <span role="status" aria-label="Socket state">
            {isOpen ? 'Open' : words.short === 'Idle' ? 'Closed' : words.short}
          </span>
        </span>
        <Button
          variant={isOpen ? 'default' : 'filled'}
          disabled={isBusy}
          className={classes.power ?? ''}
          leftSection={<IconPower size={14} />}
          onClick={() => void (isOpen ? closeSession(draft.id) : openSession(draft))}
        >
          {draft.pattern === 'req' ? (isOpen ? 'Disconnect' : 'Connect') : isOpen ? 'Close' : 'Open'}
        </Button>
        <Button
          variant="subtle"
          className={classes.add ?? ''}
          leftSection={<IconPlus size={14} />}
          disabled={attach.length >= maximumEndpoints}
          onClick={() => set([...attach, { how: attach.at(-1)?.how ?? 'connect', endpoint: '' }])}
        >
          <span className={classes.addWords}>Add endpoint</span>
        </Button>
        <BehaviourSelect draft={draft} isOpen={isOpen || isBusy} />
        <div className={classes.options}>
          {send}
          <SecuritySelect draft={draft} />
          <OptionsButton />
        </div>
      </div>
      <ul aria-label="Endpoints" className={classes.list}>
        {attach.map((attachment, index) => (
          <EndpointRow
            // biome-ignore lint/suspicious/noArrayIndexKey: an endpoint is known by its place while it is edited
            key={index}
            attachment={attachment}
            pattern={draft.pattern}
            index={index}
            state={stateOf(attachment)}
            isOpen={isOpen}
            onChange={(next) => {
              set(attach.map((each, other) => (other === index ? next : each)))
              if (error?.details?.endpointIndex === index) setOutcome(draft.id, { error: null })
            }}
            onRemove={attach.length === 1 ? null : () => remove(index)}
            error={error?.details?.endpointIndex === index ? error : null}
            onDismiss={() => setOutcome(draft.id, { error: null })}
            onAttach={() => void attachEndpoint(draft.id, attachment, index)}
            onConnectAgain={() => void connectAgain(draft.id, placeIn(session, attachment), attachment, index)}
          />
        ))}
      </ul>
      {changedOptions(options).length > 0 ? <p className={classes.note}>Options: {optionsInWords(options)}</p> : null}
      {mostPeers !== null && peersOf(session) > mostPeers ? (
        <p className={classes.cause}>
          <strong>A {label} has one peer.</strong> Another is connected, too: it gets nothing, and nothing comes from
          it.
        </p>
      ) : null}
      {needsReopening(session, draft) ? (
        <p className={classes.cause}>Options or security changed. Close and open the socket to apply them.</p>
      ) : null}
      <SocketProblem draft={draft} />
    </section>
  )
}
