import type { LatencyRecorder } from '../shared/latency/recorder.ts'
import type { Frame } from '../shared/message.ts'
import type { RoundTripState, Timing } from '../shared/session/timing.ts'
import { monotonicNanoseconds } from './clock.ts'
import { MessageQueue, type TimedMessage } from './timed-messages.ts'

/** As many messages may wait for what answers them. */
const mostWaiting = 100_000
/** Of a frame, so much tells it from others: 100,000 of them take 25 MB. */
const keyBytes = 256
/** Not more often than this is it looked whose time is up: many may be due one after another. */
const lookAfterMs = 20

/** The messages with one time limit, in the order in which they are due. */
interface Lane {
  /** Those whose time is not up, and those that are late. */
  readonly waiting: MessageQueue
  readonly late: MessageQueue
}

const latin1 = (frame: Frame, bytes: number): string =>
  Buffer.from(frame.buffer, frame.byteOffset, Math.min(bytes, frame.byteLength)).toString('latin1')

/**
 * Times messages whose answers nothing but their place, or one of their frames, tells: those of a DEALER to a ROUTER, or
 * of a PUSH that come back to a PULL.
 */
export class RoundTrips {
  readonly #byKey = new Map<string, { readonly queue: MessageQueue; count: number }>()
  /** By time limit, in nanoseconds. */
  readonly #lanes = new Map<number, Lane>()
  /** How many are not over, and how many of those are late. */
  #waiting = 0
  #overdue = 0
  #late = 0
  #unmatched = 0
  #isStopped = false
  #isFirst = true
  #epoch = 0
  #timer: NodeJS.Timeout | undefined
  /** When the timer fires, on the monotonic clock. */
  #looksAtNs = Number.POSITIVE_INFINITY
  /** Who waits until every message is answered, or late. */
  #release: () => void = () => undefined

