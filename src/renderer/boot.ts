import type { ConnectionState } from '../shared/connection.ts'
import type { Kept } from '../shared/contract.ts'
import { call, onEvents } from './api.ts'
import { onReport, report } from './report.ts'
import { noteAttached } from './state/attachments.ts'
import { addOwnNotice, applyEvents, applySnapshot, liveStore, setOutcome } from './state/live-store.ts'
import { mayRun, runCommand } from './state/run-command.ts'
import { saveWorkspace } from './state/save-workspace.ts'
import { followSchemas } from './state/schema-store.ts'
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

/** When requests that an earlier page sent went out, by connection; in milliseconds since the epoch. */
const adopted = new Map<string, number>()

/** Goes on waiting for a request in flight that an earlier page sent: this one was loaded in between. */
function adopt({ connectionId, inFlightSince, repeat }: ConnectionState): void {
  if (inFlightSince === null || repeat?.running) return
  adopted.set(connectionId, inFlightSince)
  setOutcome(connectionId, { sendingSince: performance.now() - (Date.now() - inFlightSince) })
}

function finishAdopted({ connectionId, inFlightSince }: ConnectionState): void {
  const since = adopted.get(connectionId)
  if (since === undefined || inFlightSince !== null) return
  adopted.delete(connectionId)
  setOutcome(connectionId, { sendingSince: null })
  call('connection.lastExchange', { connectionId })
    .then((exchange) => {
      // An older exchange belongs to an older request: this one ended without a reply, as the log says.
      if (exchange && exchange.at >= since) setOutcome(connectionId, { reply: { exchange, encodeNs: null } })
    })
    .catch(report)
}

/** Begins with what is kept: nothing runs yet, so the window can be used before the host has described its state. */
function beginWith({ workspace, settings }: Kept): void {
  workspaceStore.setState(withOwnFrameIds(workspace), true)
  liveStore.setState({ settings, ready: true })
  saveChanges()
}

/** Subscribes first and asks for the state second, so that nothing between the two is missed. */
export async function boot(kept: Kept | null): Promise<void> {
  onReport(addOwnNotice)
  if (kept) beginWith(kept)
  onEvents((events) => {
    liveStore.setState((live) => applyEvents(live, events))
    for (const event of events) {
      if (event.type === 'connection.changed') finishAdopted(event.state)
      if (event.type === 'app.command' && mayRun(event.command, event.byKey)) runCommand(event.command, report)
      if (event.type === 'schema.changed') followSchemas(event.state).catch(report)
    }
  })
  window.addEventListener('unhandledrejection', (event) => report(event.reason))
  const snapshot = await call('app.snapshot')
  if (!kept) {
    noteAttached(snapshot.attachments)
    workspaceStore.setState(withOwnFrameIds(snapshot.workspace), true)
    saveChanges()
  }
  liveStore.setState((live) => applySnapshot(live, kept ? { ...snapshot, settings: live.settings } : snapshot))
  snapshot.connections.forEach(adopt)
  await followSchemas(snapshot.schemas)
}
