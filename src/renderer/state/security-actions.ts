import { toErrorValue } from '../../shared/errors.ts'
import type { SocketDraft } from '../../shared/workspace.ts'
import { type KnownClient, type Security, type SecurityKind, securityKinds } from '../../shared/zmq/security.ts'
import { call } from '../api.ts'
import { takeEvents } from './host-events.ts'
import { sessionStore, setOutcome } from './session-store.ts'
import { offerUndo } from './undo.ts'
import { updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

const draftOf = (id: string): SocketDraft | undefined =>
  workspaceStore.getState().sockets.find((each) => each.id === id)

/** Changes how a socket is secured. A server that runs decides by its new rules at once, if they can be used. */
export function changeSecurity(id: string, patch: Partial<Security>): void {
  const draft = draftOf(id)
  if (!draft) return
  applyStep(updateSocket(id, { security: { ...draft.security, ...patch } }))
  const field = sessionStore.getState().outcomes[id]?.error?.details?.field
  if (typeof field === 'string' && field in patch) setOutcome(id, { error: null })
  void applyRules(id)
}

/** What a socket begins with when it is secured so: what would otherwise be asked for first. */
export async function chooseSecurity(id: string, kind: SecurityKind): Promise<void> {
  const security = draftOf(id)?.security
  if (!security) return
  const users = kind === 'plain-server' && security.users.length === 0 ? [{ name: '', password: null }] : security.users
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

/** A failure is told at its field; the server keeps its rules then. */
async function applyRules(id: string): Promise<void> {
  const draft = draftOf(id)
  const session = sessionStore.getState().sessions[id]
  if (!draft || session?.phase !== 'open') return
  const { security } = draft
  const { kind, ownKey } = session.spec.security
  if (!securityKinds[kind].isServer || kind !== security.kind || ownKey !== security.ownKey) return
  try {
    takeEvents([{ type: 'session.changed', state: await call('session.secure', { sessionId: id, security }) }])
    if (sessionStore.getState().outcomes[id]?.error?.details?.field !== undefined) setOutcome(id, { error: null })
  } catch (thrown) {
    setOutcome(id, { error: toErrorValue(thrown) })
  }
}
