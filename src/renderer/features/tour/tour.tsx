import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useEffect } from 'react'
import { echoServerId } from '../../../shared/session/spec.ts'
import { report } from '../../report.ts'
import { saveSettings } from '../../state/actions.ts'
import { type Sessions, useSessions } from '../../state/session-store.ts'
import { settingsStore, useSettings } from '../../state/settings-store.ts'
import { useWorkspace } from '../../state/workspace-store.ts'
import classes from './tour.module.css'

const steps = [
  {
    id: 'start',
    title: 'Start the server',
    words: 'Start a local echo server. It returns whatever you send.',
  },
  {
    id: 'send',
    title: 'Send a message',
    words: 'Press Send. The text below goes over a real socket; the reply appears next to it.',
  },
  {
    id: 'read',
    title: 'Read what came back',
    words: 'The bytes are on the right, the latency is below. Next, enter your own service’s endpoint above.',
  },
] as const

/** The current step; steps done without the tour count as well. */
function stepOf({ sessions, outcomes }: Sessions, sessionId: string): number {
  if (outcomes[sessionId]?.reply) return 2
  return sessions[echoServerId]?.phase === 'open' ? 1 : 0
}

function end(): void {
  saveSettings({ ...settingsStore.getState(), showTour: false }).catch(report)
}

function Steps() {
  const id = useWorkspace(({ activeSocket }) => activeSocket)
  const current = useSessions((sessions) => stepOf(sessions, id))
  const step = steps[current]
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
        {steps.map(({ id: stepId, title }, index) => (
          <li key={stepId} className={classes.step} aria-current={index === current ? 'step' : undefined}>
            {index < current ? (
              <IconCircleCheck size={18} role="img" aria-label="Done:" className={classes.done} />
            ) : (
              <span className={classes.number}>{index + 1}</span>
            )}
            {title}
          </li>
        ))}
      </ol>
      <p role="status" aria-label="Tour" className={classes.words}>
        {step?.words}
      </p>
      <Button variant={current === steps.length - 1 ? 'filled' : 'subtle'} size="compact-sm" onClick={end}>
        {current === steps.length - 1 ? 'Finish the tour' : 'Skip the tour'}
      </Button>
    </section>
  )
}

/**
 * Three steps from a new window to the first echo, which block nothing. Once ended, it does not start by itself again.
 */
export function Tour() {
  const shown = useSettings(({ showTour }) => showTour)
  return shown ? <Steps /> : null
}
