import { adviceForError } from '../../shared/diagnosis/error-advice.ts'
import type { ErrorValue } from '../../shared/errors.ts'

/** Cause and cure of a failed exchange, as far as its message does not name them; empty when it says it all. */
export function cureFor(error: ErrorValue): string {
  const { cause, cure } = adviceForError(error)
  return [cause, cure].filter((words) => words !== '').join(' ')
}
