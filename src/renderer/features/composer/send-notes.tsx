import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { formatCount, formatElapsed } from '../../../shared/format.ts'
import type { WaitingRequest } from '../../../shared/session/state.ts'
import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { setOutcome, useSessions } from '../../state/session-store.ts'
import { useNow } from '../../state/use-now.ts'
import { cureFor } from '../../ui/error-words.ts'
import { Problem } from '../../ui/problem.tsx'
import { audienceInWords } from './audience-words.ts'
import classes from './composer.module.css'

/** The request that a REP has to answer. It is shown when it comes. */
function Request({ request }: { readonly request: WaitingRequest }) {
  const now = useNow(100)
  const { record, since } = request
  useEffect(() => {
    viewEntry(record).catch(report)
  }, [record])
  return (
    <>
      A request has been waiting for {formatElapsed(Math.max(0, now - since))}. Send answers it.{' '}
      <Button size="compact-xs" variant="default" onClick={() => void viewEntry(record).catch(report)}>
        Show it
      </Button>
    </>
  )
}

/** Who gets what is sent, what waits, and why the last message was not sent. */
export function SendNotes({ draft }: { readonly draft: SocketDraft }) {
  const session = useSessions(({ sessions }) => sessions[draft.id])
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error ?? null)
  const isOpen = session?.phase === 'open'
  const { lockstep, hears } = patternOf(draft.pattern)
  const { queued = 0, unheard = 0 } = session?.traffic ?? {}
  return (
    <>
      {isOpen && lockstep === 'receive-first' && session.spec.behaviour === null ? (
        <p role="status" aria-label="Waiting request" aria-live="off" className={classes.running}>
          {session.request ? <Request request={session.request} /> : 'No request waits for an answer.'}
        </p>
      ) : null}
      {isOpen && hears ? (
        <p role="status" aria-label="Subscribers" className={classes.running}>
          {audienceInWords(session.audience, unheard)}
        </p>
      ) : null}
      {queued > 0 ? (
        <p role="status" aria-label="Queued" className={classes.running}>
          Nobody is connected: {formatCount(queued)} {queued === 1 ? 'message waits' : 'messages wait'} in the queue.
        </p>
      ) : null}
      {error && isOpen && error.details?.endpointIndex === undefined ? (
        <Problem title={error.message} cure={cureFor(error)} onDismiss={() => setOutcome(draft.id, { error: null })} />
      ) : null}
    </>
  )
}
