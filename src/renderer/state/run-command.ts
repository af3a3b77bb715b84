import type { AppCommandId } from '../../shared/app-commands.ts'
import { InspectorError } from '../../shared/errors.ts'
import { echoServerId, endpointOf } from '../../shared/session/spec.ts'
import type { Settings } from '../../shared/settings.ts'
import type { Workspace } from '../../shared/workspace.ts'
import { call } from '../api.ts'
import {
  cancel,
  closeSession,
  openSession,
  saveSettings,
  send,
  startRepeat,
  startServer,
  stopRepeat,
  stopServer,
} from './actions.ts'
import { isDialogOpen, openDialog } from './dialogs.ts'
import { askToExpand } from './expand.ts'
import { askToFind } from './find.ts'
import { askForFocus, type FocusTarget } from './focus.ts'
import { askToFormat } from './format.ts'
import { addFrameBelow } from './frame-actions.ts'
import { frameCommands } from './frame-commands.ts'
import { forgetRecent, stepInHistory } from './history.ts'
import { labStateStore } from './lab-state-store.ts'
import { labStore, openLab } from './lab-store.ts'
import { notNow } from './not-now.ts'
import { offerPortRange, probeEndpoint } from './probe-store.ts'
import { openRecording } from './recording-store.ts'
import { startRenaming } from './renaming.ts'
import { sessionStore, setOutcome } from './session-store.ts'
import { settingsStore } from './settings-store.ts'
import { newSocketTab, removeSocketTab, undoRemoval } from './socket-tabs.ts'
import { undoable, undoLast } from './undo.ts'
import { windowStore } from './window-store.ts'
import { activeDraft, duplicateSocket, moveSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

const draft = () => activeDraft(workspaceStore.getState())

/** Sends, or repeats. A socket that only receives is not even opened: it says so itself. */
async function unlessRefused(id: 'send' | 'repeat', work: () => Promise<void>): Promise<void> {
  const reason = notNow(id)
  if (reason === null) return work()
  setOutcome(draft().id, { error: { code: 'wrong-state', message: reason } })
}

/** Closes the lab, which covers the messages, and moves the focus. */
function goTo(target: FocusTarget): void {
  openLab(false)
  askForFocus(target)
}

function showTab(
  bottomTab: Exclude<Workspace['bottomTab'], 'round-trips' | 'watches'>,
  target: FocusTarget = bottomTab,
): void {
  const folds = { workbench: false, 'workbench-narrow': false }
  applyStep((workspace) => ({ ...workspace, bottomTab, folds: { ...workspace.folds, ...folds } }))
  goTo(target)
}

function step(by: 1 | -1): void {
  applyStep((workspace) => {
    const { sockets, activeSocket } = workspace
    const at = sockets.findIndex(({ id }) => id === activeSocket)
    const next = sockets[(at + by + sockets.length) % sockets.length]
    return next ? { ...workspace, activeSocket: next.id } : workspace
  })
}

function moveActive(by: 1 | -1): void {
  const { id } = draft()
  const at = workspaceStore.getState().sockets.findIndex((each) => each.id === id)
  applyStep(moveSocket(id, at + by))
}

async function cancelWhatRuns(): Promise<void> {
  const lab = labStateStore.getState()
  if (labStore.getState().open && lab.activity !== 'idle') return call('lab.cancel')
  await cancel(draft().id)
}

async function toggleServer(): Promise<void> {
  const phase = sessionStore.getState().sessions[echoServerId]?.phase
  if (phase === 'open') return stopServer()
  // Ignore while it is starting or stopping.
  if (phase === 'opening' || phase === 'closing') return
  await startServer(workspaceStore.getState().serverEndpoint)
}

async function toggleRepeat(): Promise<void> {
  const { id } = draft()
  if (sessionStore.getState().sessions[id]?.repeat?.running) return stopRepeat(id)
  await startRepeat(draft())
}

async function toggleSession(): Promise<void> {
  const { id } = draft()
  if (sessionStore.getState().sessions[id]?.phase === 'open') return closeSession(id)
  await openSession(draft())
}

async function probeActive(): Promise<void> {
  openLab(false)
  await probeEndpoint(endpointOf(draft()), draft().pattern)
}

async function probePorts(): Promise<void> {
  openLab(false)
  await offerPortRange()
}

/** The frames of the reply that is shown. Throws `InspectorError` while there is none. */
function replyFrames(): readonly Uint8Array[] {
  const frames = sessionStore.getState().outcomes[draft().id]?.reply?.exchange.frames
  if (!frames) throw new InspectorError('wrong-state', 'There is no reply yet.')
  return frames
}

/** Copies the reply, a frame in each line. Throws where a frame is no text. */
async function copyReply(form: 'text' | 'hex'): Promise<void> {
  const frames = replyFrames()
  const { copyBytesAs } = await import('../../shared/codecs/copy-as.ts')
  const texts = frames.map((frame) => copyBytesAs(frame, form))
  if (texts.includes(null)) {
    throw new InspectorError('invalid-argument', 'These bytes are not UTF-8 text. Copy them as hex.')
  }
  await call('clipboard.write', { text: texts.join('\n') })
}

async function takeReply(): Promise<void> {
  const { id } = draft()
  const frames = replyFrames()
  const { takeAsRequest } = await import('./frame-as-request.ts')
  await takeAsRequest(frames, id)
}

/** Undoes what was replaced last, or else the removal of a socket. */
async function undoLastOrRemoval(): Promise<void> {
  if (undoable()) await undoLast()
  else undoRemoval()
}

async function takeTour(): Promise<void> {
  openLab(false)
  await saveSettings({ ...settingsStore.getState(), showTour: true })
}

async function toggleContrast(): Promise<void> {
  const settings = settingsStore.getState()
  await saveSettings({ ...settings, contrast: settings.contrast === 'high' ? 'system' : 'high' })
}

const setTheme = (theme: Settings['theme']) => saveSettings({ ...settingsStore.getState(), theme })

const commands: Readonly<Record<AppCommandId, () => void | Promise<void>>> = {
  send: () => unlessRefused('send', () => send(draft())),
  cancel: cancelWhatRuns,
  repeat: () => unlessRefused('repeat', toggleRepeat),
  'add-frame': () => addFrameBelow(draft().id),
  format: askToFormat,
  'earlier-message': () => stepInHistory(draft().id, 1),
  'later-message': () => stepInHistory(draft().id, -1),
  'undo-last': undoLastOrRemoval,
  'forget-recent': forgetRecent,
  'copy-as-code': () => openDialog('program'),
  ...frameCommands,
  'use-reply': takeReply,
  'copy-reply-text': () => copyReply('text'),
  'copy-reply-hex': () => copyReply('hex'),
  'expand-all': () => askToExpand(true),
  'collapse-all': () => askToExpand(false),
  'new-connection': () => newSocketTab(),
  'rename-connection': () => startRenaming(draft().id),
  'duplicate-socket': () => applyStep(duplicateSocket(draft().id, crypto.randomUUID())),
  'move-socket-up': () => moveActive(-1),
  'move-socket-down': () => moveActive(1),
  'remove-connection': () => removeSocketTab(draft()),
  connect: toggleSession,
  'next-connection': () => step(1),
  'previous-connection': () => step(-1),
  probe: probeActive,
  'probe-ports': probePorts,
  'toggle-server': toggleServer,
  'focus-endpoint': () => goTo('endpoint'),
  'focus-request': () => goTo('request'),
  'focus-reply': () => goTo('reply'),
  'show-latency': () => showTab('latency'),
  'show-log': () => showTab('log'),
  'show-events': () => showTab('events'),
  find: () => void requestAnimationFrame(askToFind),
  'find-in-log': () => showTab('log', 'log-filter'),
  'toggle-lab': () => openLab(!labStore.getState().open),
  'start-from': () => openDialog('start-from'),
  'open-recording': openRecording,
  palette: () => openDialog('palette'),
  settings: () => openDialog('settings'),
  'zoom-in': () => call('window.zoom', { to: 'larger' }),
  'zoom-out': () => call('window.zoom', { to: 'smaller' }),
  'zoom-reset': () => call('window.zoom', { to: 'actual' }),
  'full-screen': () => call('window.toggleFullScreen'),
  quit: () => call('window.close'),
  schemas: () => openDialog('schemas'),
  'theme-system': () => setTheme('system'),
  'theme-light': () => setTheme('light'),
  'theme-dark': () => setTheme('dark'),
  contrast: toggleContrast,
  'user-guide': () => openDialog('guide'),
  tour: takeTour,
  shortcuts: () => openDialog('shortcuts'),
  terms: () => openDialog('terms'),
  'report-problem': () => openDialog('problem-report'),
  about: () => openDialog('about'),
}

const ofMessages: ReadonlySet<AppCommandId> = new Set([
  'send',
  'repeat',
  'format',
  'add-frame',
  'earlier-message',
  'later-message',
  'insert-frame',
  'duplicate-frame',
  'move-frame-up',
  'move-frame-down',
  'load-frame',
  'remove-frame',
  'undo-last',
  'copy-reply-text',
  'copy-reply-hex',
  'expand-all',
  'collapse-all',
  'copy-as-code',
  'use-reply',
  'find',
])

/** Commands for the window as a whole, whatever it shows. */
const ofWindow: ReadonlySet<AppCommandId> = new Set(['zoom-in', 'zoom-out', 'zoom-reset', 'full-screen', 'quit'])

/**
 * Whether a command can run now: an open dialog comes first, and a key must not change messages that the lab covers.
 * Choosing such a command by name leads to the messages.
 */
export function mayRun(id: AppCommandId, byKey: boolean): boolean {
  if (ofWindow.has(id)) return true
  // Alt and a letter may write a character.
  if (id === 'undo-last' && byKey && !undoable() && !windowStore.getState().removed) return false
  return !isDialogOpen() && !(byKey && labStore.getState().open && ofMessages.has(id))
}

/** Runs a command and shows its effect. Failures without a place of their own go to `failed`. */
export function runCommand(id: AppCommandId, failed: (thrown: unknown) => void): void {
  if (ofMessages.has(id)) openLab(false)
  const work = async () => commands[id]()
  work().catch(failed)
}
