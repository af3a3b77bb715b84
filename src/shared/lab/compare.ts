import type { Distribution } from './distribution.ts'
import { percentileOf } from './distribution.ts'
import { labPercentiles } from './figures.ts'
import { type Slot, type StepResult, throughputOf } from './result.ts'

/** Bootstrap draws: enough for the ends of a 95 % interval to vary by only a few percent of its width. */
const draws = 1000
const confidence = 0.95
/** Least number of time slots in a run for resampling to be meaningful. */
const fewestSlots = 10

/** How a figure of a run compares with that of the baseline. Values in nanoseconds or replies per second. */
export interface Comparison {
  readonly figure: string
  readonly unit: 'duration' | 'rate'
  readonly baseline: number
  readonly value: number
  /** `value - baseline`, and the ends of its 95 % interval. */
  readonly difference: number
  readonly low: number
  readonly high: number
  readonly verdict: 'faster' | 'slower' | 'no difference'
}

/** A run's time slots, prepared for resampling. */
interface Blocks {
  readonly values: Float64Array
  /** For each block, indexes into `values` with their counts. */
  readonly blocks: readonly {
    readonly places: Uint32Array
    readonly counts: Float64Array
    readonly sum: number
    /** What the throughput counts: replies, or messages. */
    readonly done: number
    readonly ms: number
  }[]
}

/** A small pseudorandom generator (mulberry32), so that the same runs always compare alike. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function blocksOf(latency: Distribution, slots: readonly Slot[]): Blocks {
  const places = new Map(latency.values.map((value, index) => [value, index]))
  return {
    values: Float64Array.from(latency.values),
    blocks: slots
      .filter((slot) => slot.latency.count > 0)
      .map(({ latency: { values, counts, count, meanNs }, lengthMs, accepted }) => ({
        places: Uint32Array.from(values, (value) => places.get(value) ?? 0),
        counts: Float64Array.from(counts),
        sum: (meanNs ?? 0) * count,
        done: accepted ?? count,
        ms: lengthMs,
      })),
  }
}

type FigureName = 'mean' | 'throughput' | (typeof labPercentiles)[number]['name']

/** One bootstrap sample: as many blocks as there are, drawn with replacement, and their figures. */
function drawOnce(
  { values, blocks }: Blocks,
  next: () => number,
  into: Float64Array,
  keep: (name: FigureName, value: number) => void,
): void {
  into.fill(0)
  let sum = 0
  let count = 0
  let done = 0
  let ms = 0
  for (let drawn = 0; drawn < blocks.length; drawn += 1) {
    const block = blocks[Math.floor(next() * blocks.length)]
    if (!block) continue
    sum += block.sum
    done += block.done
    ms += block.ms
    for (let index = 0; index < block.places.length; index += 1) {
      const place = block.places[index] ?? 0
      const each = block.counts[index] ?? 0
      into[place] = (into[place] ?? 0) + each
      count += each
    }
  }
  keep('mean', sum / count)
  keep('throughput', (done / ms) * 1000)
  let seen = 0
  let place = -1
  for (const { name, percentile } of labPercentiles) {
    const rank = Math.max(1, Math.ceil((percentile / 100) * count - 1e-9 * count))
    while (seen < rank) {
      place += 1
      seen += into[place] ?? 0
    }
    keep(name, values[Math.max(0, place)] ?? 0)
  }
}

/** Bootstrap samples of one run: for each figure, its values. */
function bootstrap(step: StepResult, seed: number): Map<FigureName, number[]> {
  const blocks = blocksOf(step.latency, step.slots)
  const next = random(seed)
  const into = new Float64Array(blocks.values.length)
  const drawn = new Map<FigureName, number[]>()
  for (let index = 0; index < draws; index += 1) {
    drawOnce(blocks, next, into, (name, value) => {
      const values = drawn.get(name)
      if (values) values.push(value)
      else drawn.set(name, [value])
    })
  }
  return drawn
}

function interval(baseline: readonly number[], values: readonly number[]): { low: number; high: number } {
  const differences = values.map((value, index) => value - (baseline[index] ?? 0)).sort((one, other) => one - other)
  const at = (share: number) =>
    differences[Math.min(differences.length - 1, Math.floor(share * differences.length))] ?? 0
  return { low: at((1 - confidence) / 2), high: at((1 + confidence) / 2) }
}

const usable = ({ slots }: StepResult): boolean =>
  slots.filter(({ latency }) => latency.count > 0).length >= fewestSlots

/**
 * Compares a measured step with that of the baseline, figure by figure, with 95 % intervals from a block bootstrap over
 * time: adjacent requests fare alike, so single requests must not be resampled as if independent. It shows what these
 * samples can show; drift from one run to the next is not included. Null when a run is too short.
 */
export function compareSteps(baseline: StepResult, step: StepResult): Comparison[] | null {
  if (!usable(baseline) || !usable(step)) return null
  const drawsOfBaseline = bootstrap(baseline, 1)
  const drawsOfStep = bootstrap(step, 2)
  const compare = (
    figure: FigureName,
    unit: Comparison['unit'],
    one: number | null,
    other: number | null,
  ): Comparison[] => {
    if (one === null || other === null) return []
    const { low, high } = interval(drawsOfBaseline.get(figure) ?? [], drawsOfStep.get(figure) ?? [])
    // Of durations, less is faster; of rates, more is.
    const rises = unit === 'rate' ? 'faster' : 'slower'
    const falls = unit === 'rate' ? 'slower' : 'faster'
    const verdict = low > 0 ? rises : high < 0 ? falls : 'no difference'
    return [{ figure, unit, baseline: one, value: other, difference: other - one, low, high, verdict }]
  }
  const { latency: before } = baseline
  const { latency } = step
  return [
    ...compare('mean', 'duration', before.meanNs, latency.meanNs),
    ...labPercentiles.flatMap(({ name, percentile, needs }) =>
      Math.min(before.count, latency.count) < needs
        ? []
        : compare(name, 'duration', percentileOf(before, percentile), percentileOf(latency, percentile)),
    ),
    ...compare('throughput', 'rate', throughputOf(baseline), throughputOf(step)),
  ]
}

/** The steps of two runs that can be compared: the only ones, or those of the same size or rate. */
export function matchSteps(
  baseline: readonly StepResult[],
  steps: readonly StepResult[],
): readonly (readonly [StepResult, StepResult])[] {
  const [one] = baseline
  const [other] = steps
  if (baseline.length === 1 && steps.length === 1 && one && other) return [[one, other]]
  return baseline.flatMap((step) => {
    const match = steps.find(({ at }) => at !== null && at === step.at)
    return match ? [[step, match] as const] : []
  })
}
