import { toErrorValue } from '../../shared/errors.ts'
import type { Watch } from '../../shared/watch/watch.ts'
import type { SocketDraft } from '../../shared/workspace.ts'
import { call } from '../api.ts'
import { takeEvents } from './host-events.ts'
import { sessionStore, setOutcome } from './session-store.ts'
import { updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** Has the messages of a socket that is open watched as its draft says. */
export async function watchAs({ id, watches }: Pick<SocketDraft, 'id' | 'watches'>): Promise<void> {
  if (watches.length === 0 && (sessionStore.getState().sessions[id]?.watches.length ?? 0) === 0) return
  const state = await call('session.watch', { sessionId: id, watches })
  takeEvents([{ type: 'session.changed', state }])
}

/** Watches values of Protobuf types anew: the types have changed. */
export async function renewWatches(): Promise<void> {
  for (const { id, watches } of workspaceStore.getState().sockets) {
    const hasTypes = watches.some((watch) => watch.kind !== 'rate' && watch.source.message !== null)
    if (hasTypes && sessionStore.getState().sessions[id]?.phase === 'open') await watchAs({ id, watches })
  }
}

/** Changes what is watched of a socket's messages, at once where it is open. A failure becomes its outcome. */
export async function changeWatches(id: string, change: (before: readonly Watch[]) => readonly Watch[]): Promise<void> {
  const draft = workspaceStore.getState().sockets.find((each) => each.id === id)
  if (!draft) return
  const watches = change(draft.watches)
  applyStep(updateSocket(id, { watches }))
  const phase = sessionStore.getState().sessions[id]?.phase
  if (phase !== 'open' && phase !== 'opening') return
  try {
    await watchAs({ id, watches })
  } catch (thrown) {
    setOutcome(id, { error: toErrorValue(thrown) })
  }
}

/** Shows what is watched of the socket that is shown. */
export const showWatches = (): void =>
  applyStep((workspace) => ({
    ...workspace,
    bottomTab: 'watches',
    folds: { ...workspace.folds, workbench: false, 'workbench-narrow': false },
  }))
