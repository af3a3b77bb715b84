import type { Command } from 'commander'
import { z } from 'zod'
import { patternIds, patternOf } from '../shared/zmq/patterns.ts'
import { UsageError } from './failure.ts'

const patterns: readonly string[] = patternIds.filter((id) => !patternOf(id).isDraft)

const usage = 'Write record FILE PATTERN and its options, such as: record prices.zmqrec sub -c tcp://127.0.0.1:5555'

/** Adds `record`, which is a socket command with --record and --quiet. `run` runs the command of these arguments. */
export function addRecord(program: Command, run: (args: readonly string[]) => Promise<unknown>): void {
  program
    .command('record')
    .description('write what a socket sends and receives to a file, and print no messages')
    .argument('<file>', 'where to write; --overwrite replaces a file')
    .argument('<pattern>', `the type of the socket: ${patterns.join(', ')}`)
    .argument('[options...]', 'the options and messages of that command: see its --help')
    .allowUnknownOption()
    .action(async (...given: unknown[]) => {
      const [file, pattern, rest] = z.tuple([z.string(), z.string(), z.array(z.string())]).parse(given.slice(0, 3))
      if (file.startsWith('-')) throw new UsageError(usage)
      if (!patterns.includes(pattern)) throw new UsageError(`There is no command '${pattern}' to record. ${usage}`)
      await run([pattern, '--quiet', '--record', file, ...rest])
    })
}
