import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { echoServerId } from '../../../shared/session/spec.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { report } from '../../report.ts'
import { saveSettings } from '../../state/actions.ts'
import { type Sessions, useSessions } from '../../state/session-store.ts'
import { settingsStore, useSettings } from '../../state/settings-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import classes from './tour.module.css'

const steps = [
  {
    id: 'start',
    title: 'Start the server.',
    words: 'Start a local echo server. It returns whatever you send.',
  },
  {
    id: 'send',
    title: 'Send a message.',
    words: 'Press Send: the text below goes over a real socket, and the reply appears beside it.',
  },
  {
    id: 'read',
    title: 'Read what came back.',
    words: 'Its bytes are on the right, the latency is below. Next: your own service’s endpoint, above.',
  },
] as const

/** The current step; steps done without the tour count as well. A reply comes without the server, too. */
function stepOf({ sessions, outcomes }: Sessions, sessionId: string): number {
  if (outcomes[sessionId]?.reply) return 2
  return sessions[echoServerId]?.phase === 'open' ? 1 : 0
}

function end(): void {
  saveSettings({ ...settingsStore.getState(), showTour: false }).catch(report)
}

/** Ends the tour with the next thing that is done after its last step. */
function useEnd(isLast: boolean, draft: SocketDraft): void {
  const isSending = useSessions(({ outcomes }) => (outcomes[draft.id]?.sendingSince ?? null) !== null)
  const { id, attach } = draft
  /** What the last step was shown beside. */
  const shown = useRef<{ readonly id: string; readonly attach: SocketDraft['attach'] } | null>(null)
  useEffect(() => {
    if (!isLast) return
    shown.current ??= { id, attach }
    if (isSending || shown.current.id !== id || shown.current.attach !== attach) end()
  }, [isLast, isSending, id, attach])
}

function Steps() {
  const draft = useActiveDraft()
  const current = useSessions((sessions) => stepOf(sessions, draft.id))
  const isServing = useSessions(({ sessions }) => sessions[echoServerId]?.phase === 'open')
  const [hasServed, setHasServed] = useState(isServing)
  if (isServing && !hasServed) setHasServed(true)
  const step = steps[current]
  const isLast = current === steps.length - 1
  useEnd(isLast, draft)
  // Highlights the control of the current step, wherever it is in the window.
  useEffect(() => {
    if (!step) return
    document.body.dataset.tour = step.id
    return () => {
      delete document.body.dataset.tour
    }
  }, [step])
  return (
    <section aria-label="Tour" className={classes.tour}>
      <ol className={classes.steps}>
        {steps.map(({ id, title }, index) => (
          <li key={id} className={classes.step} aria-current={index === current ? 'step' : undefined}>
            {index < current && (id !== 'start' || hasServed) ? (
              <IconCircleCheck size={18} role="img" aria-label="Done:" className={classes.done} />
            ) : (
              <span className={classes.number}>{index + 1}</span>
            )}
            <span className="visually-hidden">{title}</span>
          </li>
        ))}
      </ol>
      <p role="status" aria-label="Tour" className={classes.words} title={step?.words}>
        <strong>{step?.title}</strong> {step?.words}
      </p>
      <Button variant="subtle" size="compact-xs" onClick={end}>
        {isLast ? 'Finish the tour' : 'Skip the tour'}
      </Button>
    </section>
  )
}

/**
 * Three steps from a new window to the first echo, in one line, which block nothing. It ends by itself, and does not start
 * by itself again.
 */
export function Tour() {
  const shown = useSettings(({ showTour }) => showTour)
  return shown ? <Steps /> : null
}
