import { InspectorError } from '../../shared/errors.ts'
import type { Frame } from '../../shared/message.ts'
import { systemCode, toFailure } from '../failures.ts'
import { nextTurn } from '../next-turn.ts'
import type { OpenSocket, Sender } from './open-socket.ts'
import { ReplySender, type WhyDropped } from './reply-sender.ts'

/** What waits is cancelled so soon, at the latest. */
const cancelWithinMs = 100
/** Messages that go out at once would otherwise starve timers and other sockets. */
const messagesPerTurn = 64

/** Is told how a message fares. */
export interface SendListener {
  /** It begins to wait: for those before it, for room or for a peer. */
  waits(): void
  /** It is given to libzmq now, maybe again. */
  tries(): void
}

const nobody: SendListener = { waits: () => undefined, tries: () => undefined }

/** The sending half of a socket: one message after another, because zeromq.js refuses a second meanwhile. */
export class Outlet {
  readonly #offers: ReplySender
  /** Whether a message is being sent, and who waits for that. */
  #isSending = false
  readonly #waiting: (() => void)[] = []
  /** The time limit that the socket has, in milliseconds; undefined while it is libzmq's own. */
  #timeout: number | undefined
  #isCancelled = false
  #sent = 0

  /**
   * `choosesPeers`: whether messages begin with the routing id of their peer. Then they wait for nobody, and what waits for
   * each peer is bounded, by `maximumMessageBytes` where that is large.
   */
  constructor(
    private readonly socket: OpenSocket['socket'],
    private readonly sender: Sender,
    private readonly choosesPeers: boolean,
    maximumMessageBytes: number,
  ) {
    this.#offers = new ReplySender(sender, () => socket.closed, maximumMessageBytes, choosesPeers)
  }

  /**
   * Sends a message after those before it. Waits up to `timeoutMs` for room, and for a peer where there is none. Resolves
   * with whether it had to wait. Throws `InspectorError`: `timeout`, `closed`, or what libzmq says.
   *
   * One function for the whole of it, since each further one that is async would cost every message some turns.
   */
  async send(frames: readonly Frame[], timeoutMs: number, listener = nobody): Promise<boolean> {
    const queues = this.#isSending
    if (queues) {
      listener.waits()
      await this.#turn()
    }
    this.#isSending = true
    this.#isCancelled = false
    this.#sent += 1
    try {
      if (this.#sent % messagesPerTurn === 0) await nextTurn()
      // Pass a single frame as it is: zeromq.js takes a list apart one call at a time.
      const message = frames.length === 1 && frames[0] ? frames[0] : [...frames]
      let endsAt: number | undefined
      // Without a time limit zeromq.js asks nothing before it sends. It cannot cancel a message that waits, so that waits
      // for a short time again and again.
      for (let waitMs = 0; ; waitMs = Math.min(Math.ceil(endsAt - performance.now()), cancelWithinMs)) {
        this.#limit(waitMs)
        listener.tries()
        try {
          await this.sender.send(message)
          return queues || endsAt !== undefined
        } catch (thrown) {
          if (this.socket.closed) throw new InspectorError('closed', 'The connection was closed.')
          if (this.#isCancelled) throw new InspectorError('cancelled', 'Cancelled before it was sent.')
          if (endsAt === undefined) {
            endsAt = performance.now() + timeoutMs
            listener.waits()
          }
          if (systemCode(thrown) !== 'EAGAIN' || endsAt <= performance.now()) throw toFailure(thrown)
        }
      }
    } finally {
      this.#endTurn()
    }
  }

  /** Ends what waits for room, or for a peer, with `cancelled`. */
  cancel(): void {
    this.#isCancelled = true
  }

  /**
   * Sends a message at once or not at all. Resolves with why it was dropped, or with null when libzmq has taken it.
   * Rejects when the socket has closed.
   */
  async offer(message: Frame[]): Promise<WhyDropped | null> {
    // It waits for nothing, so none is ever under way; and its replies go out in this turn.
    if (this.choosesPeers) return this.#offers.send(message)
    if (this.#isSending) await this.#turn()
    this.#isSending = true
    this.#timeout = 0
    try {
      return await this.#offers.send(message)
    } finally {
      this.#endTurn()
    }
  }

  #limit(milliseconds: number): void {
    if (this.#timeout !== milliseconds) this.sender.sendTimeout = milliseconds
    this.#timeout = milliseconds
  }

  /** Resolves when those before it have been sent. */
  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Lets the next go on. `#isSending` stays, so that nobody comes in between. */
  #endTurn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#isSending = false
  }
}
