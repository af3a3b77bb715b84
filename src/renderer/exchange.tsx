import { lazy, Suspense } from 'react'
import { Composer } from './features/composer/composer.tsx'
import { ReplyPanel } from './features/reply/reply-panel.tsx'
import { KeptPanels } from './kept-panels.tsx'
import { useActiveDraft } from './state/workspace-store.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { useStacked } from './ui/use-media.ts'

/** Loaded with the first socket that is no REQ. */
const StreamWorkbench = lazy(async () => ({
  default: (await import('./stream-workbench.tsx')).StreamWorkbench,
}))

/** What the socket that is shown says and hears: request and reply, or what stands in their place. */
export function Exchange() {
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
