import type { SocketDraft } from '../../../shared/workspace.ts'
import { patternOf } from '../../../shared/zmq/patterns.ts'
import { setOutcome, useSessions } from '../../state/session-store.ts'
import { cureFor } from '../../ui/error-words.ts'
import { Problem } from '../../ui/problem.tsx'

/** Why the socket could not do what was asked of it last, where no field and not the composer says so. */
export function SocketProblem({ draft }: { readonly draft: SocketDraft }) {
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error ?? null)
  const isOpen = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
  // The security of a socket has fields of its own, each with its error.
  const isAtField = error?.details?.endpointIndex !== undefined || error?.details?.field !== undefined
  // While it is open, an error stands below the message to send, where there is one.
  const isBelowMessage = isOpen && patternOf(draft.pattern).sends
  if (!error || isBelowMessage || isAtField) return null
  return <Problem title={error.message} cure={cureFor(error)} onDismiss={() => setOutcome(draft.id, { error: null })} />
}
