import { lazy, Suspense, useEffect } from 'react'
import { canBeTimed } from '../shared/session/timing.ts'
import { socketName } from '../shared/workspace.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import classes from './app.module.css'
import { BottomTabs } from './bottom-tabs.tsx'
import { CommandDialogs } from './features/commands/command-dialogs.tsx'
import { Composer } from './features/composer/composer.tsx'
import { GuideDialog } from './features/guide/guide-dialog.tsx'
import { LatencyPanel } from './features/latency/latency-panel.tsx'
import { NoticeList } from './features/notices/notice-list.tsx'
import { ProgramDialog } from './features/program/program-dialog.tsx'
import { ReplyPanel } from './features/reply/reply-panel.tsx'
import { SchemasDialog } from './features/schemas/schemas-dialog.tsx'
import { SendControl } from './features/send/send-control.tsx'
import { ServerPanel } from './features/server/server-panel.tsx'
import { SettingsButton } from './features/settings/settings-button.tsx'
import { AskedDialog } from './features/sockets/asked-dialog.tsx'
import { SocketBar } from './features/sockets/socket-bar.tsx'
import { SocketList } from './features/sockets/socket-list.tsx'
import { Tour } from './features/tour/tour.tsx'
import { UndoToast } from './features/undo/undo-toast.tsx'
import { KeptPanels } from './kept-panels.tsx'
import { SidebarMenu } from './sidebar-menu.tsx'
import { setFold, useFold } from './state/folds.ts'
import { useLab } from './state/lab-store.ts'
import { useWindow } from './state/window-store.ts'
import { useActiveDraft } from './state/workspace-store.ts'
import { ContextMenu } from './ui/context-menu.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { Tooltips } from './ui/tooltips.tsx'
import { useNarrow, useStacked } from './ui/use-media.ts'

// Each is loaded when first opened.
const LogPanel = lazy(async () => ({ default: (await import('./features/log/log-panel.tsx')).LogPanel }))
const EventsPanel = lazy(async () => ({ default: (await import('./features/log/events-panel.tsx')).EventsPanel }))

const RatesPanel = lazy(async () => ({ default: (await import('./features/messages/rates-panel.tsx')).RatesPanel }))
const StreamWorkbench = lazy(async () => ({
  default: (await import('./stream-workbench.tsx')).StreamWorkbench,
}))
const LabView = lazy(async () => ({ default: (await import('./features/lab/lab-view.tsx')).LabView }))

function Sidebar() {
  return (
    <div className={classes.sidebar}>
      <ServerPanel />
      <SocketList />
      <div className={classes.footer}>
        <SettingsButton />
      </div>
    </div>
  )
}

function Exchange() {
  const { id, pattern } = useActiveDraft()
  const stacked = useStacked()
  const name = stacked ? 'exchange-narrow' : 'exchange'
  if (pattern !== 'req') {
    return (
      <Suspense fallback={null}>
        <StreamWorkbench />
      </Suspense>
    )
  }
  return (
    <KeptPanels
      key={name}
      id={name}
      orientation={stacked ? 'vertical' : 'horizontal'}
      panels={[
        {
          id: 'request',
          size: 50,
          minimum: stacked ? 96 : 280,
          content: (
            <ErrorBoundary key={id} what="The request">
              <Composer />
            </ErrorBoundary>
          ),
        },
        {
          id: 'reply',
          size: 50,
          minimum: stacked ? 96 : 280,
          content: (
            <ErrorBoundary key={id} what="The reply">
              <ReplyPanel />
            </ErrorBoundary>
          ),
        },
      ]}
    />
  )
}

/** What is left of the panel at the bottom when it is folded: its tabs. */
const bottomBarPixels = 34

interface BottomProps {
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
}

function Bottom({ folded, onFold }: BottomProps) {
  const { id, pattern } = useActiveDraft()
  const latency = (
    <ErrorBoundary what="The latency">
      <LatencyPanel key={id} />
    </ErrorBoundary>
  )
  const rates = (
    <ErrorBoundary what="The rates">
      <Suspense fallback={null}>
        <RatesPanel key={id} />
      </Suspense>
    </ErrorBoundary>
  )
  const roundTrips = canBeTimed(pattern) ? [{ value: 'round-trips', name: 'Latency', content: latency } as const] : []
  return (
    <BottomTabs
      folded={folded}
      onFold={onFold}
      figures={
        pattern === 'req'
          ? [{ value: 'latency', name: 'Latency', content: latency }]
          : [{ value: 'latency', name: 'Rates', content: rates }, ...roundTrips]
      }
      log={
        <ErrorBoundary what="The log">
          <Suspense fallback={null}>
            <LogPanel />
          </Suspense>
        </ErrorBoundary>
      }
      events={
        <ErrorBoundary what="The events">
          <Suspense fallback={null}>
            <EventsPanel />
          </Suspense>
        </ErrorBoundary>
      }
    />
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
  const narrow = useNarrow()
  const part = narrow ? 'workbench-narrow' : 'workbench'
  const folded = useFold(part, narrow)
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
      <GuideDialog />
      <CommandDialogs />
      <AskedDialog />
    </main>
  )
}
