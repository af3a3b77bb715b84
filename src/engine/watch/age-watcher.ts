import { percentileOf } from '../../shared/bins.ts'
import type { CodecOptions } from '../../shared/codecs/codec.ts'
import { formatDuration } from '../../shared/format.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import type { Value } from '../../shared/values/value.ts'
import { type AgeState, keptAges } from '../../shared/watch/state.ts'
import type { AgeWatch } from '../../shared/watch/watch.ts'
import { valueReader } from '../values/read-value.ts'
import { Incidents } from './incidents.ts'
import { timestampOf } from './timestamp.ts'
import type { Watcher, WatcherHost } from './watcher.ts'

/** Percentiles are found anew at most so often: the ages have to be sorted for it. */
const renewEveryMs = 500

const nanosecondsPerMillisecond = 1e6

/** How old messages are when they arrive, by the time that they carry. */
export class AgeWatcher implements Watcher {
  #counts = { seen: 0, without: 0, late: 0 }
  /** Of the newest messages, in milliseconds; the oldest is replaced. */
  readonly #ages = new Float64Array(keptAges)
  #known = 0
  #figures: { readonly at: number; readonly of: number; readonly ages: AgeState['ages'] } | null = null
  #renewal: NodeJS.Timeout | null = null
  readonly #incidents: Incidents
  readonly #read: (record: NewRecord) => Value | undefined

  /** Throws `InspectorError` for a path that is none. */
  constructor(
    private readonly watch: AgeWatch,
    decoding: CodecOptions,
    private readonly host: WatcherHost,
  ) {
    this.#read = valueReader({ ...watch.source, isTime: true }, decoding)
    this.#incidents = new Incidents(host.tell)
  }

  get state(): AgeState {
    return {
      id: this.watch.id,
      kind: 'age',
      ...this.#counts,
      ages: this.#percentiles(),
      incidents: this.#incidents.newest,
    }
  }

  start(): void {
    this.stop()
    this.#counts = { seen: 0, without: 0, late: 0 }
    this.#known = 0
    this.#figures = null
    this.#incidents.clear()
  }

  take(record: NewRecord): void {
    this.#counts.seen += 1
    this.host.changed()
    const made = timestampOf(this.#read(record), this.watch.unit)
    if (made === undefined) {
      this.#counts.without += 1
      return
    }
    const age = record.at - made
    this.#ages[this.#known % keptAges] = age
    this.#known += 1
    const { lateMs } = this.watch
    if (lateMs === null || age <= lateMs) return
    this.#counts.late += 1
    this.#incidents.add('alarm:late', record.at, `${formatDuration(age * nanosecondsPerMillisecond)} old`)
  }

  stop(): void {
    if (this.#renewal) clearTimeout(this.#renewal)
    this.#renewal = null
    this.#incidents.flush()
  }

  #percentiles(): AgeState['ages'] {
    const known = this.#figures
    const now = performance.now()
    const newest = this.#known === 0 ? undefined : this.#ages[(this.#known - 1) % keptAges]
    if (known?.of === this.#known) return known.ages
    const left = known ? known.at + renewEveryMs - now : 0
    if (known?.ages && newest !== undefined && left > 0) {
      // The last of them are told, too, when no more come.
      this.#renewal ??= setTimeout(() => {
        this.#renewal = null
        this.host.changed()
      }, left)
      return { ...known.ages, newest }
    }
    const sorted = [...this.#ages.subarray(0, Math.min(this.#known, keptAges)).toSorted()]
    const at = (percent: number): number => percentileOf(sorted, percent) ?? 0
    const ages = newest === undefined ? null : { newest, min: at(0), p50: at(50), p99: at(99), max: at(100) }
    this.#figures = { at: now, of: this.#known, ages }
    return ages
  }
}
