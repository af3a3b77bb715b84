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

/** Shows a failure that has no control of its own to stand next to. */
export function report(thrown: unknown): void {
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  liveStore.setState(({ notices }) => ({
    notices: [...notices, { id: -Date.now(), level: 'error', title: 'Something went wrong', text }],
  }))
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
