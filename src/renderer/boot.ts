import type { Kept } from '../shared/contract/index.ts'
import type { SessionState } from '../shared/session/state.ts'
import { call, onEvents } from './api.ts'
import { onReport, report } from './report.ts'
import { noteAttached } from './state/attachments.ts'
import { takeEvents, takeSnapshot } from './state/host-events.ts'
import { addOwnNotice } from './state/notice-store.ts'
import { mayRun, runCommand } from './state/run-command.ts'
import { saveWorkspace } from './state/save-workspace.ts'
import { followSchemas } from './state/schema-store.ts'
import { setOutcome } from './state/session-store.ts'
import { settingsStore } from './state/settings-store.ts'
import { renewWatches } from './state/watches.ts'
import { windowStore } from './state/window-store.ts'
import { withOwnFrameIds } from './state/workspace-reducers.ts'
import { workspaceStore } from './state/workspace-store.ts'

const saveAfterMs = 300

/** Saves the workspace a moment after it changed, and at once when the window closes. */
function saveChanges(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    saveWorkspace(workspaceStore.getState).catch(report)
  }
  workspaceStore.subscribe(() => {
    timer ??= setTimeout(save, saveAfterMs)
  })
  window.addEventListener('pagehide', () => {
    if (timer !== undefined) save()
  })
}

/** When requests that an earlier page sent went out, by session; in milliseconds since the epoch. */
const adopted = new Map<string, number>()

/** Goes on waiting for a request in flight that an earlier page sent: this one was loaded in between. */
function adopt({ sessionId, inFlightSince, repeat }: SessionState): void {
  if (inFlightSince === null || repeat?.running) return
  adopted.set(sessionId, inFlightSince)
  setOutcome(sessionId, { sendingSince: performance.now() - (Date.now() - inFlightSince) })
}

function finishAdopted({ sessionId, inFlightSince }: SessionState): void {
  const since = adopted.get(sessionId)
  if (since === undefined || inFlightSince !== null) return
  adopted.delete(sessionId)
  setOutcome(sessionId, { sendingSince: null })
  call('session.lastExchange', { sessionId })
    .then((exchange) => {
      // An older exchange belongs to an older request: this one ended without a reply, as the log says.
      if (exchange && exchange.at >= since) setOutcome(sessionId, { reply: { exchange, encodeNs: null } })
    })
    .catch(report)
}

/** Begins with what is kept: nothing runs yet, so the window can be used before the host has described its state. */
function beginWith({ workspace, settings }: Kept): void {
  workspaceStore.setState(withOwnFrameIds(workspace), true)
  settingsStore.setState(settings)
  windowStore.setState({ ready: true })
  saveChanges()
}

/** Subscribes first and asks for the state second, so that nothing between the two is missed. */
export async function boot(kept: Kept | null): Promise<void> {
  onReport(addOwnNotice)
  if (kept) beginWith(kept)
  onEvents((events) => {
    takeEvents(events)
    for (const event of events) {
      if (event.type === 'session.changed') finishAdopted(event.state)
      if (event.type === 'app.command' && mayRun(event.command, event.byKey)) runCommand(event.command, report)
      if (event.type === 'schema.changed') followSchemas(event.state).then(renewWatches).catch(report)
    }
  })
  window.addEventListener('unhandledrejection', (event) => report(event.reason))
  const snapshot = await call('app.snapshot')
  if (!kept) {
    noteAttached(snapshot.attachments)
    workspaceStore.setState(withOwnFrameIds(snapshot.workspace), true)
    saveChanges()
  }
  takeSnapshot(snapshot, kept !== null)
  snapshot.sessions.forEach(adopt)
  await followSchemas(snapshot.schemas)
}
