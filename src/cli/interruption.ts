import { InspectorError } from '../shared/errors.ts'

/**
 * Aborts on Ctrl-C and SIGTERM, and when standard output fails. A closed reader (`… | head -1`) is a normal end; any
 * other output error is the signal's reason.
 */
export function createInterruption(): AbortController {
  const interruption = new AbortController()
  // Only once: a second Ctrl-C ends the process without cleanup.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort())
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') interruption.abort()
    else interruption.abort(new InspectorError('file-failed', `Could not write the output: ${error.message}`))
  })
  return interruption
}

/** Resolves when the signal is aborted; rejects when a failure aborted it. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  if (signal.reason instanceof InspectorError) throw signal.reason
}

/** Resolves when all output is written or its reader has gone; rejects when it could not be written. */
export async function untilWritten(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()))
  // A stream reports an error one turn after its write.
  await new Promise<void>((resolve) => setImmediate(resolve))
  if (signal.reason instanceof InspectorError) throw signal.reason
}
