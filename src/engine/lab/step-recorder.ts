import { toErrorValue } from '../../shared/errors.ts'
import {
  coarsened,
  type Distribution,
  emptyDistribution,
  mergeDistributions,
  mergeTwo,
  percentileOf,
  thinned,
} from '../../shared/lab/distribution.ts'
import { kindOf, rateOf } from '../../shared/lab/kind.ts'
import type { LabStep } from '../../shared/lab/plan.ts'
import type { LiveStep } from '../../shared/lab/progress.ts'
import type { Instrument, Slot, StepResult } from '../../shared/lab/result.ts'
import { sizeOf } from '../../shared/message.ts'
import { monotonicNanoseconds, wallClock } from '../clock.ts'
import { DurationHistogram } from './histogram.ts'
import { TurnCounter } from './turn-counter.ts'

/** As many slots as a timeline can show and a comparison can resample. */
const mostSlots = 100
const shortestSlotNs = 50e6

/** Twice as fine as the bars of a histogram, so that those can begin anywhere. */
const livePartsPerDecade = 40

interface OpenSlot {
  fromNs: number
  timedOut: number
  failed: number
  accepted: number
}

/** The outcome of one measured request. Times in nanoseconds of the monotonic clock. */
export interface Reply {
  /** When it was due; in a closed loop, when it was sent. */
  readonly dueNs: number
  readonly sentNs: number
  readonly doneNs: number
}

/**
 * Collects the measurements of one step: one histogram for the current slot, stored when the slot ends, so that a reply
 * costs one update; in an open loop two more, for service time and lateness.
 */
export class StepRecorder {
  /** At which requests or messages are due. */
  readonly #rate: number | null
  readonly #startNs: number
  /** In milliseconds since the epoch. */
  readonly #startedAt: number
  #slotNs: number
  readonly #latency = new DurationHistogram()
  readonly #service = new DurationHistogram()
  readonly #lateness = new DurationHistogram()
  readonly #slots: Slot[] = []
  #slot: OpenSlot
  /** The first slots, merged. */
  #merged = { distribution: emptyDistribution, slots: 0 }
  /** The first slots with coarse distributions. */
  readonly #coarse: Slot[] = []
  readonly #errors = new Map<string, { code: string; message: string; count: number }>()
  #lastNs: number
  readonly #turns = new TurnCounter()
  sent = 0
  /** Replies; of a flood and of a one-way stream, messages that were accepted or delivered. */
  replied = 0
  timedOut = 0
  failed = 0
  unsent = 0
  waitedForSocket = 0

  /** `expectedNs` is how long measuring will take, if known. */
  constructor(
    private readonly step: LabStep,
    startNs: number,
    expectedNs: number | null,
  ) {
    this.#rate = rateOf(step.load)
    this.#startNs = startNs
    // That may be later, after the warm-up, or earlier.
    this.#startedAt = wallClock() + (startNs - monotonicNanoseconds()) / 1e6
    this.#lastNs = startNs
    // Merging slots while measuring would occasionally take a millisecond, so the slot length is chosen in advance.
    this.#slotNs = Math.max(shortestSlotNs, expectedNs === null ? 0 : Math.ceil(expectedNs / mostSlots))
    this.#slot = { fromNs: startNs, timedOut: 0, failed: 0, accepted: 0 }
  }

  /** A request is sent now. */
  begin(): void {
    this.sent += 1
    this.#turns.sent()
  }

