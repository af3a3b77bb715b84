import { adviceForError } from '../shared/diagnosis/error-advice.ts'
import { InspectorError } from '../shared/errors.ts'
import { sentenceOf } from '../shared/reason.ts'

/** What a person is told: what failed and why, and what helps. */
export interface Report {
  readonly title: string
  readonly text: string
}

type Listener = (reported: Report) => void

/** What failed before anybody listened. */
const early: Report[] = []
let listener: Listener | undefined

function reportOf(thrown: unknown): Report {
  if (thrown instanceof InspectorError && thrown.code !== 'internal') {
    return { title: thrown.message, text: adviceForError(thrown.toValue()).cure }
  }
  // Nobody foresaw it, so nobody knows more.
  return {
    title: 'ZeroMQ Inspector made a mistake',
    text: `${sentenceOf(thrown)} If it happens again, report it: Help → Report a problem.`,
  }
}

/** Reports a failure that has no control of its own to stand next to. */
export function report(thrown: unknown): void {
  const reported = reportOf(thrown)
  if (listener) listener(reported)
  else early.push(reported)
}

/** Passes every report to `listen`, those from before first. */
export function onReport(listen: Listener): void {
  listener = listen
  for (const reported of early.splice(0)) listen(reported)
}
