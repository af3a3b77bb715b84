import { Button, TextInput } from '@mantine/core'
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { endpointOf, isPlainRequest } from '../../../shared/session/spec.ts'
import { type SocketDraft, withEndpoint } from '../../../shared/workspace.ts'
import { closeSession, openSession } from '../../state/actions.ts'
import { isAsDrafted, setOutcome, useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { explained } from '../../ui/explained.ts'
import { linkWords } from '../../ui/link-words.ts'
import { Problem } from '../../ui/problem.tsx'
import { StatusLine } from '../../ui/status-line.tsx'
import { EndpointMenu } from './endpoint-menu.tsx'
import { OptionsButton } from './options-button.tsx'
import { PatternSelect } from './pattern-select.tsx'
import { ProbeButton, ProbeLink } from './probe-button.tsx'
import { RecentEndpoints, recentEndpoints } from './recent-endpoints.tsx'
import { SecuritySelect } from './security-select.tsx'
import classes from './socket-bar.module.css'
import { sourceInWords } from './source-words.ts'

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

/** The active socket: what it is, where it binds or connects, how that goes, and what sends its message. */
export function SocketBar({ send }: { readonly send: ReactNode }) {
  const draft = useActiveDraft()
  return (
    <>
      <RecentEndpoints />
      {isPlainRequest(draft) ? (
        <RequestBar draft={draft} send={send} />
      ) : (
        <Suspense fallback={null}>
          <StreamBar key={draft.id} draft={draft} send={send} />
        </Suspense>
      )}
    </>
  )
}

/** What is to be known of the link, in a line that is always there. */
function LinkLine({ draft }: { readonly draft: SocketDraft }) {
  // Drawn again only when its words change: a session that repeats changes many times a second.
  const link = useSessions(useShallow((live) => linkWords(live.sessions[draft.id])))
  const open = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
  const connectedTo = useSessions(({ sessions }) => sessions[draft.id]?.endpoints[0]?.endpoint)
  const asDrafted = useSessions((live) => isAsDrafted(live, draft))
  const source = sourceInWords(endpointOf(draft))
  return (
    <StatusLine label="Link state" words={link}>
      {open && link.cause !== '' ? <ProbeLink endpoint={connectedTo ?? ''} pattern={draft.pattern} /> : null}
      {open && !asDrafted ? (
        <span className={classes.changed}>
          Settings changed. Reconnect or Send to apply them. Until then, the socket uses {connectedTo}.
        </span>
      ) : null}
      {source === null ? null : <span>{source}</span>}
    </StatusLine>
  )
}

/** A REQ that connects to one endpoint. */
function RequestBar({ draft, send }: { readonly draft: SocketDraft; readonly send: ReactNode }) {
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error)
  const open = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
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
          list={recentEndpoints}
          className={classes.endpoint}
          wrapperProps={{ 'data-tour-target': 'read' }}
          classNames={{ input: 'bytes' }}
          value={endpoint}
          error={error?.code === 'invalid-endpoint'}
          placeholder="tcp://host:port, ipc:///path, inproc://name or ws://host:port"
          maxLength={1024}
          spellCheck={false}
          {...explained('endpoint', endpoint)}
          onChange={(event) => {
            applyStep(updateSocket(draft.id, withEndpoint(draft, event.currentTarget.value)))
            if (error?.code === 'invalid-endpoint') setOutcome(draft.id, { error: null })
          }}
        />
        <ProbeButton endpoint={endpoint} pattern={draft.pattern} />
        {send}
        {open && asDrafted ? (
          <Button
            variant="default"
            className={classes.link ?? ''}
            leftSection={<IconPlugConnectedX size={14} />}
            onClick={() => void closeSession(draft.id)}
          >
            <span className={classes.linkWords}>Disconnect</span>
          </Button>
        ) : (
          <Button
            type="submit"
            variant="default"
            className={classes.link ?? ''}
            leftSection={<IconPlugConnected size={14} />}
          >
            <span className={classes.linkWords}>{open ? 'Reconnect' : 'Connect'}</span>
          </Button>
        )}
        <SecuritySelect draft={draft} />
        <span className={classes.options}>
          <OptionsButton />
          <EndpointMenu draft={draft} />
        </span>
        <div className={classes.status}>
          <LinkLine draft={draft} />
        </div>
      </form>
      <EndpointProblem />
    </section>
  )
}
