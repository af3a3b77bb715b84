import type { ConnectionState } from '../../shared/connection.ts'
import { findingIn } from '../../shared/diagnosis/diagnosis.ts'
import { adviceForError } from '../../shared/diagnosis/error-advice.ts'
import type { ErrorValue } from '../../shared/errors.ts'

/** Cause and cure of a failed exchange, as far as its message does not name them; empty when it says it all. */
export function cureFor(error: ErrorValue): string {
  const { cause, cure } = adviceForError(error)
  return [cause, cure].filter((words) => words !== '').join(' ')
}

/** Whether the link of the connection shows the cause of the error now. */
export function isToldByLink(error: ErrorValue, connection: ConnectionState | undefined): boolean {
  const found = findingIn(error.details)
  if (!found || !connection?.open || !('cause' in connection.link)) return false
  return connection.link.cause?.diagnosis === found.diagnosis
}
