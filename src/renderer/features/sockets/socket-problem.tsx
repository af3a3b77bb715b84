import type { SocketDraft } from '../../../shared/workspace.ts'
import { setOutcome, useSessions } from '../../state/session-store.ts'
import { cureFor } from '../../ui/error-words.ts'
import { Problem } from '../../ui/problem.tsx'

/** Why the socket could not do what was asked of it last, where neither an endpoint nor the composer says so. */
export function SocketProblem({ draft }: { readonly draft: SocketDraft }) {
  const error = useSessions(({ outcomes }) => outcomes[draft.id]?.error ?? null)
  const isOpen = useSessions(({ sessions }) => sessions[draft.id]?.phase === 'open')
  if (!error || isOpen || error.details?.endpointIndex !== undefined) return null
  return <Problem title={error.message} cure={cureFor(error)} onDismiss={() => setOutcome(draft.id, { error: null })} />
}
