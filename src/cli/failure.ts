import { adviceForError } from '../shared/diagnosis/error-advice.ts'
import { InspectorError } from '../shared/errors.ts'
import { sentenceOf } from '../shared/reason.ts'

export const exitCodes = { success: 0, failure: 1, usage: 2 } as const

/** The command line is invalid; nothing was sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Prints to standard error, prefixed with the program's name. */
export function complain(text: string): void {
  process.stderr.write(`zmq-inspector: ${text}\n`)
}

/** Cause and cure of a failure, as far as its message does not name them; empty when it says it all. */
function adviceOn(failure: InspectorError): string {
  // Without a window there is no Send to press.
  if (failure.code === 'closed' || failure.code === 'cancelled') return ''
  const { cause, cure } = adviceForError(failure.toValue())
  const held = failure.details?.diagnosis === 'reply-missing'
  return [cause, held ? 'Allow more time with --timeout.' : cure].filter((words) => words !== '').join(' ')
}

/** Reports what ended the command, and returns its exit code. */
export function reportFailure(thrown: unknown): number {
  if (thrown instanceof UsageError) {
    complain(thrown.message)
    return exitCodes.usage
  }
  const isForeseen = thrown instanceof InspectorError
  const message = isForeseen ? thrown.message : sentenceOf(thrown)
  const advice = isForeseen ? adviceOn(thrown) : ''
  complain(advice === '' ? message : `${message} ${advice}`)
  return exitCodes.failure
}
