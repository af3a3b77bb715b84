import { ActionIcon, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { ErrorValue } from '../../../shared/errors.ts'
import { formatCount } from '../../../shared/format.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { fingerprintOf } from '../../../shared/zmq/keys.ts'
import { problemWithUserName } from '../../../shared/zmq/plain-users.ts'
import { securityKinds } from '../../../shared/zmq/security.ts'
import { report } from '../../report.ts'
import { setFold, useFold } from '../../state/folds.ts'
import { useSecrets } from '../../state/secrets-store.ts'
import { applyRules, changeSecurity, hasOtherRules } from '../../state/security-actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { AccessFields } from './access-fields.tsx'
import { AllowedClients } from './allowed-clients.tsx'
import { Authentication } from './authentication.tsx'
import { securityNotes } from './notes.ts'
import { OwnKey } from './own-key.tsx'
import { PasswordField } from './password-field.tsx'
import { PlainUsers } from './plain-users.tsx'
import classes from './security.module.css'
import { ServerKey } from './server-key.tsx'

/** The message of an error that is about a field; null for another, or none. */
const about = (error: ErrorValue | null, field: string): string | null =>
  error?.details?.field === field ? error.message : null

function placeOf(error: ErrorValue | null): number | null {
  const index = error?.details?.index
  return typeof index === 'number' ? index : null
}

interface FieldsProps {
  readonly draft: SocketDraft
  readonly error: ErrorValue | null
}

function PlainClientFields({ draft, error }: FieldsProps) {
  const { userName, password } = draft.security
  return (
    <div className={classes.line}>
      <TextInput
        label="User name"
        className={classes.field ?? ''}
        maxLength={1024}
        spellCheck={false}
        value={userName}
        error={problemWithUserName(userName) ?? about(error, 'userName')}
        onChange={(event) => changeSecurity(draft.id, { userName: event.currentTarget.value })}
      />
      <PasswordField
        label="Password"
        socket={draft.id}
        user={null}
        kept={password}
        error={about(error, 'password')}
        onKept={(id) => changeSecurity(draft.id, { password: id })}
      />
    </div>
  )
}

function Fields({ draft, error }: FieldsProps) {
  switch (draft.security.kind) {
    case 'none':
      return null
    case 'plain-client':
      return <PlainClientFields draft={draft} error={error} />
    case 'curve-client':
      return (
        <>
          <ServerKey draft={draft} error={about(error, 'serverKey')} />
          <OwnKey key={draft.security.ownKey} draft={draft} error={about(error, 'ownKey')} />
        </>
      )
    case 'plain-server':
      return (
        <>
          <PlainUsers draft={draft} error={error} />
          <AccessFields draft={draft} error={about(error, 'denied')} />
        </>
      )
    case 'curve-server':
      return (
        <>
          <OwnKey key={draft.security.ownKey} draft={draft} error={about(error, 'ownKey')} />
          <AllowedClients draft={draft} error={about(error, 'clients')} errorIndex={placeOf(error)} />
          <AccessFields draft={draft} error={about(error, 'denied')} />
        </>
      )
  }
}

/** What is to be known while the panel is folded. */
function summaryOf({ security }: SocketDraft): string {
  const { kind, userName, users, ownKey, clients } = security
  switch (kind) {
    case 'none':
      return ''
    case 'plain-client':
      return userName
    case 'plain-server':
      return `${formatCount(users.length)} ${users.length === 1 ? 'user' : 'users'}`
    case 'curve-client':
      return ownKey === null ? 'a fresh pair each time' : `own key ${fingerprintOf(ownKey)}`
    case 'curve-server':
      return `${ownKey === null ? '' : `own key ${fingerprintOf(ownKey)}, `}${formatCount(clients.length)} allowed ${clients.length === 1 ? 'client' : 'clients'}`
  }
}

/** How the socket that is shown is secured: its credentials, and what became of those who wanted to come in. */
export function SecurityPanel() {
  const draft = useActiveDraft()
  const { kind } = draft.security
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error ?? null)
  const authentication = useSessions(({ sessions }) => sessions[draft.id]?.authentication ?? null)
  const isOutdated = useSessions(({ sessions }) => hasOtherRules(sessions[draft.id], draft))
  const phase = useSessions(({ sessions }) => sessions[draft.id]?.phase)
  const { id, security } = draft
  // biome-ignore lint/correctness/useExhaustiveDependencies: rules are applied when they, or the socket, change
  useEffect(() => {
    applyRules(id).catch(report)
  }, [id, security, phase])
  const store = useSecrets()
  const isFolded = useFold('security', false)
  if (kind === 'none') return null
  const { label, isServer } = securityKinds[kind]
  const waiting = authentication?.waiting.length ?? 0
  const notes = securityNotes(draft)
  const fold = isFolded ? 'Unfold security' : 'Fold security'
  return (
    <section aria-label="Security settings" className={classes.panel}>
      <div className={classes.head}>
        <ActionIcon
          aria-label={fold}
          title={fold}
          aria-expanded={!isFolded}
          onClick={() => setFold('security', !isFolded)}
        >
          {isFolded ? <IconChevronRight size={14} /> : <IconChevronDown size={14} />}
        </ActionIcon>
        <strong>{label}</strong>
        {isFolded ? <span className={classes.note}>{summaryOf(draft)}</span> : null}
        <span role="status" aria-label="Clients that wait" className={classes.asked}>
          {waiting === 0 ? '' : `${waiting === 1 ? 'A client waits' : `${waiting} clients wait`} to be let in.`}
        </span>
        {isFolded && error?.details?.field !== undefined ? (
          <span role="alert" className={classes.problem}>
            {error.message}
          </span>
        ) : null}
        {isOutdated && error ? <span className={classes.problem}>These rules are not in force yet.</span> : null}
        {notes.map((note) => (
          <span key={note} className={classes.warning}>
            {note}
          </span>
        ))}
        {store?.store === 'this-run' && store.problem === null && !isFolded ? (
          <span className={classes.note}>
            This system has no key store: secrets are kept until the application ends.
          </span>
        ) : null}
        {store?.problem && !isFolded ? <span className={classes.problem}>{store.problem.message}</span> : null}
      </div>
      {isFolded ? null : (
        <div className={classes.body}>
          <div className={classes.fields} key={draft.id}>
            <Fields draft={draft} error={error} />
          </div>
          {isServer ? <Authentication socket={draft.id} state={authentication} /> : null}
        </div>
      )}
    </section>
  )
}