  reply({ dueNs, sentNs, doneNs }: Reply): void {
    this.#advance(doneNs)
    this.replied += 1
    this.#turns.received()
    this.#latency.record(doneNs - dueNs)
    if (this.#rate === null) return
    this.#service.record(doneNs - sentNs)
    this.#lateness.record(sentNs - dueNs)
  }

  /** So many messages of a flood were accepted, which were handed over together; `dueNs` is that of the first. */
  accept(messages: number, { dueNs, sentNs, doneNs }: Reply): void {
    this.#advance(doneNs)
    this.replied += messages
    this.#slot.accepted += messages
    this.#latency.record(doneNs - sentNs)
    if (this.#rate !== null) this.#lateness.record(sentNs - dueNs)
  }

  timeout(nowNs: number): void {
    this.#advance(nowNs)
    this.timedOut += 1
    this.#slot.timedOut += 1
  }

  failure(nowNs: number, thrown: unknown): void {
    this.#advance(nowNs)
    this.failed += 1
    this.#slot.failed += 1
    const { code, message } = toErrorValue(thrown)
    const known = this.#errors.get(message)
    if (known) known.count += 1
    else this.#errors.set(message, { code, message, count: 1 })
  }

  /** The figures so far, for a live display. */
  figures(nowNs: number) {
    const distribution = this.#soFar()
    const elapsedNs = Math.max(1, nowNs - this.#startNs)
    return {
      p50Ns: percentileOf(distribution, 50),
      p90Ns: percentileOf(distribution, 90),
      p99Ns: percentileOf(distribution, 99),
      maxNs: distribution.maxNs,
      throughputPerSecond: (this.replied / elapsedNs) * 1e9,
    }
  }

  /** Distribution and course so far, in few numbers, for live plots. */
  live(nowNs: number): LiveStep {
    for (const slot of this.#slots.slice(this.#coarse.length)) {
      this.#coarse.push({ ...slot, latency: coarsened(slot.latency) })
    }
    const { fromNs, timedOut, failed } = this.#slot
    const open: Slot = {
      fromMs: (fromNs - this.#startNs) / 1e6,
      lengthMs: Math.max(0, nowNs - fromNs) / 1e6,
      timedOut,
      failed,
      accepted: this.#accepted,
      latency: coarsened(this.#latency.distribution()),
    }
    return { latency: thinned(this.#soFar(), livePartsPerDecade), slots: [...this.#coarse, open] }
  }

  /** All replies so far. What was in closed slots is merged once: this runs while measuring. */
  #soFar(): Distribution {
    for (const { latency } of this.#slots.slice(this.#merged.slots)) {
      this.#merged = { distribution: mergeTwo(this.#merged.distribution, latency), slots: this.#merged.slots + 1 }
    }
    return mergeTwo(this.#merged.distribution, this.#latency.distribution())
  }

  /** Of the current slot; null where nothing is accepted. */
  get #accepted(): number | null {
    return kindOf(this.step.load) === 'flood' ? this.#slot.accepted : null
  }

  /** The result of the finished step. `unfinished` requests were sent and abandoned. */
  result(
    unfinished: number,
    rest: Pick<StepResult, 'connect' | 'sockets' | 'reconnects'> &
      Partial<Pick<StepResult, 'flood' | 'oneWay' | 'numbered'>> & { readonly instrument: Instrument },
  ): StepResult {
    this.#closeSlot(this.#lastNs)
    const kind = kindOf(this.step.load)
    const isPaced = this.#rate !== null
    return {
      at: this.step.at,
      load: this.step.load,
      messageBytes: sizeOf(this.step.frames),
      startedAt: this.#startedAt,
      elapsedNs: this.#lastNs - this.#startNs,
      counts: {
        sent: this.sent,
        replied: kind === 'round-trips' ? this.replied : 0,
        timedOut: this.timedOut,
        failed: this.failed,
        unsent: this.unsent,
        unfinished,
      },
      latency: mergeDistributions(this.#slots.map(({ latency }) => latency)),
      service: isPaced && kind !== 'flood' ? this.#service.distribution() : null,
      lateness: isPaced ? this.#lateness.distribution() : null,
      waitedForSocket: this.waitedForSocket,
      turns: kind === 'round-trips' ? this.#turns.turns : null,
      errors: [...this.#errors.values()].sort((one, other) => other.count - one.count),
      slots: this.#slots,
      flood: null,
      oneWay: null,
      numbered: null,
      ...rest,
    }
  }

  /** Stores the slots that have ended by `nowNs`. */
  #advance(nowNs: number): void {
    if (nowNs > this.#lastNs) this.#lastNs = nowNs
    while (nowNs >= this.#slot.fromNs + this.#slotNs) {
      this.#closeSlot(this.#slot.fromNs + this.#slotNs)
      if (this.#slots.length >= mostSlots) this.#halve()
    }
  }

  #closeSlot(endNs: number): void {
    const { fromNs, timedOut, failed } = this.#slot
    this.#slots.push({
      fromMs: (fromNs - this.#startNs) / 1e6,
      lengthMs: (endNs - fromNs) / 1e6,
      timedOut,
      failed,
      latency: this.#latency.distribution(),
      accepted: this.#accepted,
    })
    this.#latency.reset()
    this.#slot = { fromNs: endNs, timedOut: 0, failed: 0, accepted: 0 }
  }

  /** A run of unknown length continues: from now on each slot is twice as long. */
  #halve(): void {
    const pairs: Slot[] = []
    for (let index = 0; index < this.#slots.length; index += 2) {
      const pair = this.#slots.slice(index, index + 2)
      pairs.push({
        fromMs: pair[0]?.fromMs ?? 0,
        lengthMs: pair.reduce((total, { lengthMs }) => total + lengthMs, 0),
        timedOut: pair.reduce((total, { timedOut }) => total + timedOut, 0),
        failed: pair.reduce((total, { failed }) => total + failed, 0),
        latency: mergeDistributions(pair.map(({ latency }) => latency)),
        accepted: pair.reduce<number | null>(
          (total, { accepted }) => (accepted === null ? null : (total ?? 0) + accepted),
          null,
        ),
      })
    }
    this.#slots.splice(0, this.#slots.length, ...pairs)
    // The same replies in fewer slots.
    this.#merged = { distribution: emptyDistribution, slots: 0 }
    this.#coarse.length = 0
    this.#slotNs *= 2
  }
}
