import { patternOf } from '../shared/zmq/patterns.ts'
import classes from './app.module.css'
import { Composer } from './features/composer/composer.tsx'
import { MessagesPanel } from './features/messages/messages-panel.tsx'
import { MessageView } from './features/reply/message-view.tsx'
import { Subscriptions } from './features/sockets/subscriptions.tsx'
import { KeptPanels } from './kept-panels.tsx'
import { messagesLabel, useLogView } from './state/log-views.ts'
import { useActiveDraft } from './state/workspace-store.ts'
import { ErrorBoundary } from './ui/error-boundary.tsx'
import { useStacked } from './ui/use-media.ts'

/** What a socket says to its peers: its subscriptions, and the message to send. */
function Saying({ sends, subscribes }: { readonly sends: boolean; readonly subscribes: boolean }) {
  return (
    <div className={classes.saying}>
      {subscribes ? <Subscriptions /> : null}
      {sends ? (
        <div className={classes.fill}>
          <Composer />
        </div>
      ) : null}
    </div>
  )
}

/** Its messages, and below them the one that is chosen. A plot takes more of the room than a list. */
function Hearing({ socket }: { readonly socket: string }) {
  const isPlot = useLogView(messagesLabel(socket), 'message').form === 'plot'
  const name = isPlot ? 'messages-plot' : 'messages'
  return (
    <KeptPanels
      key={name}
      id={name}
      orientation="vertical"
      panels={[
        { id: 'list', size: isPlot ? 74 : 55, minimum: 120, content: <MessagesPanel /> },
        { id: 'message', size: isPlot ? 26 : 45, minimum: 80, content: <MessageView /> },
      ]}
    />
  )
}

/** What a socket that is no REQ sends and receives. */
export function StreamWorkbench() {
  const { id, pattern } = useActiveDraft()
  const stacked = useStacked()
  const { sends, subscribes } = patternOf(pattern)
  const hearing = (
    <ErrorBoundary key={id} what="The messages">
      <Hearing socket={id} />
    </ErrorBoundary>
  )
  if (!sends && subscribes === null) return hearing
  const name = stacked ? 'stream-narrow' : 'stream'
  return (
    <KeptPanels
      key={name}
      id={name}
      orientation={stacked ? 'vertical' : 'horizontal'}
      panels={[
        {
          id: 'saying',
          size: 40,
          minimum: stacked ? 96 : 280,
          content: (
            <ErrorBoundary key={id} what="The message to send">
              <Saying sends={sends} subscribes={subscribes !== null} />
            </ErrorBoundary>
          ),
        },
        { id: 'hearing', size: 60, minimum: stacked ? 96 : 280, content: hearing },
      ]}
    />
  )
}
