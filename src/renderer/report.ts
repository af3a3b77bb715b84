import { reasonOf } from '../shared/reason.ts'

type Listener = (reason: string) => void

/** What failed before anybody listened. */
const early: string[] = []
let listener: Listener | undefined

/** Reports a failure that has no control of its own to stand next to. */
export function report(thrown: unknown): void {
  const reason = reasonOf(thrown)
  if (listener) listener(reason)
  else early.push(reason)
}

/** Passes every report to `listen`, those from before first. */
export function onReport(listen: Listener): void {
  listener = listen
  for (const reason of early.splice(0)) listen(reason)
}
