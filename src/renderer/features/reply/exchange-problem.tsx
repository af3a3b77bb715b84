import { Button } from '@mantine/core'
import type { ErrorValue } from '../../../shared/errors.ts'
import { formatDuration } from '../../../shared/format.ts'
import { linkOf } from '../../../shared/session/state.ts'
import { report } from '../../report.ts'
import { viewEntry } from '../../state/actions.ts'
import { setOutcome, useSessions } from '../../state/session-store.ts'
import { updateSocket } from '../../state/workspace-reducers.ts'
import { applyStep, useActiveDraft } from '../../state/workspace-store.ts'
import { cureFor, isToldByLink } from '../../ui/error-words.ts'
import { Problem } from '../../ui/problem.tsx'
import { ExchangeCures } from './exchange-cures.tsx'

/** Why there is no reply. What the link already says below the endpoint is not said again. */
export function ExchangeProblem({ sessionId, error }: { readonly sessionId: string; readonly error: ErrorValue }) {
  const session = useSessions(({ sessions }) => sessions[sessionId])
  const dismiss = () => setOutcome(sessionId, { error: null })
  const notSent = error.code === 'unreachable' || error.code === 'peer-rejected'
  if (notSent && session?.phase === 'open' && linkOf(session).state === 'ready') {
    return (
      <Problem
        title="Not sent."
        cure="The link is ready now."
        onDismiss={dismiss}
        actions={<ExchangeCures error={error} />}
      />
    )
  }
  if (isToldByLink(error, session)) {
    const title = notSent ? 'Not sent.' : error.message
    return <Problem title={title} onDismiss={dismiss} actions={<ExchangeCures error={error} />} />
  }
  const late = error.code === 'timeout' ? session?.lateReply : null
  return (
    <Problem
      title={notSent ? 'Not sent.' : error.message}
      cure={
        late
          ? `Its reply came ${formatDuration(late.afterMs * 1e6)} after the request.`
          : notSent
            ? `${error.message} ${cureFor(error)}`
            : cureFor(error)
      }
      onDismiss={dismiss}
      actions={
        late ? (
          <Button variant="default" onClick={() => viewEntry(late.record).catch(report)}>
            Show the late reply
          </Button>
        ) : (
          <ExchangeCures error={error} />
        )
      }
    />
  )
}

/** The reply seems to be a second one to the request before: REQ cannot tell. */
export function EarlierReply() {
  const draft = useActiveDraft()
  const correlate = () => applyStep(updateSocket(draft.id, { options: { ...draft.options, relaxedCorrelate: true } }))
  return (
    <Problem
      title="This reply is identical to the previous request: it may be a second answer to that."
      cure="REQ takes any reply for that of the last request. Relaxed and correlate adds an id that tells them apart."
      actions={
        draft.options.relaxedCorrelate ? null : (
          <Button variant="default" onClick={correlate}>
            Turn on relaxed and correlate
          </Button>
        )
      }
    />
  )
}
