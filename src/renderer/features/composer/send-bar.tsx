import { Button } from '@mantine/core'
import { IconPlayerStop, IconSend } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { formatElapsed } from '../../../shared/format.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { cancel, send, stopRepeat } from '../../state/actions.ts'
import { useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { cureFor } from '../../ui/error-words.ts'
import { isMac } from '../../ui/platform.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './composer.module.css'
import { RepeatButton } from './repeat-button.tsx'
import { RepeatStatus } from './repeat-status.tsx'

const SendNotes = lazy(async () => ({ default: (await import('./send-notes.tsx')).SendNotes }))

/** How long the current request has been waiting. */
function RunningTime({ since }: { readonly since: number }) {
  const [elapsed, setElapsed] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setElapsed(performance.now() - since), 100)
    return () => clearInterval(timer)
  }, [since])
  return <span className={classes.running}>Waiting for {formatElapsed(elapsed)}</span>
}

/** Stops after the current exchange; pressed again, cancels that one too. */
function StopButton({ sessionId }: { readonly sessionId: string }) {
  const [stopping, setStopping] = useState(false)
  return (
    <Button
      variant="default"
      leftSection={<IconPlayerStop size={14} />}
      title={stopping ? 'Waiting for the last reply. Press to stop now.' : 'Stop after the next reply'}
      onClick={() => {
        setStopping(true)
        void (stopping ? cancel(sessionId) : stopRepeat(sessionId))
      }}
    >
      {stopping ? 'Stop now' : 'Stop'}
    </Button>
  )
}

/** Sends the message once or repeatedly, and stops what is running. */
export function SendBar() {
  const draft = useActiveDraft()
  const sendingSince = useSessions(({ outcomes }) => outcomes[draft.id]?.sendingSince ?? null)
  const repeat = useSessions(({ sessions }) => sessions[draft.id]?.repeat ?? null)
  const running = repeat?.running === true
  const isAnswer = patternOf(draft.pattern).lockstep === 'receive-first'
  /** Start time of the repeat whose error was dismissed. */
  const [dismissed, setDismissed] = useState<number | null>(null)
  return (
    <div className={classes.send}>
      <div className={classes.buttons}>
        {sendingSince === null ? (
          <Button
            aria-label="Send"
            data-part="send"
            data-tour-target="send"
            className={classes.primary}
            title="Send the message"
            leftSection={<IconSend size={14} />}
            disabled={running}
            onClick={() => void send(draft)}
          >
            Send<span className={classes.shortcut}>{isMac ? '⌘↵' : 'Ctrl ↵'}</span>
          </Button>
        ) : (
          <Button
            color="red"
            variant="light"
            className={classes.primary}
            leftSection={<IconPlayerStop size={14} />}
            onClick={() => void cancel(draft.id)}
          >
            Cancel
          </Button>
        )}
        {running ? (
          <StopButton key={repeat.startedAt} sessionId={draft.id} />
        ) : isAnswer ? null : (
          <RepeatButton disabled={sendingSince !== null} />
        )}
        {sendingSince === null ? null : <RunningTime since={sendingSince} />}
        {repeat && sendingSince === null ? <RepeatStatus repeat={repeat} /> : null}
      </div>
      {draft.pattern === 'req' ? null : (
        <Suspense fallback={null}>
          <SendNotes draft={draft} />
        </Suspense>
      )}
      {repeat?.error && dismissed !== repeat.startedAt ? (
        <Problem
          title={`Repeat stopped: ${repeat.error.message}`}
          cure={cureFor(repeat.error)}
          onDismiss={() => setDismissed(repeat.startedAt)}
        />
      ) : null}
      {repeat?.loss && !repeat.error && dismissed !== repeat.startedAt ? (
        <Problem
          title={repeat.loss.message}
          cure={cureFor(repeat.loss)}
          onDismiss={() => setDismissed(repeat.startedAt)}
        />
      ) : null}
    </div>
  )
}
