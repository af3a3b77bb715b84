import { toErrorValue } from '../../shared/errors.ts'
import type { Timing } from '../../shared/session/timing.ts'
import type { SocketDraft } from '../../shared/workspace.ts'
import { call } from '../api.ts'
import { takeEvents } from './host-events.ts'
import { sessionStore, setOutcome } from './session-store.ts'
import { updateSocket } from './workspace-reducers.ts'
import { applyStep } from './workspace-store.ts'

/** Has a socket's messages timed in another way, at once where it is open. A failure becomes its outcome. */
export async function changeTiming({ id }: Pick<SocketDraft, 'id'>, timing: Timing | null): Promise<void> {
  applyStep(updateSocket(id, { timing }))
  // While one opens, the change is for after that: commands of a session are carried out in their order.
  const phase = sessionStore.getState().sessions[id]?.phase
  if (phase !== 'open' && phase !== 'opening') return
  try {
    const state = await call('session.time', { sessionId: id, timing })
    takeEvents([{ type: 'session.changed', state }])
  } catch (thrown) {
    setOutcome(id, { error: toErrorValue(thrown) })
  }
}
