import { lazy, Suspense, useEffect } from 'react'
import { socketName } from '../shared/workspace.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import classes from './app.module.css'
import { Bottom, bottomBarPixels } from './bottom.tsx'
import { Exchange } from './exchange.tsx'
import { CommandDialogs } from './features/commands/command-dialogs.tsx'
import { GuideDialog } from './features/guide/guide-dialog.tsx'
import { NoticeList } from './features/notices/notice-list.tsx'
import { ProgramDialog } from './features/program/program-dialog.tsx'
import { SchemasDialog } from './features/schemas/schemas-dialog.tsx'
import { SendControl } from './features/send/send-control.tsx'
import { ServerPanel } from './features/server/server-panel.tsx'
import { SettingsButton } from './features/settings/settings-button.tsx'
import { AskedDialog } from './features/sockets/asked-dialog.tsx'
import { SocketBar } from './features/sockets/socket-bar.tsx'
import { SocketList } from './features/sockets/socket-list.tsx'
import { StartDialog } from './features/starting/start-dialog.tsx'
import { Tour } from './features/tour/tour.tsx'
import { UndoToast } from './features/undo/undo-toast.tsx'
import { KeptPanels } from './kept-panels.tsx'
import { SidebarMenu } from './sidebar-menu.tsx'
import { setFold, useFold } from './state/folds.ts'
import { useLab } from './state/lab-store.ts'
import { useProbe } from './state/probe-store.ts'
import { useRecording } from './state/recording-store.ts'
import { useWindow } from './state/window-store.ts'
import { useActiveDraft } from './state/workspace-store.ts'
import { ContextMenu } from './ui/context-menu.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { Tooltips } from './ui/tooltips.tsx'
import { useNarrow } from './ui/use-media.ts'

/** Loaded when it is first opened. */
const LabView = lazy(async () => ({ default: (await import('./features/lab/lab-view.tsx')).LabView }))

/** Loaded with the first socket that is secured. */
const SecurityPanel = lazy(async () => ({
  default: (await import('./features/security/security-panel.tsx')).SecurityPanel,
}))

/** Loaded with the first recording. */
const RecordingItem = lazy(async () => ({
  default: (await import('./features/recording/recording-item.tsx')).RecordingItem,
}))
const RecordingWorkbench = lazy(async () => ({
  default: (await import('./recording-workbench.tsx')).RecordingWorkbench,
}))

/** The recording that is open, or being opened. */
function OpenedRecording() {
  const isThere = useRecording(({ opened, progress, problem }) => Boolean(opened ?? progress ?? problem))
  return isThere ? <RecordingItem /> : null
}

/** Loaded when something is probed. */
const ProbePanel = lazy(async () => ({ default: (await import('./features/probe/probe-panel.tsx')).ProbePanel }))

/** What answers at an endpoint, once that was asked. */
function Probe() {
  const isOpen = useProbe(({ isOpen }) => isOpen)
  if (!isOpen) return null
  return (
    <ErrorBoundary what="The probe">
      <Suspense fallback={null}>
        <ProbePanel />
      </Suspense>
    </ErrorBoundary>
  )
}

/** How the socket that is shown is secured, if it is. */
function Security() {
  const { kind } = useActiveDraft().security
  if (kind === 'none') return null
  return (
    <ErrorBoundary what="The security">
      <Suspense fallback={null}>
        <SecurityPanel />
      </Suspense>
    </ErrorBoundary>
  )
}

function Sidebar() {
  return (
    <div className={classes.sidebar}>
      <ServerPanel />
      <SocketList />
      <Suspense fallback={null}>
        <OpenedRecording />
      </Suspense>
      <div className={classes.footer}>
        <SettingsButton />
      </div>
    </div>
  )
}

/** The lab takes the place of the messages while it is open. A run continues when it is closed. */
function Lab() {
  return (
    <ErrorBoundary what="The latency lab">
      <Suspense fallback={null}>
        <LabView />
      </Suspense>
    </ErrorBoundary>
  )
}

function Workbench() {
  const lab = useLab(({ open }) => open)
  const isRecording = useRecording(({ isShown }) => isShown)
  const narrow = useNarrow()
  const part = narrow ? 'workbench-narrow' : 'workbench'
  const folded = useFold(part, narrow)
  if (isRecording) {
    return (
      <div className={classes.workbench}>
        <NoticeList />
        <div className={classes.fill}>
          <Suspense fallback={null}>
            <RecordingWorkbench />
          </Suspense>
        </div>
      </div>
    )
  }
  if (lab) {
    return (
      <div className={classes.workbench}>
        <NoticeList />
        <Lab />
      </div>
    )
  }
  return (
    <div className={classes.workbench}>
      <NoticeList />
      <Tour />
      <SocketBar send={<SendControl />} />
      <Probe />
      <Security />
      <div className={classes.fill}>
        <KeptPanels
          key={part}
          id={part}
          orientation="vertical"
          panels={[
            { id: 'exchange', size: 58, minimum: 96, content: <Exchange /> },
            {
              id: 'bottom',
              size: 42,
              minimum: 120,
              content: <Bottom folded={folded} onFold={(fold) => setFold(part, fold)} />,
            },
          ]}
          folding={{ folded, size: bottomBarPixels, onFold: (fold) => setFold(part, fold) }}
        />
      </div>
    </div>
  )
}

/** The window's title names the socket that is shown. */
function useTitle(): void {
  const draft = useActiveDraft()
  const title = `${patternOf(draft.pattern).label} ${socketName(draft)} – ZeroMQ Inspector`
  useEffect(() => {
    document.title = title
  }, [title])
}

/** The window: server and connections on the left; request, reply and logs beside them. */
export function App() {
  const ready = useWindow(({ ready }) => ready)
  const narrow = useNarrow()
  useEffect(() => {
    if (ready) document.body.dataset.appState = 'ready'
  }, [ready])
  useTitle()
  if (!ready) return <NoticeList />
  return (
    <main className={classes.window}>
      <h1 className="visually-hidden">ZeroMQ Inspector</h1>
      {narrow ? (
        <div className={classes.narrow}>
          <SidebarMenu>
            <Sidebar />
          </SidebarMenu>
          <div className={classes.fill}>
            <Workbench />
          </div>
        </div>
      ) : (
        <KeptPanels
          id="window"
          orientation="horizontal"
          panels={[
            { id: 'sidebar', size: 20, minimum: 220, content: <Sidebar /> },
            { id: 'main', size: 80, minimum: 560, content: <Workbench /> },
          ]}
        />
      )}
      <UndoToast />
      <Tooltips />
      <div id="overlays" />
      <ContextMenu />
      <SchemasDialog />
      <ProgramDialog />
      <StartDialog />
      <GuideDialog />
      <CommandDialogs />
      <AskedDialog />
    </main>
  )
}
