import { InspectorError } from '../../shared/errors.ts'
import { partOf, type Share } from '../../shared/lab/share.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { LoadLoop } from './load-loop.ts'
import type { LoadSocket, RequestListener } from './load-socket.ts'
import type { Metronome } from './metronome.ts'
import type { StepRecorder } from './step-recorder.ts'

/**
 * Most sockets that wait for replies at a time. Each takes three file descriptors, of which a process may have 1,024.
 */
export const mostOpenLoopSockets = 256
/**
 * Sockets for the requests due within this time are opened in advance: opening one while measuring delays the others.
 */
const spareSeconds = 0.01
const leastFirstSockets = 4
const mostFirstSockets = 64

/** A socket, and the request that it makes: used again for each. */
interface Lane {
  readonly socket: LoadSocket
  readonly listener: RequestListener
  readonly reply: { dueNs: number; sentNs: number; doneNs: number }
  /** Null in the warm-up. */
  measured: StepRecorder | null
}

/**
 * Requests are due at a fixed rate, whatever became of earlier ones. Each is sent by a free socket and timed from when
 * it was due, so that a stall of the peer or of this process counts for every request that would have waited. Overdue
 * requests are sent at once, never postponed.
 */
export class OpenLoop extends LoadLoop {
  readonly #free: Lane[] = []
  /** Of this worker's requests, those of the warm-up, which are sent like all others but not recorded. */
  readonly #warmUps: number
  readonly #total: number
  /** The next request to send, counted from the first of the warm-up. */
  #next = 0
  #underWay = 0
  #sockets = 0
  #opening = 0
  #finished: () => void = () => undefined
  /** Requests under way, those of the warm-up, too. */
  #lanesUnderWay = 0
  /** What is to be done when there are none. */
  #work: (() => void) | undefined

  constructor(
    settings: ConstructorParameters<typeof LoadLoop>[0],
    step: ConstructorParameters<typeof LoadLoop>[1],
    private readonly metronome: Metronome,
    private readonly share: Share,
  ) {
    super(settings, step)
    const warmUps = Math.round((settings.warmUpMs * 1e6) / this.#intervalNs)
    const all = warmUps + Math.max(1, Math.round(this.expectedNs / this.#intervalNs))
    this.#warmUps = partOf(warmUps, share)
    this.#total = partOf(all, share)
  }

  protected get firstSockets(): number {
    return Math.min(mostFirstSockets, leastFirstSockets + Math.ceil((this.#rate / this.share.of) * spareSeconds))
  }

  protected get underWay(): number {
    return this.#underWay
  }

  override atRest(work: () => void): void {
    if (this.#work || this.#isAtRest) this.#rest(work)
    else this.#work = work
  }

  get expectedNs(): number {
    const { length } = this.settings
    return length.by === 'duration' ? length.milliseconds * 1e6 : length.requests * this.#intervalNs
  }

  override get requests(): number {
    return this.#total - this.#warmUps
  }

  /** Of all workers together. */
  get #rate(): number {
    return this.step.load.model === 'open' ? this.step.load.ratePerSecond : 1
  }

  get #intervalNs(): number {
    return 1e9 / this.#rate
  }

  protected async load(sockets: readonly LoadSocket[], recorder: StepRecorder): Promise<void> {
    this.#sockets = sockets.length
    this.#free.push(...sockets.map((socket) => this.#laneOf(socket, recorder)))
    const finished = new Promise<void>((resolve) => {
      this.#finished = resolve
      this.onCancel(resolve)
    })
    this.metronome.start(this.#dueNs(0), this.share.of * this.#intervalNs, () => this.#dispatch(recorder))
    try {
      await finished
    } finally {
      this.metronome.stop()
    }
  }

  /** Of all requests, this worker sends every `share.of`-th. */
  #dueNs(index: number): number {
    return this.startNs + (this.share.index + index * this.share.of) * this.#intervalNs
  }

  /** Sends all that is due, as far as sockets are free. */
  #dispatch(recorder: StepRecorder): void {
    if (this.cancelled) return
    const nowNs = monotonicNanoseconds()
    while (this.#next < this.#total && this.#dueNs(this.#next) <= nowNs) {
      const index = this.#next
      const measured = index >= this.#warmUps ? recorder : null
      if (nowNs - this.#dueNs(index) > this.settings.timeoutMs * 1e6) {
        if (measured) measured.unsent += 1
        this.#next += 1
        continue
      }
      const lane = this.#free.pop()
      if (!lane) {
        this.#grow(recorder)
        break
      }
      this.#next += 1
      lane.reply.dueNs = this.#dueNs(index)
      lane.measured = measured
      if (measured) this.#begin(measured)
      this.#lanesUnderWay += 1
      lane.socket.request(lane.listener)
    }
    if (this.#next >= this.#total && this.#underWay === 0) this.#finished()
  }

  #laneOf(socket: LoadSocket, recorder: StepRecorder): Lane {
    const reply = { dueNs: 0, sentNs: 0, doneNs: 0 }
    const lane: Lane = {
      socket,
      reply,
      measured: null,
      listener: {
        replied: (sentNs, doneNs) => {
          this.#lanesUnderWay -= 1
          if (lane.measured) {
            this.#underWay -= 1
            reply.sentNs = sentNs
            reply.doneNs = doneNs
            lane.measured.reply(reply)
          }
          this.#release(lane, recorder)
          if (this.#work && this.#isAtRest) this.#rest(this.#work)
        },
        failed: (thrown) => {
          this.#lanesUnderWay -= 1
          if (!this.cancelled) void this.#recover(lane, recorder, thrown)
        },
      },
    }
    return lane
  }

  async #recover(lane: Lane, recorder: StepRecorder, thrown: unknown): Promise<void> {
    if (lane.measured) {
      this.#underWay -= 1
      const nowNs = monotonicNanoseconds()
      if (thrown instanceof InspectorError && thrown.code === 'timeout') lane.measured.timeout(nowNs)
      else lane.measured.failure(nowNs, thrown)
    }
    // Requests that this socket does not take meanwhile are reported as overdue.
    if (await this.renew(lane.socket, () => undefined)) this.#release(lane, recorder)
    else this.#dispatch(recorder)
  }

  #begin(recorder: StepRecorder): void {
    this.beginMeasuring()
    recorder.begin()
    this.#underWay += 1
  }

  #release(lane: Lane, recorder: StepRecorder): void {
    const waits = this.#next < this.#total && this.#dueNs(this.#next) <= monotonicNanoseconds()
    if (waits && this.#next >= this.#warmUps && this.#isFull) recorder.waitedForSocket += 1
    this.#free.push(lane)
    this.#dispatch(recorder)
  }

  get #isAtRest(): boolean {
    return this.#lanesUnderWay === 0
  }

  #rest(work: () => void): void {
    this.#work = undefined
    work()
  }

  get #isFull(): boolean {
    return this.#sockets + this.#opening >= mostOpenLoopSockets
  }

  /** A request is waiting: opens one more socket, one at a time, because opening takes time from measuring. */
  #grow(recorder: StepRecorder): void {
    if (this.#isFull || this.#opening > 0) return
    this.#opening += 1
    this.openSocket().then(
      (socket) => {
        this.#opening -= 1
        this.#sockets += 1
        this.#release(this.#laneOf(socket, recorder), recorder)
      },
      () => {
        // If the server accepts no more connections, the waiting requests show it.
        this.#opening -= 1
        this.#sockets += 1
      },
    )
  }
}
