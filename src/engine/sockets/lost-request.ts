import { type Finding, finding, isAboutAddress } from '../../shared/diagnosis/diagnosis.ts'
import { sizeOf } from '../../shared/message.ts'
import { monotonicNanoseconds } from '../clock.ts'
import type { Flight, RequestSocket } from './exchange.ts'
import type { LinkWatcher } from './link-watcher.ts'

/** A reply that came together with the end of its connection is still read. */
const replyGraceMs = 30
/** How long to watch what becomes of a broken link before the request is given up: it tells the cause. */
const aftermathMs = 500

interface BrokenExchange {
  readonly watcher: LinkWatcher
  readonly socket: RequestSocket
  readonly flight: Flight
  /** Whether requests carry an id that their replies must return. */
  readonly correlated: boolean
}

/** What became of a broken link; null while that is open. */
function aftermathOf({ state, isSilent }: LinkWatcher): 'back' | 'gone' | 'stopped' | 'silent' | null {
  if (state.state === 'ready') return 'back'
  if (state.state === 'stopped') return 'stopped'
  if (state.state === 'retrying' && isAboutAddress(state.cause)) return 'gone'
  return isSilent ? 'silent' : null
}

/** Call this when a link breaks with a request under way. Resolves with its likely cause; null when the reply came. */
export async function findLostRequest({
  watcher,
  socket,
  flight,
  correlated,
}: BrokenExchange): Promise<Finding | null> {
  const waitedMs = (monotonicNanoseconds() - socket.sentNs) / 1e6
  const isOver = () => socket.flight !== flight
  await watcher.until(isOver, replyGraceMs)
  await watcher.until(() => isOver() || aftermathOf(watcher) !== null, aftermathMs)
  if (isOver()) return null
  const facts = { bytes: sizeOf(flight.frames), waitedMs, ...watcher.limits }
  const after = aftermathOf(watcher) ?? (watcher.isConnected ? 'silent' : 'unknown')
  return after === 'stopped'
    ? finding('reply-broke-the-rules', { ...facts, correlate: correlated })
    : finding('request-lost', { ...facts, after })
}
