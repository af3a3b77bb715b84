import type { AppCommandId } from '../../shared/app-commands.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Workspace } from '../../shared/workspace.ts'
import {
  cancel,
  closeConnection,
  newConnectionTab,
  openConnection,
  saveSettings,
  send,
  startRepeat,
  startServer,
  stopRepeat,
  stopServer,
} from './actions.ts'
import { openDialog } from './dialogs.ts'
import { labStore, openLab } from './lab-store.ts'
import { liveStore } from './live-store.ts'
import { setSchemaDialog } from './schema-dialog.ts'
import { activeDraft, addFrame } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

const draft = () => activeDraft(workspaceStore.getState())

/** Leaves the lab, and puts the focus on the first control that is found when the page shows it. */
function goTo(...selectors: readonly string[]): void {
  openLab(false)
  requestAnimationFrame(() => {
    for (const selector of selectors) {
      const found = document.querySelector<HTMLElement>(selector)
      if (found) return found.focus()
    }
  })
}

function showTab(bottomTab: Workspace['bottomTab'], ...focus: readonly string[]): void {
  applyStep((workspace) => ({ ...workspace, bottomTab }))
  goTo(...focus, `[role="tab"][aria-selected="true"]`)
}

function step(by: 1 | -1): void {
  applyStep((workspace) => {
    const { connections, activeConnection } = workspace
    const at = connections.findIndex(({ id }) => id === activeConnection)
    const next = connections[(at + by + connections.length) % connections.length]
    return next ? { ...workspace, activeConnection: next.id } : workspace
  })
}

async function toggleServer(): Promise<void> {
  if (liveStore.getState().server.phase === 'listening') return stopServer()
  await startServer(workspaceStore.getState().serverEndpoint)
}

async function toggleRepeat(): Promise<void> {
  const { id } = draft()
  if (liveStore.getState().connections[id]?.repeat?.running) return stopRepeat(id)
  await startRepeat(draft())
}

async function toggleConnection(): Promise<void> {
  const { id } = draft()
  if (liveStore.getState().connections[id]?.open) return closeConnection(id)
  await openConnection(draft())
}

const setTheme = (theme: Settings['theme']) => saveSettings({ ...liveStore.getState().settings, theme })

const commands: Readonly<Record<AppCommandId, () => void | Promise<void>>> = {
  send: () => send(draft()),
  cancel: () => cancel(draft().id),
  repeat: toggleRepeat,
  'add-frame': () => applyStep(addFrame(draft().id, crypto.randomUUID())),
  'new-connection': newConnectionTab,
  connect: toggleConnection,
  'next-connection': () => step(1),
  'previous-connection': () => step(-1),
  'toggle-server': toggleServer,
  'focus-endpoint': () => goTo('[aria-label="Endpoint"]'),
  'focus-request': () => goTo('[aria-label="Request"] [role="textbox"]', '[aria-label="Request"] select'),
  'focus-reply': () => goTo('[aria-label="Reply"] select', '[aria-label="Reply"] button', '[aria-label="Send"]'),
  'show-latency': () => showTab('latency'),
  'show-log': () => showTab('log', '[role="table"][aria-label="Log"]'),
  'show-events': () => showTab('events'),
  'find-in-log': () => showTab('log', '[aria-label="Filter log"]'),
  'toggle-lab': () => openLab(!labStore.getState().open),
  palette: () => openDialog('palette'),
  settings: () => openDialog('settings'),
  schemas: () => setSchemaDialog(true),
  'theme-system': () => setTheme('system'),
  'theme-light': () => setTheme('light'),
  'theme-dark': () => setTheme('dark'),
  shortcuts: () => openDialog('shortcuts'),
  about: () => openDialog('about'),
}

/** Does what a command stands for. A failure without a place of its own is told by `failed`. */
export function runCommand(id: AppCommandId, failed: (thrown: unknown) => void): void {
  const work = async () => commands[id]()
  work().catch(failed)
}
