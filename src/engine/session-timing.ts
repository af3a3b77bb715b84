import { InspectorError } from '../shared/errors.ts'
import type { LatencyRecorder } from '../shared/latency/recorder.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import { canBeTimed, type Timing } from '../shared/session/timing.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import type { EchoListeners } from './echo-listeners.ts'
import { RoundTrips } from './round-trips.ts'

/** Throws `InspectorError` when messages of a socket of this kind cannot be timed so. */
export function checkTiming({ pattern }: SocketSpec, timing: Timing | null): void {
  if (timing === null) return
  const { label, receives } = patternOf(pattern)
  if (!canBeTimed(pattern)) throw new InspectorError('invalid-argument', `Messages of a ${label} cannot be timed so.`)
  if (timing.repliesOn !== null || receives) return
  throw new InspectorError('invalid-argument', `A ${label} only sends: choose the socket where answers arrive.`)
}

const isSame = (one: Timing | null, other: Timing | null): boolean =>
  one?.match === other?.match && one?.frame === other?.frame && one?.repliesOn === other?.repliesOn

/** How the messages of one session are timed. */
export class SessionTiming {
  #trips: RoundTrips | null = null
  #end: () => void = () => undefined

  /** `changed` is called when the state has changed; `hasFigures`: and the latency, too. */
  constructor(
    private readonly sessionId: string,
    private readonly latency: LatencyRecorder,
    private readonly echoes: EchoListeners,
    private readonly changed: (hasFigures: boolean) => void,
  ) {}

  /** What times them now; null when nothing does. */
  get trips(): RoundTrips | null {
    return this.#trips
  }

  /** Returns whether that is another way than before. */
  set(timing: Timing | null): boolean {
    if (isSame(this.#trips?.timing ?? null, timing)) return false
    this.#end()
    this.#end = () => undefined
    this.#trips?.reset()
    this.#trips = timing && new RoundTrips(timing, this.latency, this.changed)
    if (this.#trips) this.#end = this.echoes.listen(timing?.repliesOn ?? this.sessionId, this.#trips)
    return true
  }
}
