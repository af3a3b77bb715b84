import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { shortcutInWords, shortcutOf } from '../../../shared/app-commands.ts'
import { formatElapsed } from '../../../shared/format.ts'
import { maximumFrames } from '../../../shared/workspace.ts'
import { addFrameBelow } from '../../state/frame-actions.ts'
import { refusedFrame, useSessions } from '../../state/session-store.ts'
import { useActiveDraft } from '../../state/workspace-store.ts'
import { cureFor } from '../../ui/error-words.ts'
import { explained } from '../../ui/explained.ts'
import { isMac } from '../../ui/platform.ts'
import { Problem } from '../../ui/problem.tsx'
import classes from './composer.module.css'
import { RepeatStatus } from './repeat-status.tsx'

const SendNotes = lazy(async () => ({ default: (await import('./send-notes.tsx')).SendNotes }))

const cancelKeys = shortcutInWords(shortcutOf('cancel') ?? '', isMac)

/** How long the current request has been waiting, and why another is not sent meanwhile. */
function RunningTime({ since, insisted }: { readonly since: number; readonly insisted: boolean }) {
  const [elapsed, setElapsed] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setElapsed(performance.now() - since), 100)
    return () => clearInterval(timer)
  }, [since])
  return (
    <>
      <span className={classes.running}>Waiting for {formatElapsed(elapsed)}</span>
      <span role="status" aria-label="Why nothing is sent">
        {insisted ? `Not sent again: cancel this one first (${cancelKeys}).` : ''}
      </span>
    </>
  )
}

/** Adds frames, and says what becomes of the message. */
export function ComposerFooter() {
  const draft = useActiveDraft()
  const sendingSince = useSessions(({ outcomes }) => outcomes[draft.id]?.sendingSince ?? null)
  const insisted = useSessions(({ outcomes }) => outcomes[draft.id]?.insisted ?? false)
  const unsent = useSessions(({ outcomes }) => refusedFrame(outcomes[draft.id]?.error ?? null))
  const repeat = useSessions(({ sessions }) => sessions[draft.id]?.repeat ?? null)
  /** Start time of the repeat whose error was dismissed. */
  const [dismissed, setDismissed] = useState<number | null>(null)
  return (
    <div className={classes.footer}>
      <div className={classes.buttons}>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          className={classes.add ?? ''}
          {...explained('frame')}
          disabled={draft.frames.length >= maximumFrames}
          onClick={() => addFrameBelow(draft.id)}
        >
          Add frame
        </Button>
        {sendingSince === null ? null : <RunningTime since={sendingSince} insisted={insisted} />}
        {unsent === null ? null : (
          <span role="status" aria-label="Not sent" className={classes.unsent}>
            Not sent: frame {unsent + 1} is not valid.
          </span>
        )}
        {repeat && sendingSince === null ? <RepeatStatus repeat={repeat} /> : null}
        {repeat?.running && insisted ? (
          <span role="status" aria-label="Why nothing is sent" className={classes.unsent}>
            Not sent: stop repeating first.
          </span>
        ) : null}
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
