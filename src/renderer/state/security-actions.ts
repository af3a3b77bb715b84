import { toErrorValue } from '../../shared/errors.ts'
import type { SessionState } from '../../shared/session/state.ts'
import type { SocketDraft } from '../../shared/workspace.ts'
import {
  type KnownClient,
  type KnownUser,
  type Security,
  type SecurityKind,
  securityKinds,
} from '../../shared/zmq/security.ts'
import { call } from '../api.ts'
import { takeEvents } from './host-events.ts'
import { keepPasswords } from './passwords.ts'
import { sessionStore, setOutcome } from './session-store.ts'
import { offerUndo } from './undo.ts'
import { updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

const draftOf = (id: string): SocketDraft | undefined =>
  workspaceStore.getState().sockets.find((each) => each.id === id)

/** Changes how a socket is secured. `applyRules` has a server that runs decide so. */
export function changeSecurity(id: string, patch: Partial<Security>): void {
  const draft = draftOf(id)
  if (!draft) return
  applyStep(updateSocket(id, { security: { ...draft.security, ...patch } }))
  for (const field of Object.keys(patch)) clearError(id, field)
}

/** What was wrong with a field, or with a user's password, is about to be corrected. */
export function clearError(id: string, field: string, user?: string): void {
  const details = sessionStore.getState().outcomes[id]?.error?.details
  if (details?.field === field && details.user === user) setOutcome(id, { error: null })
}

export const newUser = (): KnownUser => ({ id: crypto.randomUUID(), name: '', password: null })

/** Changes a user of a PLAIN server, wherever that stands by now. */
export function changeUser(id: string, user: string, patch: Partial<Omit<KnownUser, 'id'>>): void {
  const users = draftOf(id)?.security.users ?? []
  changeSecurity(id, { users: users.map((each) => (each.id === user ? { ...each, ...patch } : each)) })
}

/** Keeps what was typed as passwords. A failure becomes the outcome of the socket. */
export async function keepTyped(id: string): Promise<void> {
  try {
    await keepPasswords(id)
  } catch (thrown) {
    setOutcome(id, { error: toErrorValue(thrown) })
  }
}

/** What a socket begins with when it is secured so: what would otherwise be asked for first. */
export async function chooseSecurity(id: string, kind: SecurityKind): Promise<void> {
  const security = draftOf(id)?.security
  if (!security) return
  const users = kind === 'plain-server' && security.users.length === 0 ? [newUser()] : security.users
  changeSecurity(id, { kind, users })
  if (kind === 'curve-server' && security.ownKey === null) await makeKeyPair(id)
}

/** Gives the socket a new pair. The one before can be taken back. */
export async function makeKeyPair(id: string): Promise<void> {
  const { publicKey } = await call('key.create')
  setKeyPair(id, publicKey)
}

/** Gives the socket the pair of a public key; null for a fresh pair each time it opens. */
export function setKeyPair(id: string, ownKey: string | null): void {
  const before = draftOf(id)?.security.ownKey ?? null
  changeSecurity(id, { ownKey })
  if (before === null || before === ownKey) return
  offerUndo('Key pair replaced', async () => changeSecurity(id, { ownKey: before }))
}

/** Adds a client, unless it is there. */
export function allowClient(id: string, client: KnownClient): void {
  const clients = draftOf(id)?.security.clients ?? []
  if (client.publicKey !== '' && clients.some(({ publicKey }) => publicKey === client.publicKey)) return
  changeSecurity(id, { clients: [...clients, client] })
}

/** Lets a client in that waits, or refuses it. `always`: also adds its key to those that are allowed. */
export async function admit(id: string, client: number, isAdmitted: boolean, always: string | null): Promise<void> {
  try {
    await call('session.admit', { sessionId: id, client, isAdmitted })
  } catch (thrown) {
    setOutcome(id, { error: toErrorValue(thrown) })
    return
  }
  if (always !== null) allowClient(id, { publicKey: always, name: '' })
}

/** Whether a server that runs decides by other rules than its draft says, and could decide by those. */
export function hasOtherRules(session: SessionState | undefined, { security }: Pick<SocketDraft, 'security'>): boolean {
  if (session?.phase !== 'open') return false
  const { kind, ownKey } = session.spec.security
  if (!securityKinds[kind].isServer || kind !== security.kind || ownKey !== security.ownKey) return false
  return JSON.stringify(session.spec.security) !== JSON.stringify(security)
}

/** Has a server that runs decide by the rules of its draft. A failure is told at its field; it keeps its rules then. */
export async function applyRules(id: string): Promise<void> {
  const draft = draftOf(id)
  if (!draft || !hasOtherRules(sessionStore.getState().sessions[id], draft)) return
  const { security } = draft
  try {
    takeEvents([{ type: 'session.changed', state: await call('session.secure', { sessionId: id, security }) }])
    if (sessionStore.getState().outcomes[id]?.error?.details?.field !== undefined) setOutcome(id, { error: null })
  } catch (thrown) {
    setOutcome(id, { error: toErrorValue(thrown) })
  }
}
