import { z } from '../schema.ts'

const whole = z.number().int().min(1)

/** How many turns of the event loop had how many of something; turns with none of it are not counted. */
export const batchesSchema = z
  .object({
    /** Ascending; exact up to 2,047, the upper end of a bucket beyond. */
    sizes: z.array(whole),
    /** How many turns had that many. */
    turns: z.array(whole),
  })
  .refine(({ sizes, turns }) => sizes.length === turns.length, 'sizes and turns differ in length')

/** What went out and came in by turn of the measuring process's event loop. */
export const turnsSchema = z.object({ requests: batchesSchema, replies: batchesSchema })

export type Batches = z.infer<typeof batchesSchema>
export type Turns = z.infer<typeof turnsSchema>

export interface BatchFigures {
  readonly mean: number
  readonly p99: number
  readonly max: number
}

/** How many there were by turn; null where there was no such turn. */
export function batchFigures({ sizes, turns }: Batches): BatchFigures | null {
  const count = turns.reduce((total, each) => total + each, 0)
  const max = sizes.at(-1)
  if (count === 0 || max === undefined) return null
  const sum = sizes.reduce((total, size, index) => total + size * (turns[index] ?? 0), 0)
  let seen = 0
  const at = turns.findIndex((each) => {
    seen += each
    return seen >= 0.99 * count
  })
  return { mean: sum / count, p99: sizes[at] ?? max, max }
}

function mergeBatches(parts: readonly Batches[]): Batches {
  const sums = new Map<number, number>()
  for (const { sizes, turns } of parts) {
    for (const [index, size] of sizes.entries()) sums.set(size, (sums.get(size) ?? 0) + (turns[index] ?? 0))
  }
  const sorted = [...sums].sort(([one], [other]) => one - other)
  return { sizes: sorted.map(([size]) => size), turns: sorted.map(([, each]) => each) }
}

/** The turns of several event loops; null where none has counted. */
export function mergeTurns(parts: readonly (Turns | null)[]): Turns | null {
  const there = parts.filter((each) => each !== null)
  if (there.length === 0) return null
  return {
    requests: mergeBatches(there.map(({ requests }) => requests)),
    replies: mergeBatches(there.map(({ replies }) => replies)),
  }
}

const short = (value: number): string => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))

/** `1.0 (p99 1, max 3)`: mean, p99 and the most by turn; a dash without a turn. */
export function batchesInWords(batches: Batches): string {
  const figures = batchFigures(batches)
  if (figures === null) return '–'
  const { mean, p99, max } = figures
  return `${short(mean)} (p99 ${p99.toLocaleString('en')}, max ${max.toLocaleString('en')})`
}
