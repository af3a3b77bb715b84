import type { Notice } from '../../shared/contract.ts'
import { call, onEvents } from '../api.ts'
import { applyEvent, applySnapshot, liveStore } from './live-store.ts'
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

/** Subscribes first and asks for the state second, so that nothing between the two is missed. */
export async function boot(): Promise<void> {
  onEvents((events) => liveStore.setState((live) => events.reduce(applyEvent, live)))
  window.addEventListener('unhandledrejection', (event) => report(event.reason))
  const snapshot = await call('app.snapshot')
  workspaceStore.setState(snapshot.workspace, true)
  liveStore.setState((live) => applySnapshot(live, snapshot))
  saveChanges()
}
