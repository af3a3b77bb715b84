import { newStamp, readStampTo, stampBytes } from '../../../shared/lab/stamp.ts'
import { monotonicNanoseconds } from '../../clock.ts'
import type { TakeStamp } from '../stream-receiver.ts'
import { type NotOpened, WireLink, type WireLinkPlan } from './link.ts'

/** One connection of a PULL: it reads the stamp of each message in place, and keeps nothing of it. */
export class PullLink extends WireLink {
  readonly #take: TakeStamp
  readonly #stamp = newStamp()
  /** What came last, and when. */
  #chunk: Uint8Array | null = null
  #view: DataView = new DataView(new ArrayBuffer(0))
  #nowNs = 0
  /** The beginning of a message whose stamp came in pieces. */
  readonly #pieces = new Uint8Array(stampBytes)
  /** Of the frame under way: which of its message it is, how many bytes of it came, and whether others follow. */
  #index = 0
  #got = 0
  #isInFrame = false
  #hasMore = false
  #hasStamp = false

  /** `take` is given the stamp of each message; null for one that has none. */
  constructor(plan: WireLinkPlan, opened: (end: NotOpened | null) => void, take: TakeStamp) {
    super(plan, opened)
    this.#take = take
  }

  protected open(): void {
    // A PULL only listens.
  }

  protected frame(more: boolean): void {
    this.#isInFrame = true
    this.#hasMore = more
    this.#got = 0
  }

  protected override payload(chunk: Uint8Array, start: number, end: number): void {
    // Not of a message: that of a command.
    if (!this.#isInFrame) return
    if (chunk !== this.#chunk) this.#look(chunk)
    const before = this.#got
    this.#got = before + end - start
    if (this.#index > 0 || before >= stampBytes) return
    if (before === 0 && this.#got >= stampBytes) {
      readStampTo(this.#stamp, this.#view, start)
      this.#hasStamp = true
      return
    }
    const taken = Math.min(end - start, stampBytes - before)
    this.#pieces.set(chunk.subarray(start, start + taken), before)
    if (before + taken < stampBytes) return
    readStampTo(this.#stamp, new DataView(this.#pieces.buffer), 0)
    this.#hasStamp = true
  }

  protected frameEnd(): void {
    if (!this.#isInFrame) return
    this.#isInFrame = false
    if (this.#hasMore) {
      this.#index += 1
      return
    }
    const isOne = this.#index === 0 && this.#hasStamp
    this.#index = 0
    this.#hasStamp = false
    this.#take(isOne ? this.#stamp : null, this.#nowNs === 0 ? monotonicNanoseconds() : this.#nowNs)
  }

  protected chunkEnd(): void {
    this.#chunk = null
  }

  protected lose(): void {
    // What came counts, and the sender tells of what it could not send.
  }

  /** All that came at once arrived now. */
  #look(chunk: Uint8Array): void {
    this.#chunk = chunk
    this.#view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    this.#nowNs = monotonicNanoseconds()
  }
}
