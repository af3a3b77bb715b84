import { setMaxListeners } from 'node:events'

/** A limit for everything that a probe does. */
export interface Deadline {
  /** Aborted when time is up, or when the asker has lost interest. */
  readonly signal: AbortSignal
  /** Milliseconds that are left. */
  leftMs(): number
  /** To be called at the end, or the process waits for the time to be up. */
  clear(): void
}

export function startDeadline(limitMs: number, cancelled: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  const abort = () => controller.abort()
  // Many addresses listen to the one, and many probes to the other: Node.js takes more than ten for a mistake.
  for (const signal of [controller.signal, ...(cancelled ? [cancelled] : [])]) setMaxListeners(0, signal)
  const endsAt = performance.now() + limitMs
  const timer = setTimeout(abort, limitMs)
  if (cancelled?.aborted) abort()
  else cancelled?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    leftMs: () => Math.max(1, endsAt - performance.now()),
    clear() {
      clearTimeout(timer)
      cancelled?.removeEventListener('abort', abort)
    },
  }
}

/** What the promise gives, or null when the signal is aborted before. */
export function orNull<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const abort = () => resolve(null)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
