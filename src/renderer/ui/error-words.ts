import { adviceFor, diagnoses } from '../../shared/diagnosis/diagnosis.ts'
import type { ErrorCode, ErrorValue } from '../../shared/errors.ts'

const cures: Partial<Record<ErrorCode, string>> = {
  timeout: 'You can send again. Try a longer timeout.',
  cancelled: 'You can send again.',
  unreachable: 'Check the endpoint and make sure the server is running.',
  closed: 'Press Send to reconnect.',
}

/** How to fix a failed exchange; empty when the message says it all. */
export function cureFor(error: ErrorValue): string {
  const diagnosis = diagnoses.find((each) => each === error.details?.diagnosis)
  if (!diagnosis) return cures[error.code] ?? ''
  const { cause, cure } = adviceFor(diagnosis)
  return error.message === cause ? cure : `${cause} ${cure}`
}
