import { z } from 'zod'
import type { Program } from './children.ts'
import type { Figures } from './statistics.ts'

const figuresSchema = z.object({
  count: z.number(),
  elapsedNs: z.number(),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  mean: z.number(),
})

/** Lets a client make a number of exchanges. */
export async function makeRound(client: Program, exchanges: number): Promise<Figures> {
  return figuresSchema.parse(JSON.parse(await client.ask(String(exchanges))))
}

/**
 * Runs the sides in turn, round after round, so that other activity of the machine affects all of them alike. Each
 * round starts with another side. The first round is not counted: it compiles code and fills caches.
 */
export async function interleave<Side extends string, Item, Result>(
  rounds: number,
  sides: Record<Side, Item>,
  run: (item: Item, side: Side) => Promise<Result>,
): Promise<Record<Side, Result[]>> {
  // Two casts, because the library's types lose the names of an object's keys: these are exactly those of `sides`.
  const names = Object.keys(sides) as Side[]
  const results = Object.fromEntries(names.map((name): [string, Result[]] => [name, []])) as Record<Side, Result[]>
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const result = await run(sides[name], name)
      if (round > 0) results[name].push(result)
    }
  }
  return results
}
