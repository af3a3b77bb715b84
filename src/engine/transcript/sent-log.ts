import type { NewRecord } from '../../shared/transcript/record.ts'
import { wallClock } from '../clock.ts'
import type { Transcript } from './folding-log.ts'

/** Log the sent message after this long without a reply. */
const logAfterMs = 250

/**
 * Logs each message that was sent, once: when its exchange has ended, however it did, since the log copies the frames, and
 * that must not count as round trip; or in the middle of a long wait.
 */
export class SentLog {
  #message: NewRecord | undefined
  #number = 0
  #taken = false
  /** Runs now and then while messages are in flight. */
  #longWait: NodeJS.Timeout | undefined

  constructor(private readonly log: Transcript) {}

  /** Whether libzmq has taken the message in flight. */
  get taken(): boolean {
    return this.#taken
  }

  /** The number of the message that was logged last. */
  get number(): number {
    return this.#number
  }

  /** An exchange begins. */
  clear(): void {
    this.#taken = false
  }

  /** The message is about to be given to libzmq. `number`: the one that is reserved for it. */
  begin(message: NewRecord, number: number): void {
    this.#message = message
    this.#number = number
    this.#watchLongWait(logAfterMs)
  }

  /** libzmq has taken the message. */
  readonly take = (): void => {
    this.#taken = true
  }

  /** Logs the message if libzmq has taken it. The exchange has ended. */
  end(): void {
    const message = this.#message
    this.#message = undefined
    if (message && this.#taken) this.#number = this.log.keep(message, this.#number)
  }

  /** Looks after a long wait. One timer runs for many exchanges: one for each would be set and cleared in vain. */
  #watchLongWait(inMs: number): void {
    this.#longWait ??= setTimeout(() => {
      this.#longWait = undefined
      if (!this.#message) return
      const waitedMs = wallClock() - this.#message.at
      if (this.#taken && waitedMs >= logAfterMs) this.end()
      // At least a millisecond, and no longer than a wait may take, should the clock have been set.
      else this.#watchLongWait(Math.min(logAfterMs, Math.max(1, logAfterMs - waitedMs)))
    }, inMs).unref()
  }
}
