import { outputEnd } from './output.ts'

const interruption = new AbortController()

/** Aborted by Ctrl-C and SIGTERM, once `listenForSignals` was called. */
export const interrupted: AbortSignal = interruption.signal

let listening = false

function listenForSignals(): void {
  if (listening) return
  listening = true
  // Only once: a second Ctrl-C ends the process without cleanup.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort())
}

/**
 * A controller for one command, which Ctrl-C, SIGTERM and the end of standard output abort. From here on, Ctrl-C no longer
 * ends the process by itself.
 */
export function createInterruption(): AbortController {
  listenForSignals()
  const command = new AbortController()
  for (const signal of [interrupted, outputEnd]) {
    const stop = () => command.abort(signal.reason)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop)
  }
  return command
}

/** Resolves when the signal is aborted. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
}