  /** `changed` is called when the state has; `hasFigures`: and the latency, too. */
  constructor(
    readonly timing: Timing,
    private readonly latency: LatencyRecorder,
    private readonly changed: (hasFigures: boolean) => void,
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
    const startNs = monotonicNanoseconds()
    const limitNs = timeoutMs * 1e6
    const message: TimedMessage = { key, at, startNs, limitNs, epoch: this.#epoch, state: 'waiting', isHeld: false }
    this.#add(message)
    this.#limit(message)
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

  /**
   * The message has to wait before it is sent. What answers it from now on has no time: when it was sent may be known only
   * after its answer has come. It keeps its place among those that are alike, and has no limit until it is sent.
   */
  hold(message: TimedMessage): void {
    if (message.isHeld) return
    message.isHeld = true
    if (message.epoch === this.#epoch) this.#laneOf(message).waiting.remove(message)
  }

  /** A message that was held was sent, in milliseconds since the epoch `at`. */
  sent(message: TimedMessage, at: number): void {
    if (message.state === 'over' || this.#isStopped) return
    message.at = at
    message.startNs = monotonicNanoseconds()
    message.isHeld = false
    if (message.epoch !== this.#epoch) {
      // Everything was forgotten while it waited.
      message.epoch = this.#epoch
      this.#add(message)
    }
    this.#limit(message)
  }

  /** The message was not sent after all. */
  withdraw(message: TimedMessage): void {
    if (message.state !== 'over' && message.epoch === this.#epoch) this.#over(message)
  }

  /** Takes a message that arrived now. `from`: the routing id of its peer; `envelope`: how many of its frames are that. */
  received(from: Frame | null, frames: readonly Frame[], envelope: number): void {
    const nowNs = monotonicNanoseconds()
    const key = this.#isStopped ? null : this.#keyOf(from, frames, envelope)
    const message = key === null ? undefined : this.#byKey.get(key)?.queue.first()
    if (!message) {
      this.#unmatched += 1
      this.changed(false)
      return
    }
    const roundTripNs = nowNs - message.startNs
    // Its time may be up before that was looked at.
    const expires = !message.isHeld && message.state === 'waiting' && roundTripNs > message.limitNs
    if (expires) this.#expire(message)
    const isLate = message.state === 'late'
    this.#over(message)
    if (isLate) this.#late += 1
    else if (!message.isHeld) {
      this.latency.record(message.at, roundTripNs, this.#isFirst)
      this.#isFirst = false
    }
    this.changed(expires || !isLate)
  }

  /** Forgets all messages that wait, and what was counted. */
  reset(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#looksAtNs = Number.POSITIVE_INFINITY
    this.#epoch += 1
    this.#byKey.clear()
    this.#lanes.clear()
    this.#waiting = 0
    this.#overdue = 0
    this.#late = 0
    this.#unmatched = 0
    this.#isStopped = false
    this.#isFirst = true
    this.#release()
  }

  #add(message: TimedMessage): void {
    const alike = this.#byKey.get(message.key) ?? { queue: new MessageQueue(), count: 0 }
    this.#byKey.set(message.key, alike)
    alike.queue.push(message)
    alike.count += 1
    this.#waiting += 1
  }

  /** Its time runs from now on. */
  #limit(message: TimedMessage): void {
    this.#laneOf(message).waiting.push(message)
    this.#lookAt(message.startNs + message.limitNs)
  }

  /** Null where the frame that comes back is missing. */
  #keyOf(peer: Frame | null, frames: readonly Frame[], envelope: number): string | null {
    const { match, frame: place, repliesOn } = this.timing
    const side = peer && repliesOn === null ? latin1(peer, peer.byteLength) : ''
    if (match === 'position') return side
    const frame = frames[envelope + place]
    return frame ? `${side}\n${frame.byteLength}\n${latin1(frame, keyBytes)}` : null
  }

  #laneOf({ limitNs }: TimedMessage): Lane {
    const lane = this.#lanes.get(limitNs) ?? { waiting: new MessageQueue(), late: new MessageQueue() }
    this.#lanes.set(limitNs, lane)
    return lane
  }

  #over(message: TimedMessage): void {
    if (message.state === 'late') this.#overdue -= 1
    message.state = 'over'
    this.#waiting -= 1
    const alike = this.#byKey.get(message.key)
    if (alike) {
      alike.count -= 1
      if (alike.count === 0) this.#byKey.delete(message.key)
    }
    // The queues would keep it behind one that is not answered.
    const lane = this.#laneOf(message)
    lane.waiting.tidy(this.#waiting)
    lane.late.tidy(this.#waiting)
    this.#releaseWhenSettled()
  }

  #releaseWhenSettled(): void {
    if (this.#waiting === this.#overdue) this.#release()
  }

  /** Positions could no longer be told, and memory would grow. */
  #stop(): void {
    const { late, unmatched } = this.state
    this.reset()
    this.#late = late
    this.#unmatched = unmatched
    this.#isStopped = true
    this.changed(false)
  }

  #expire(message: TimedMessage): void {
    message.state = 'late'
    this.#overdue += 1
    this.latency.recordTimeout(message.at, false)
  }

  /** Looks at that time, or somewhat later. Does not keep the process alive. */
  #lookAt(dueNs: number): void {
    if (dueNs >= this.#looksAtNs) return
    clearTimeout(this.#timer)
    this.#looksAtNs = dueNs
    const waitMs = Math.max(lookAfterMs, (dueNs - monotonicNanoseconds()) / 1e6)
    this.#timer = setTimeout(() => this.#look(), Math.min(waitMs, 2 ** 31 - 1)).unref()
  }

  #look(): void {
    this.#timer = undefined
    this.#looksAtNs = Number.POSITIVE_INFINITY
    const nowNs = monotonicNanoseconds()
    const before = this.#waiting
    let expired = false
    for (const [limitNs, { waiting, late }] of this.#lanes) {
      let next = waiting.first()
      for (; next && nowNs >= next.startNs + limitNs; next = waiting.first()) {
        // One that is late already was found so when its answer came.
        if (next.state === 'waiting') this.#expire(next)
        expired = true
        late.push(next)
        waiting.pass()
      }
      let last = late.first()
      for (; last && nowNs >= last.startNs + 2 * limitNs; last = late.first()) this.#over(last)
      if (next) this.#lookAt(next.startNs + limitNs)
      if (last) this.#lookAt(last.startNs + 2 * limitNs)
      if (!next && !last) this.#lanes.delete(limitNs)
    }
    this.#releaseWhenSettled()
    if (expired || this.#waiting !== before) this.changed(expired)
  }
}
