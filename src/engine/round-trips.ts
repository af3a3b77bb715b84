import type { LatencyRecorder } from '../shared/latency/recorder.ts'
import type { Frame } from '../shared/message.ts'
import type { RoundTripState, Timing } from '../shared/session/timing.ts'
import { monotonicNanoseconds } from './clock.ts'

/** As many messages may wait for what answers them. */
const mostWaiting = 100_000
/** Of a frame, so much tells it from others. */
const keyBytes = 1024
/** Messages that were answered are forgotten at once, or when there are more of them than that. */
const mostAnswered = 1000

/** A message that was sent. Times on the monotonic clock, in nanoseconds; `at` in milliseconds since the epoch. */
export interface TimedMessage {
  readonly key: string
  readonly at: number
  readonly startNs: number
  readonly limitNs: number
  /** `late`: its time limit has passed, and what answers it may still come, for as long again. */
  state: 'waiting' | 'late' | 'over'
}

const latin1 = (frame: Frame, bytes: number): string =>
  Buffer.from(frame.buffer, frame.byteOffset, Math.min(bytes, frame.byteLength)).toString('latin1')

/**
 * Times messages whose answers nothing but their place, or one of their frames, tells: those of a DEALER to a ROUTER, or
 * of a PUSH that come back to a PULL. Of several that are alike, the first to be sent is the first to be answered.
 */
export class RoundTrips {
  readonly #byKey = new Map<string, TimedMessage[]>()
  /** In the order they were sent. Before `#expired` all are late or over. */
  #sent: TimedMessage[] = []
  #expired = 0
  /** How many are not over, and how many of those are late. */
  #waiting = 0
  #overdue = 0
  #late = 0
  #unmatched = 0
  #isStopped = false
  #isFirst = true
  #timer: NodeJS.Timeout | undefined
  /** Who waits until every message is answered, or late. */
  #release: () => void = () => undefined

  /** `changed` is called when the figures have. */
  constructor(
    readonly timing: Timing,
    private readonly latency: LatencyRecorder,
    private readonly changed: () => void,
  ) {}

  get state(): RoundTripState {
    return {
      timing: this.timing,
      waiting: this.#waiting,
      late: this.#late,
      unmatched: this.#unmatched,
      isStopped: this.#isStopped,
    }
  }

  /**
   * Call this just before a message is sent. `to` is the routing id of its peer, where one is chosen; its frames are those
   * behind the envelope. Returns what `withdraw` takes; null when it cannot be timed.
   */
  sending(to: Frame | null, frames: readonly Frame[], at: number, timeoutMs: number): TimedMessage | null {
    const key = this.#isStopped ? null : this.#keyOf(to, frames, 0)
    if (key === null) return null
    if (this.#waiting >= mostWaiting) {
      this.#stop()
      return null
    }
    const message: TimedMessage = {
      key,
      at,
      startNs: monotonicNanoseconds(),
      limitNs: timeoutMs * 1e6,
      state: 'waiting',
    }
    const alike = this.#byKey.get(key)
    if (alike) alike.push(message)
    else this.#byKey.set(key, [message])
    this.#sent.push(message)
    this.#waiting += 1
    this.#schedule()
    return message
  }

