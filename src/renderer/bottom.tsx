import { lazy, Suspense } from 'react'
import { canBeTimed } from '../shared/session/timing.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import { BottomTabs } from './bottom-tabs.tsx'
import { LatencyPanel } from './features/latency/latency-panel.tsx'
import { WatchBadge } from './features/watches/watch-badge.tsx'
import { useActiveDraft } from './state/workspace-store.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'

// Each is loaded when first opened.
const LogPanel = lazy(async () => ({ default: (await import('./features/log/log-panel.tsx')).LogPanel }))
const EventsPanel = lazy(async () => ({ default: (await import('./features/log/events-panel.tsx')).EventsPanel }))
const WatchesPanel = lazy(async () => ({
  default: (await import('./features/watches/watches-panel.tsx')).WatchesPanel,
}))
const RatesPanel = lazy(async () => ({ default: (await import('./features/messages/rates-panel.tsx')).RatesPanel }))

function Watches() {
  return (
    <ErrorBoundary what="The watches">
      <Suspense fallback={null}>
        <WatchesPanel />
      </Suspense>
    </ErrorBoundary>
  )
}

/** What is left of the panel at the bottom when it is folded: its tabs. */
export const bottomBarPixels = 34

interface BottomProps {
  readonly folded: boolean
  readonly onFold: (folded: boolean) => void
}

/** Figures of the socket that is shown, the log and the events. */
export function Bottom({ folded, onFold }: BottomProps) {
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
  const watches = patternOf(pattern).receives
    ? [{ value: 'watches', name: 'Watches', badge: <WatchBadge id={id} />, content: <Watches key={id} /> } as const]
    : []
  const roundTrips = canBeTimed(pattern) ? [{ value: 'round-trips', name: 'Latency', content: latency } as const] : []
  return (
    <BottomTabs
      folded={folded}
      onFold={onFold}
      figures={
        pattern === 'req'
          ? [{ value: 'latency', name: 'Latency', content: latency }, ...watches]
          : [{ value: 'latency', name: 'Rates', content: rates }, ...roundTrips, ...watches]
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
