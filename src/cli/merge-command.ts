import type { Command } from 'commander'
import { z } from 'zod'

const mergeOptions = z.object({
  output: z.string().min(1).optional(),
  overwrite: z.boolean().default(false),
  json: z.boolean().default(false),
})

/** Adds `bench merge` to `bench`. `finish` is given the exit code. */
export function addMerge(bench: Command, finish: (exitCode: number) => void): void {
  bench
    .command('merge')
    .description('add up histogram logs (.hlog) of several runs, exactly')
    .argument('<files...>', "the logs, of this or of another tool's HdrHistogram; times in nanoseconds")
    .option('--output <file>', 'also write the sum as a histogram log')
    .option('--overwrite', 'replace the file of --output if it is already there')
    .option('--json', 'print the sum as JSON')
    .action(async (files: string[], _options: unknown, command: Command) => {
      // `bench` has options of the same names, which commander gives to it.
      const { output, overwrite, json } = mergeOptions.parse(command.optsWithGlobals())
      const { runMerge } = await import('./merge.ts')
      const file = output === undefined ? null : ({ path: output, overwrite, overwriteOption: '--overwrite' } as const)
      finish(await runMerge(files, file, json))
    })
}
