import type { Frame } from '../../shared/message.ts'
import { wallClock } from '../clock.ts'
import type { LogSink } from '../host.ts'
import { messageEntry, type SessionName } from './entries.ts'

/** Log the sent message after this long without a reply. */
const logAfterMs = 250

interface Message {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly frames: readonly Frame[]
  readonly session: SessionName
}

/**
 * Logs each message that was sent, once: when its exchange has ended, however it did, since the log copies the frames, and
 * that must not count as round trip; or in the middle of a long wait.
 */
export class SentLog {
  #message: Message | undefined
  #taken = false
  /** Runs now and then while messages are in flight. */
  #longWait: NodeJS.Timeout | undefined

  constructor(private readonly log: LogSink) {}

  /** Whether libzmq has taken the message in flight. */
  get taken(): boolean {
    return this.#taken
  }

  /** An exchange begins. */
  clear(): void {
    this.#taken = false
  }

  /** The message is about to be given to libzmq. */
  begin(message: Message): void {
    this.#message = message
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
    if (message && this.#taken) this.log.append(messageEntry(message.session, 'sent', message.at, message.frames))
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
