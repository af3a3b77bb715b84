import { Button, TextInput } from '@mantine/core'
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { endpointOf, isPlainRequest } from '../../../shared/session/spec.ts'
import { type SocketDraft, withEndpoint } from '../../../shared/workspace.ts'
import { closeSession, openSession } from '../../state/actions.ts'
import { isAsDrafted, setOutcome, useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { linkWords } from '../../ui/link-words.ts'
import { Problem } from '../../ui/problem.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { explain } from '../../ui/terms.ts'
import { EndpointMenu } from './endpoint-menu.tsx'
import { OptionsButton } from './options-button.tsx'
import { PatternSelect } from './pattern-select.tsx'
import classes from './socket-bar.module.css'
import { sourceInWords } from './source-words.ts'
import { TimeoutInput } from './timeout-input.tsx'

/** Loaded with the first socket that is no REQ. */
const StreamBar = lazy(async () => ({ default: (await import('./stream-bar.tsx')).StreamBar }))

/** What is wrong with the endpoint, with a button that fixes it where possible. */
function EndpointProblem() {
  const draft = useActiveDraft()
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error)
  if (error?.code !== 'invalid-endpoint') return null
  const clear = () => setOutcome(draft.id, { error: null })
  const fix = (patch: Parameters<typeof updateSocket>[1]) => {
    applyStep(updateSocket(draft.id, patch))
    clear()
  }
  const suggestion = error.details?.suggestion
  const actions = (
    <>
      {typeof suggestion === 'string' ? (
        <Button variant="default" onClick={() => fix(withEndpoint(draft, suggestion))}>
          Use {suggestion}
        </Button>
      ) : null}
      {error.details?.needsIpv6 === true ? (
        <Button variant="default" onClick={() => fix({ options: { ...draft.options, ipv6: true } })}>
          Turn on IPv6
        </Button>
      ) : null}
    </>
  )
  const fixable = typeof suggestion === 'string' || error.details?.needsIpv6 === true
  return <Problem title={error.message} onDismiss={clear} actions={fixable ? actions : null} />
}

/** Both parts of an endpoint that says where to connect from. */
function Source({ endpoint }: { readonly endpoint: string }) {
  const words = sourceInWords(endpoint)
  return words === null ? null : <p className={classes.source}>{words}</p>
}

/** The active socket: what it is, where it binds or connects, and how that goes. */
export function SocketBar() {
  const draft = useActiveDraft()
  if (isPlainRequest(draft)) return <RequestBar draft={draft} />
  return (
    <Suspense fallback={null}>
      <StreamBar key={draft.id} draft={draft} />
    </Suspense>
  )
}

/** A REQ that connects to one endpoint: that, its link state and the time limit. */
function RequestBar({ draft }: { readonly draft: SocketDraft }) {
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error)
  // Drawn again only when its words change: a session that repeats changes many times a second.
  const link = useSessions(useShallow((live) => linkWords(live.sessions[draft.id])))
  const open = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
  const connectedTo = useSessions(({ sessions }) => sessions[draft.id]?.endpoints[0]?.endpoint)
  const endpoint = endpointOf(draft)
  const asDrafted = useSessions((live) => isAsDrafted(live, draft))
  return (
    <section aria-label="Connection" data-part="connection" className={classes.socket}>
      <form
        className={classes.bar}
        onSubmit={(event) => {
          event.preventDefault()
          void openSession(draft)
        }}
      >
        <PatternSelect draft={draft} />
        <TextInput
          aria-label="Endpoint"
          data-part="endpoint"
          className={classes.endpoint}
          wrapperProps={{ 'data-tour-target': 'read' }}
          classNames={{ input: 'bytes' }}
          value={endpoint}
          error={error?.code === 'invalid-endpoint'}
          placeholder="tcp://host:port, ipc:///path, inproc://name or ws://host:port"
          maxLength={1024}
          spellCheck={false}
          title={`${endpoint}\n${explain('endpoint')}`}
          onChange={(event) => {
            applyStep(updateSocket(draft.id, withEndpoint(draft, event.currentTarget.value)))
            if (error?.code === 'invalid-endpoint') setOutcome(draft.id, { error: null })
          }}
        />
        <EndpointMenu draft={draft} />
        <span className={classes.state}>
          <StatusDot tone={link.tone} />
          <span role="status" aria-label="Link state">
            {link.short}
          </span>
        </span>
        {open && asDrafted ? (
          <Button
            variant="default"
            leftSection={<IconPlugConnectedX size={14} />}
            onClick={() => void closeSession(draft.id)}
          >
            Disconnect
          </Button>
        ) : (
          <Button type="submit" variant="default" leftSection={<IconPlugConnected size={14} />}>
            {open ? 'Reconnect' : 'Connect'}
          </Button>
        )}
        <div className={classes.options}>
          <TimeoutInput />
          <OptionsButton />
        </div>
      </form>
      <Source endpoint={endpoint} />
      <EndpointProblem />
      {open && !asDrafted && error?.code !== 'invalid-endpoint' ? (
        <p className={classes.cause}>
          Settings changed. Reconnect or Send to apply them. Still connected to {connectedTo}.
        </p>
      ) : null}
      {link.cause ? (
        <p className={classes.cause} data-tone={link.tone}>
          <strong>{link.cause}</strong> {link.cure}
        </p>
      ) : null}
      {link.note ? <p className={classes.note}>{link.note}</p> : null}
    </section>
  )
}
