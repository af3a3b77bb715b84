import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import type { Bench } from './bench.ts'
import { benches } from './benches.ts'

export interface Options {
  /** In the order in which they run. */
  readonly chosen: readonly Bench[]
  readonly quick: boolean
  readonly records: number
  readonly long: boolean
  readonly list: boolean
  /** The file to write the figures to. */
  readonly json: string | undefined
}

const optionsSchema = z.object({
  only: z.array(z.string()).optional(),
  quick: z.boolean().default(false),
  records: z.number().default(100_000),
  long: z.boolean().default(false),
  list: z.boolean().default(false),
  json: z.string().optional(),
})

/** Parses a comma-separated list of names. */
function parseNames(text: string): string[] {
  const names = text.split(',').filter((name) => name !== '')
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name))
  if (names.length === 0 || unknown.length > 0) {
    throw new InvalidArgumentError(`There is no bench "${unknown.join(', ')}". --list tells which there are.`)
  }
  return names
}

function parseCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0) return count
  throw new InvalidArgumentError('Write a whole number.')
}

/** Throws commander's error for invalid arguments or a request for help. */
export function readOptions(args: readonly string[]): Options {
  const program = new Command('npm run bench --')
    .description('Measures the engine and the application beside what they could be measured by, as ratios.')
    .option('--only <names>', 'run these alone, with commas between them', parseNames)
    .option('--quick', 'fewer and shorter rounds: to see that a bench works')
    .option('--records <count>', 'how many records the log has that `find` searches (100000)', parseCount)
    .option('--long', 'measure for a minute where a bench measures for some seconds')
    .option('--list', 'tell which benches there are')
    .option('--json <file>', 'write the figures to a file, too')
    .exitOverride()
    .parse(args, { from: 'user' })
  const { only, quick, long, records, list, json } = optionsSchema.parse(program.opts())
  return { chosen: benches.filter(({ name }) => only?.includes(name) ?? true), quick, long, records, list, json }
}
