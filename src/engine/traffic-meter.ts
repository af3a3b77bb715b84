import { noTraffic, type Traffic } from '../shared/session/state.ts'
import { RateMeter } from './rate-meter.ts'

/** Counts what goes through a session. Sizes in bytes. */
export class TrafficMeter {
  #counts = { ...noTraffic }
  #rate = new RateMeter()

  get traffic(): Traffic {
    return { ...this.#counts, rate: this.#rate.perSecond(performance.now()) }
  }

  reset(): void {
    this.#counts = { ...noTraffic }
    this.#rate = new RateMeter()
  }

  received(bytes: number): void {
    this.#counts.received += 1
    this.#counts.receivedBytes += bytes
  }

  sent(bytes: number): void {
    this.#counts.sent += 1
    this.#counts.sentBytes += bytes
    this.#rate.add(performance.now())
  }

  rejected(): void {
    this.#counts.rejected += 1
  }

  dropped(): void {
    this.#counts.dropped += 1
  }
}
