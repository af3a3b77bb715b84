import { noTraffic, type Traffic } from '../shared/session/state.ts'
import { RateMeter } from './rate-meter.ts'

/** Counts what goes through a session. Sizes in bytes. */
export class TrafficMeter {
  #counts = { ...noTraffic }
  /** What of the counts is in the rates: those are asked for soon after each message, and cost the time of a clock. */
  #rated = noTraffic
  #sent = new RateMeter()
  #received = new RateMeter()

  get traffic(): Traffic {
    const now = performance.now()
    const [counts, rated] = [this.#counts, this.#rated]
    this.#sent.add(now, counts.sent - rated.sent, counts.sentBytes - rated.sentBytes)
    this.#received.add(now, counts.received - rated.received, counts.receivedBytes - rated.receivedBytes)
    this.#rated = { ...counts }
    const sent = this.#sent.perSecond(now)
    const received = this.#received.perSecond(now)
    return {
      ...this.#counts,
      rate: sent.messages,
      receiveRate: received.messages,
      sentBytesRate: sent.bytes,
      receivedBytesRate: received.bytes,
    }
  }

  reset(): void {
    this.#counts = { ...noTraffic }
    this.#rated = noTraffic
    this.#sent = new RateMeter()
    this.#received = new RateMeter()
  }

  received(bytes: number): void {
    this.#counts.received += 1
    this.#counts.receivedBytes += bytes
  }

  sent(bytes: number): void {
    this.#counts.sent += 1
    this.#counts.sentBytes += bytes
  }

  rejected(): void {
    this.#counts.rejected += 1
  }

  dropped(): void {
    this.#counts.dropped += 1
  }

  /** A message was taken while nobody was there. */
  queued(): void {
    this.#counts.queued += 1
  }

  /** Somebody is there: what was queued goes out. */
  dequeued(): void {
    this.#counts.queued = 0
  }

  /** What was queued is lost. Returns how many that are. */
  dropQueued(): number {
    const { queued } = this.#counts
    this.#counts.dropped += queued
    this.#counts.queued = 0
    return queued
  }

  /** A message was published that nobody subscribes to. */
  unheard(): void {
    this.#counts.unheard += 1
  }
}
