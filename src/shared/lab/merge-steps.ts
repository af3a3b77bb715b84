import { coarsened, type Distribution, mergeDistributions } from './distribution.ts'
import type { LabStep } from './plan.ts'
import { type Instrument, type Slot, type StepResult, sumOfCounts } from './result.ts'
import { mergeTurns } from './turns.ts'

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
const mostOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((most, item) => Math.max(most, of(item)), 0)

/** Distributions of the parts that have one; null where none has. */
function together(parts: readonly StepResult[], of: (part: StepResult) => Distribution | null): Distribution | null {
  const there = parts.map(of).filter((each) => each !== null)
  return there.length === 0 ? null : mergeDistributions(there)
}

/** Null where one of them is not known. */
const sumOfKnown = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0)

function floodOf(parts: readonly StepResult[]): StepResult['flood'] {
  const floods = parts.map(({ flood }) => flood).filter((flood) => flood !== null)
  if (floods.length === 0) return null
  return {
    accepted: sumOf(floods, ({ accepted }) => accepted),
    confirmed: sumOfKnown(floods.map(({ confirmed }) => confirmed)),
    writes: sumOf(floods, ({ writes }) => writes),
  }
}

function numberedOf(parts: readonly StepResult[]): StepResult['numbered'] {
  const there = parts.map(({ numbered }) => numbered).filter((numbered) => numbered !== null)
  if (there.length === 0) return null
  return {
    reordered: sumOf(there, ({ reordered }) => reordered),
    repeated: sumOf(there, ({ repeated }) => repeated),
  }
}

/** The worst of all: the figures are as good as those of the worst. */
const worstOf = (instruments: readonly Instrument[]): Instrument => ({
  loopDelay: {
    p50Ns: mostOf(instruments, ({ loopDelay }) => loopDelay.p50Ns),
    p99Ns: mostOf(instruments, ({ loopDelay }) => loopDelay.p99Ns),
    maxNs: mostOf(instruments, ({ loopDelay }) => loopDelay.maxNs),
  },
  busy: mostOf(instruments, ({ busy }) => busy),
})

function errorsOf(parts: readonly StepResult[]): StepResult['errors'] {
  const errors = new Map<string, StepResult['errors'][number]>()
  for (const error of parts.flatMap((part) => part.errors)) {
    const known = errors.get(error.message)
    errors.set(error.message, known ? { ...known, count: known.count + error.count } : error)
  }
  return [...errors.values()].sort((one, other) => other.count - one.count)
}

/** Rounding of times in doubles, in milliseconds. */
const closeMs = 1e-3

/**
 * Slots of the same times in one. All began at the same moment, and one length of slots is the other's, doubled some times,
 * so each slot lies within one of the longest; the last of a part may be shorter.
 */
export function mergeSlots(parts: readonly (readonly Slot[])[]): Slot[] {
  const lengthMs = Math.max(...parts.map((slots) => (slots.length > 1 ? (slots[0]?.lengthMs ?? 0) : 0)), 0)
  const groups = new Map<number, Slot[]>()
  for (const slot of parts.flat()) {
    const index = lengthMs === 0 ? 0 : Math.floor((slot.fromMs + closeMs) / lengthMs)
    const group = groups.get(index)
    if (group) group.push(slot)
    else groups.set(index, [slot])
  }
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([, slots]) => {
      const fromMs = Math.min(...slots.map((slot) => slot.fromMs))
      return {
        fromMs,
        lengthMs: mostOf(slots, (slot) => slot.fromMs + slot.lengthMs) - fromMs,
        timedOut: sumOf(slots, (slot) => slot.timedOut),
        failed: sumOf(slots, (slot) => slot.failed),
        latency: mergeDistributions(slots.map(({ latency }) => latency)),
        accepted: sumOfKnown(slots.map(({ accepted }) => accepted)),
      }
    })
}

/**
 * What several workers measured of a step that they made together, beginning at one moment: as if one had recorded it all.
 * There is at least one part.
 */
export function mergeSteps({ at, load }: Pick<LabStep, 'at' | 'load'>, parts: readonly StepResult[]): StepResult {
  return {
    at,
    load,
    messageBytes: parts[0]?.messageBytes ?? 0,
    startedAt: Math.min(...parts.map(({ startedAt }) => startedAt)),
    elapsedNs: mostOf(parts, ({ elapsedNs }) => elapsedNs),
    counts: sumOfCounts(parts),
    latency: mergeDistributions(parts.map(({ latency }) => latency)),
    service: together(parts, ({ service }) => service),
    lateness: together(parts, ({ lateness }) => lateness),
    connect: mergeDistributions(parts.map(({ connect }) => connect)),
    sockets: sumOf(parts, ({ sockets }) => sockets),
    waitedForSocket: sumOf(parts, ({ waitedForSocket }) => waitedForSocket),
    reconnects: sumOf(parts, ({ reconnects }) => reconnects),
    instrument: worstOf(parts.map(({ instrument }) => instrument)),
    turns: mergeTurns(parts.map(({ turns }) => turns)),
    errors: errorsOf(parts),
    slots: mergeSlots(parts.map(({ slots }) => slots)),
    flood: floodOf(parts),
    // One worker makes a one-way stream.
    oneWay: parts[0]?.oneWay ?? null,
    numbered: numberedOf(parts),
  }
}

/** A worker's part of a step as the document of a run keeps it: in few numbers, without its course. */
export const inFewNumbers = (part: StepResult): StepResult => ({
  ...part,
  latency: coarsened(part.latency),
  service: part.service && coarsened(part.service),
  lateness: part.lateness && coarsened(part.lateness),
  connect: coarsened(part.connect),
  slots: [],
})
