import { formatElapsed, formatRate } from '../../shared/format.ts'
import type { RateState } from '../../shared/watch/state.ts'
import type { RateWatch } from '../../shared/watch/watch.ts'
import { wallClock } from '../clock.ts'
import { Incidents } from './incidents.ts'
import type { Watcher, WatcherHost } from './watcher.ts'

/** Messages are counted for so long to tell their rate. */
const windowMs = 1000

/** Says when no message comes for too long, and when too many come. */
export class RateWatcher implements Watcher {
  #seen = 0
  #alarm: RateState['alarm'] = null
  #since: number | null = null
  /** Of `performance.now()`. */
  #lastAt = 0
  #windowFrom = 0
  #inWindow = 0
  #silence: NodeJS.Timeout | null = null
  #calm: NodeJS.Timeout | null = null
  readonly #incidents: Incidents

  constructor(
    private readonly watch: RateWatch,
    private readonly host: WatcherHost,
  ) {
    this.#incidents = new Incidents(host.tell)
  }

  get state(): RateState {
    const { id } = this.watch
    const incidents = this.#incidents.newest
    return { id, kind: 'rate', seen: this.#seen, without: 0, alarm: this.#alarm, since: this.#since, incidents }
  }

  start(): void {
    this.stop()
    this.#incidents.clear()
    this.#seen = 0
    this.#lastAt = performance.now()
    this.#windowFrom = this.#lastAt
    this.#inWindow = 0
    this.#awaitSilence()
  }

  take(): void {
    const now = performance.now()
    this.#seen += 1
    this.host.changed()
    if (this.#alarm === 'silent') {
      const silent = formatElapsed(now - this.#lastAt)
      this.#end('alarm:heard', `A message again, after ${silent}`)
    }
    this.#lastAt = now
    this.#awaitSilence()
    this.#countRate(now)
  }

  stop(): void {
    if (this.#silence) clearTimeout(this.#silence)
    if (this.#calm) clearTimeout(this.#calm)
    this.#silence = null
    this.#calm = null
    this.#alarm = null
    this.#since = null
    this.#incidents.flush()
  }

  #begin(alarm: NonNullable<RateState['alarm']>, words: string): void {
    this.#alarm = alarm
    this.#since = wallClock()
    this.#incidents.add(`alarm:${alarm}`, this.#since, words)
    this.host.changed()
  }

  #end(event: string, words: string): void {
    this.#alarm = null
    this.#since = null
    this.#incidents.add(event, wallClock(), words)
    this.host.changed()
  }

  /** One timer for all messages: it looks when the last one came, and goes on waiting for the rest. */
  #awaitSilence(): void {
    const { silentSeconds } = this.watch
    if (silentSeconds === null || this.#silence) return
    const look = () => {
      const left = silentSeconds * 1000 - (performance.now() - this.#lastAt)
      if (left > 0) {
        this.#silence = setTimeout(look, left)
        return
      }
      this.#silence = null
      if (this.#calm) clearTimeout(this.#calm)
      this.#calm = null
      this.#begin('silent', `No message for ${formatElapsed(silentSeconds * 1000)}`)
    }
    look()
  }

  #countRate(now: number): void {
    const { overPerSecond } = this.watch
    if (overPerSecond === null) return
    if (now - this.#windowFrom >= windowMs) {
      this.#windowFrom = now
      this.#inWindow = 0
    }
    this.#inWindow += 1
    if (this.#inWindow <= overPerSecond || this.#alarm === 'over') return
    this.#begin('over', `Over ${formatRate(overPerSecond)}`)
    this.#awaitCalm(overPerSecond)
  }

  /** Looks once a second whether fewer came in it. */
  #awaitCalm(overPerSecond: number): void {
    let before = this.#seen
    const look = () => {
      const came = this.#seen - before
      before = this.#seen
      if (came > overPerSecond) {
        this.#calm = setTimeout(look, windowMs)
        return
      }
      this.#calm = null
      this.#end('alarm:calm', `No more than ${formatRate(overPerSecond)} again`)
    }
    this.#calm = setTimeout(look, windowMs)
  }
}
