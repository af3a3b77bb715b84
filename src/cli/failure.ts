import { adviceFor, diagnoses } from '../shared/diagnosis/diagnosis.ts'
import { InspectorError } from '../shared/errors.ts'
import { reasonOf } from '../shared/reason.ts'

export const exitCodes = { success: 0, failure: 1, usage: 2 } as const

/** The command line is invalid; nothing was sent. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Prints to standard error, prefixed with the program's name. */
export function complain(text: string): void {
  process.stderr.write(`zmq-inspector: ${text}\n`)
}

/** What to do about a failure; undefined when the message says it all. */
function cureFor(failure: InspectorError): string | undefined {
  const diagnosis = diagnoses.find((each) => each === failure.details?.diagnosis)
  if (diagnosis) return adviceFor(diagnosis).cure
  if (failure.code === 'timeout') return 'The peer is connected but did not reply. Allow more time with --timeout.'
  return undefined
}

/** Reports what ended the command, and returns its exit code. */
export function reportFailure(thrown: unknown): number {
  if (thrown instanceof UsageError) {
    complain(thrown.message)
    return exitCodes.usage
  }
  const message = reasonOf(thrown)
  const cure = thrown instanceof InspectorError ? cureFor(thrown) : undefined
  complain(cure === undefined ? message : `${message} ${cure}`)
  return exitCodes.failure
}
