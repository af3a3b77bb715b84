import { formatCount, formatDuration } from '../../shared/format.ts'
import type { NewRecord } from '../../shared/transcript/record.ts'
import type { Recorder } from './recorder.ts'

/** As many equal events are logged one by one, and so many more per second; what comes faster is counted. */
const mostAtOnce = 20
const perSecond = 10
/** Counting ends when nothing has come for this long. While it goes on, it is summed up after the longer time. */
const quietMs = 1000
const summaryEveryMs = 10_000
const lookEveryMs = 500
/** Kinds of events that are watched at the same time; more pass as they are. */
const mostKinds = 1000

/** Events that differ in nothing but their time. */
interface Kind {
  last: NewRecord
  /** How many may still be logged one by one, as of `last`. */
  allowance: number
  /** Counted, and not in the log yet. */
  folded: number
  foldedSince: number
}

/** Where sessions put what happens to them. */
export interface Transcript {
  /** Takes a record. A flood of equal events becomes a few. */
  append(record: NewRecord): void
  /** Takes a record that stays by itself. Returns its number: the reserved one, if that may still be used. */
  keep(record: NewRecord, reserved?: number): number
  /** A number for a record to come, which sorts it before those that happen meanwhile. */
  reserve(): number
  /** Resolves when more may be received; undefined when it may at once. */
  ready(): Promise<void> | undefined
}

/**
 * A log in which a flood of equal events takes a few lines: `199,753 × in 2.30 s: could not accept a
 * connection (EMFILE)`.
 * Messages pass as they are. Such a line has the time of its last event, and no frames.
 */
export class FoldingLog implements Transcript {
  readonly #kinds = new Map<string, Kind>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly recorder: Pick<Recorder, 'append' | 'reserve' | 'ready'>,
    private readonly clock: () => number,
  ) {}

  append(entry: NewRecord): void {
    if (entry.kind === 'message' || this.#passes(entry)) this.recorder.append(entry)
  }

  keep(record: NewRecord, reserved?: number): number {
    return this.recorder.append(record, reserved)
  }

  reserve(): number {
    return this.recorder.reserve()
  }

  ready(): Promise<void> | undefined {
    return this.recorder.ready()
  }

  /** Logs what was counted. Call this when nothing more will come. */
  close(): void {
    for (const kind of this.#kinds.values()) this.#sumUp(kind)
    this.#kinds.clear()
    this.#stopLooking()
  }

  /** Whether an event is to be logged by itself; otherwise it is counted. */
  #passes(entry: NewRecord): boolean {
    const key = `${entry.session}\n${entry.name}\n${entry.event}\n${entry.detail}`
    const kind = this.#kinds.get(key)
    if (!kind) {
      if (this.#kinds.size < mostKinds) this.#watch(key, entry)
      return true
    }
    const refilled = kind.allowance + ((entry.at - kind.last.at) / 1000) * perSecond
    kind.allowance = Math.min(mostAtOnce, Math.max(0, refilled))
    kind.last = entry
    if (kind.folded === 0 && kind.allowance >= 1) {
      kind.allowance -= 1
      return true
    }
    if (kind.folded === 0) kind.foldedSince = entry.at
    kind.folded += 1
    return false
  }

  #watch(key: string, entry: NewRecord): void {
    this.#kinds.set(key, { last: entry, allowance: mostAtOnce - 1, folded: 0, foldedSince: 0 })
    // It must not keep the process alive.
    this.#timer ??= setInterval(() => this.#look(), lookEveryMs).unref()
  }

  #look(): void {
    const now = this.clock()
    for (const [key, kind] of this.#kinds) {
      // The clock may have been set back.
      const isQuiet = Math.abs(now - kind.last.at) >= quietMs
      if (isQuiet || Math.abs(now - kind.foldedSince) >= summaryEveryMs) this.#sumUp(kind)
      if (isQuiet) this.#kinds.delete(key)
    }
    if (this.#kinds.size === 0) this.#stopLooking()
  }

  #stopLooking(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #sumUp(kind: Kind): void {
    const { last, folded, foldedSince } = kind
    if (folded === 0) return
    kind.folded = 0
    const span = formatDuration(Math.max(0, last.at - foldedSince) * 1e6)
    const detail = folded === 1 ? last.detail : `${formatCount(folded)} × in ${span}: ${last.detail}`
    this.recorder.append({ ...last, frames: [], envelope: 0, detail })
  }
}
