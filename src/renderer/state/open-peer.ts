import type { PatternId } from '../../shared/zmq/patterns.ts'
import { openSession } from './actions.ts'
import { settingsStore } from './settings-store.ts'
import { addSocket, updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** Adds a socket of the pattern that connects to the endpoint, shows it, and opens it. */
export async function openPeer(pattern: PatternId, endpoint: string): Promise<void> {
  const id = crypto.randomUUID()
  applyStep(addSocket(id, settingsStore.getState(), endpoint, pattern))
  // The other end has bound, whatever sockets of this kind usually do.
  applyStep(updateSocket(id, { attach: [{ how: 'connect', endpoint }] }))
  const draft = workspaceStore.getState().sockets.find((each) => each.id === id)
  if (draft) await openSession(draft)
}
