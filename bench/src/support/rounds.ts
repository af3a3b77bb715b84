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

/** Has a client make so many exchanges. */
export async function makeRound(client: Program, exchanges: number): Promise<Figures> {
  return figuresSchema.parse(JSON.parse(await client.ask(String(exchanges))))
}

/**
 * Runs the sides in turn, round after round, so that whatever else the machine does meets all of them alike. Each round
 * begins with another side. The first round is not counted: in it code is compiled and caches are filled.
 */
export async function interleave<Side extends string, Item, Result>(
  rounds: number,
  sides: Record<Side, Item>,
  run: (item: Item, side: Side) => Promise<Result>,
): Promise<Record<Side, Result[]>> {
  // Two casts, because the library's types forget the names of an object's keys: these are those of `sides`, all of them.
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
