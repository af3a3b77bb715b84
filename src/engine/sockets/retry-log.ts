import { describeSocketEvent, type SocketEvent } from '../../shared/diagnosis/socket-event.ts'
import { formatCount, formatDuration } from '../../shared/format.ts'
import type { SocketAttempt } from '../../shared/message.ts'
import { wallClock } from '../clock.ts'

/** Summaries come after these times since the first attempt, then once per the last of them. In milliseconds. */
const summaryAfterMs = [10_000, 60_000, 600_000, 3_600_000] as const
const hourMs = 3_600_000
/** How long and how many attempts are remembered one by one. */
const rememberedMs = 60_000
const mostRemembered = 1000

/** Where the log's entries about attempts go. */
export interface RetryLogListener {
  /** An event that says something new. */
  event(event: SocketEvent, endpoint: string): void
  /** What is said of the attempts that were alike. */
  summary(text: string, endpoint: string): void
}

/**
 * Tells attempts to connect that fail like the one before apart from what is new: the log gets the first of them, then
 * summaries at growing distances. Every attempt of the last minute is remembered.
 */
export class RetryLog {
  #endpoint = ''
  /** The socket whose attempts these are, by its number. */
  #socket = 0
  /** The events of the last whole attempt, and of the one under way. */
  #last: string[] = []
  #current: SocketEvent[] = []
  /** Whether the attempt under way differs from the one before. */
  #differs = false
  /** Attempts that were alike, and when the first of them began. */
  #alike = 0
  #since = 0
  #nextSummary = 0
  #attempts: SocketAttempt[] = []

  /** `source`: the session's id. `clock` gives milliseconds since the epoch. */
  constructor(
    private readonly source: string,
    private readonly listener: RetryLogListener,
    private readonly clock: () => number = wallClock,
  ) {}

  /** Every attempt of the last minute, the oldest first. */
  get attempts(): readonly SocketAttempt[] {
    const now = this.clock()
    return this.#attempts.filter(({ at }) => now - at <= rememberedMs).slice(-mostRemembered)
  }

  /** `socket`: the number of the socket, which grows. `cause`: why the link is not ready, in words. */
  event(event: SocketEvent, endpoint: string, socket: number, cause: () => string): void {
    const now = this.clock()
    this.#remember(event, endpoint, now)
    if (socket < this.#socket) {
      // What a replaced socket still says is not part of its successor's attempts.
      this.listener.event(event, endpoint)
      return
    }
    if (socket !== this.#socket) this.#begin(endpoint, socket, cause)
    this.#current.push(event)
    const signature = signatureOf(event)
    if (this.#last[this.#current.length - 1] !== signature) this.#notAlike(cause)
    if (this.#differs) this.listener.event(event, endpoint)
    if (event.type === 'connect:retry') this.#endAttempt(now, cause)
  }

  /** A message was sent: what happens to the link after it is news, even if it happened before. */
  interrupt(): void {
    // Called for every message: mostly there is nothing to forget.
    if (this.#last.length > 0) this.#last = []
    this.#alike = 0
  }

  #endAttempt(now: number, cause: () => string): void {
    const signatures = this.#current.map(signatureOf)
    const isAlike = !this.#differs && signatures.length === this.#last.length
    this.#last = signatures
    this.#current = []
    this.#differs = false
    if (!isAlike) {
      this.#alike = 1
      this.#since = now
      this.#nextSummary = 0
      return
    }
    this.#alike += 1
    const due = summaryAfterMs[this.#nextSummary] ?? hourMs * (this.#nextSummary - summaryAfterMs.length + 2)
    if (now - this.#since < due) return
    this.#nextSummary += 1
    this.#summarize(now, cause)
  }

  /** An attempt that goes another way: what was held back of it comes after the summary of those before. */
  #notAlike(cause: () => string): void {
    if (this.#differs) return
    this.#differs = true
    if (this.#alike > 1) this.#summarize(this.clock(), cause)
    this.#alike = 0
    for (const held of this.#current.slice(0, -1)) this.listener.event(held, this.#endpoint)
  }

  #summarize(now: number, cause: () => string): void {
    const span = formatDuration((now - this.#since) * 1e6)
    this.listener.summary(`tried ${formatCount(this.#alike)} times in ${span}: ${cause()}`, this.#endpoint)
  }

  #begin(endpoint: string, socket: number, cause: () => string): void {
    if (this.#alike > 1) this.#summarize(this.clock(), cause)
    this.#endpoint = endpoint
    this.#socket = socket
    this.#last = []
    this.#current = []
    this.#differs = false
    this.#alike = 0
  }

  #remember(event: SocketEvent, endpoint: string, now: number): void {
    this.#attempts.push({
      at: now,
      source: this.source,
      endpoint,
      event: event.type,
      detail: describeSocketEvent(event),
    })
    if (this.#attempts.length >= 2 * mostRemembered) this.#attempts = this.#attempts.slice(-mostRemembered)
  }
}

/** What makes two events alike: not when the next attempt is. */
const signatureOf = ({ type, errorCode, status }: SocketEvent): string => `${type} ${errorCode ?? ''} ${status ?? ''}`
