import { findingIn } from '../../shared/diagnosis/diagnosis.ts'
import { adviceForError } from '../../shared/diagnosis/error-advice.ts'
import type { ErrorValue } from '../../shared/errors.ts'
import { linkOf, type SessionState } from '../../shared/session/state.ts'

/** Cause and cure of a failed exchange, as far as its message does not name them; empty when it says it all. */
export function cureFor(error: ErrorValue): string {
  const { cause, cure } = adviceForError(error)
  return [cause, cure].filter((words) => words !== '').join(' ')
}

/** Whether the link of the session shows the cause of the error now. */
export function isToldByLink(error: ErrorValue, session: SessionState | undefined): boolean {
  const found = findingIn(error.details)
  const link = linkOf(session)
  if (!found || session?.phase !== 'open' || !('cause' in link)) return false
  return link.cause?.diagnosis === found.diagnosis
}
