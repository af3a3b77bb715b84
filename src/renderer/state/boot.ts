import type { ConnectionState } from '../../shared/connection.ts'
import type { Kept, Notice } from '../../shared/contract.ts'
import { call, onEvents } from '../api.ts'
import { applyEvent, applySnapshot, liveStore, setOutcome } from './live-store.ts'
import { mayRun, runCommand } from './run-command.ts'
import { followSchemas } from './schema-store.ts'
import { withOwnFrameIds } from './workspace-reducers.ts'
import { workspaceStore } from './workspace-store.ts'

const saveAfterMs = 300

/** Saves the workspace a moment after it changed, and at once when the window goes. */
function saveChanges(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    call('workspace.save', workspaceStore.getState()).catch(report)
  }
  workspaceStore.subscribe(() => {
    timer ??= setTimeout(save, saveAfterMs)
  })
  window.addEventListener('pagehide', () => {
    if (timer !== undefined) save()
  })
}

/** The host's notices count up from one, the window's own count down. */
let nextNotice = -1

/** Shows a failure that has no control of its own to stand next to; the same one again is told once. */
export function report(thrown: unknown): void {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  const { notices } = liveStore.getState()
  if (notices.some((notice) => notice.text === text)) return
  const notice: Notice = { id: nextNotice, level: 'error', title: 'Something went wrong', text }
  nextNotice -= 1
  liveStore.setState({ notices: [...notices, notice] })
}

/** When requests went out that a page before this one sent, by connection; in milliseconds since the epoch. */
const adopted = new Map<string, number>()

/** Goes on waiting for a request in flight that this page did not send: it was loaded again in between. */
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
      // An older one belongs to an older request; this one then ended without a reply, as the log says.
      if (exchange && exchange.at >= since) setOutcome(connectionId, { reply: { exchange, encodeNs: null } })
    })
    .catch(report)
}

/** Begins with what is kept: nothing runs yet, so the window can be used before the host has said how things stand. */
function beginWith({ workspace, settings }: Kept): void {
  workspaceStore.setState(withOwnFrameIds(workspace), true)
  liveStore.setState({ settings, ready: true })
  saveChanges()
}

/** Subscribes first and asks for the state second, so that nothing between the two is missed. */
export async function boot(kept: Kept | null): Promise<void> {
  if (kept) beginWith(kept)
  onEvents((events) => {
    liveStore.setState((live) => events.reduce(applyEvent, live))
    for (const event of events) {
      if (event.type === 'connection.changed') finishAdopted(event.state)
      if (event.type === 'app.command' && mayRun(event.command, event.byKey)) runCommand(event.command, report)
      if (event.type === 'schema.changed') followSchemas(event.state).catch(report)
    }
  })
  window.addEventListener('unhandledrejection', (event) => report(event.reason))
  const snapshot = await call('app.snapshot')
  if (!kept) {
    workspaceStore.setState(withOwnFrameIds(snapshot.workspace), true)
    saveChanges()
  }
  liveStore.setState((live) => applySnapshot(live, kept ? { ...snapshot, settings: live.settings } : snapshot))
  snapshot.connections.forEach(adopt)
  await followSchemas(snapshot.schemas)
}
