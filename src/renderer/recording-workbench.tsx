import { RecordingPanel } from './features/log/recording-panel.tsx'
import { MessageView } from './features/reply/message-view.tsx'
import { KeptPanels } from './kept-panels.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'

/** What stands in the place of a socket while a recording is shown: its records, and the one that is selected. */
export function RecordingWorkbench() {
  return (
    <ErrorBoundary what="The recording">
      <KeptPanels
        id="recording"
        orientation="vertical"
        panels={[
          { id: 'list', size: 55, minimum: 120, content: <RecordingPanel /> },
          { id: 'message', size: 45, minimum: 80, content: <MessageView /> },
        ]}
      />
    </ErrorBoundary>
  )
}