  /** Resolves when no message waits any more, each answered or late; undefined when none does. */
  settled(): Promise<void> | undefined {
    if (this.#waiting === this.#overdue) return undefined
    return new Promise((resolve) => {
      this.#release = resolve
    })
  }

  /** Ends `settled` at once. */
  release(): void {
    this.#release()
  }

  /** The message was not sent after all. */
  withdraw(message: TimedMessage): void {
    const alike = this.#byKey.get(message.key) ?? []
    const place = alike.indexOf(message)
    if (place < 0) return
    alike.splice(place, 1)
    this.#over(message, alike)
  }

  /** Takes a message that arrived now. `from`: the routing id of its peer; `envelope`: how many of its frames are that. */
  received(from: Frame | null, frames: readonly Frame[], envelope: number): void {
    const nowNs = monotonicNanoseconds()
    const key = this.#isStopped ? null : this.#keyOf(from, frames, envelope)
    const alike = key === null ? undefined : this.#byKey.get(key)
    const message = alike?.shift()
    if (!alike || !message) {
      this.#unmatched += 1
      this.changed()
      return
    }
    const { at, startNs, state } = message
    this.#over(message, alike)
    if (state === 'late') {
      this.#late += 1
      this.changed()
      return
    }
    this.latency.record(at, nowNs - startNs, this.#isFirst)
    this.#isFirst = false
    this.changed()
  }

  /** Forgets all messages that wait, and what was counted. */
  reset(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#byKey.clear()
    this.#sent = []
    this.#expired = 0
    this.#waiting = 0
    this.#overdue = 0
    this.#late = 0
    this.#unmatched = 0
    this.#isStopped = false
    this.#isFirst = true
    this.#release()
  }

  /** Null where the frame that comes back is missing. */
  #keyOf(peer: Frame | null, frames: readonly Frame[], envelope: number): string | null {
    const { match, frame: place, repliesOn } = this.timing
    const side = peer && repliesOn === null ? latin1(peer, peer.byteLength) : ''
    if (match === 'position') return side
    const frame = frames[envelope + place]
    return frame ? `${side}\n${frame.byteLength}\n${latin1(frame, keyBytes)}` : null
  }

  #over(message: TimedMessage, alike: readonly TimedMessage[]): void {
    if (message.state === 'late') this.#overdue -= 1
    message.state = 'over'
    this.#waiting -= 1
    if (alike.length === 0) this.#byKey.delete(message.key)
    this.#tidy()
    this.#releaseWhenSettled()
  }

  #releaseWhenSettled(): void {
    if (this.#waiting === this.#overdue) this.#release()
  }

  /** After one that is not answered, those that are would be kept until it is forgotten. */
  #tidy(): void {
    if (this.#sent.length <= 2 * this.#waiting + mostAnswered && this.#waiting > 0) return
    const isKept = ({ state }: TimedMessage) => state !== 'over'
    this.#expired = this.#sent.slice(0, this.#expired).filter(isKept).length
    this.#sent = this.#sent.filter(isKept)
  }

  /** Positions could no longer be told, and memory would grow. */
  #stop(): void {
    const { late, unmatched } = this.state
    this.reset()
    this.#late = late
    this.#unmatched = unmatched
    this.#isStopped = true
    this.changed()
  }

  /** Looks again when the next message is due. Does not keep the process alive. */
  #schedule(): void {
    const waiting = this.#sent[this.#expired]
    const next = waiting ?? this.#sent[0]
    if (this.#timer || !next) return
    const dueNs = next.startNs + (waiting ? 1 : 2) * next.limitNs
    // Not too often: many may be due one after another.
    const waitMs = Math.max(20, (dueNs - monotonicNanoseconds()) / 1e6)
    this.#timer = setTimeout(() => this.#look(), Math.min(waitMs, 2 ** 31 - 1)).unref()
  }

  #look(): void {
    this.#timer = undefined
    const nowNs = monotonicNanoseconds()
    for (let next = this.#sent[this.#expired]; next; next = this.#sent[this.#expired]) {
      if (nowNs < next.startNs + next.limitNs) break
      this.#expired += 1
      if (next.state !== 'waiting') continue
      next.state = 'late'
      this.#overdue += 1
      this.latency.recordTimeout(next.at, false)
      this.changed()
    }
    this.#forgetLate(nowNs)
    this.#releaseWhenSettled()
    this.#schedule()
  }

  #forgetLate(nowNs: number): void {
    const kept = this.#sent.findIndex(
      ({ state, startNs, limitNs }, index) =>
        index >= this.#expired || (state === 'late' && nowNs < startNs + 2 * limitNs),
    )
    const forgotten = this.#sent.splice(0, kept < 0 ? this.#sent.length : kept)
    this.#expired -= forgotten.length
    for (const message of forgotten) if (message.state === 'late') this.withdraw(message)
  }
}
