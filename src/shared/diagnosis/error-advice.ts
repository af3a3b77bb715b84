import type { ErrorCode, ErrorValue } from '../errors.ts'
import { adviceFor, findingIn } from './diagnosis.ts'
import type { Advice } from './finding.ts'

const cures: Partial<Record<ErrorCode, string>> = {
  timeout: 'You can send again. Try a longer timeout.',
  'request-lost': 'You can send again.',
  cancelled: 'You can send again.',
  unreachable: 'Check the endpoint and make sure the server is running.',
  closed: 'Press Send to reconnect.',
}

/** What caused a failed exchange beside its message, and how to fix it; each empty where the message says it all. */
export function adviceForError({ code, message, details }: ErrorValue): Advice {
  const found = findingIn(details)
  if (!found) return { cause: '', cure: cures[code] ?? '' }
  const { cause, cure } = adviceFor(found)
  return { cause: message === cause ? '' : cause, cure }
}

/** An error's message, with the cause where the message does not name it. */
export function inFull(error: ErrorValue): string {
  const { cause } = adviceForError(error)
  return cause === '' ? error.message : `${error.message} ${cause}`
}
