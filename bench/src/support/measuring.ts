import { join } from 'node:path'
import { z } from 'zod'
import type { Setting } from '../bench.ts'
import { Program } from './children.ts'

const runSchema = z.object({
  counts: z.object({ sent: z.number(), replied: z.number() }),
  latencyNs: z.object({ p50: z.number(), p99: z.number() }),
  throughputPerSecond: z.number(),
  lateness: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
})

export type MeasuredRun = z.infer<typeof runSchema>

/** Runs the command line's `bench` and returns its result. Times in nanoseconds. */
export async function measure({ projectFolder }: Setting, args: readonly string[]): Promise<MeasuredRun> {
  const script = join(projectFolder, 'out', 'cli', 'index.js')
  // Its progress goes to standard error.
  const program = new Program(
    'zmq-inspector bench',
    { command: process.execPath, args: [script, 'bench', ...args, '--json'] },
    'told',
  )
  const run = runSchema.parse(JSON.parse(await program.line()))
  await program.stop()
  const { sent, replied } = run.counts
  if (sent === 0 || replied !== sent) throw new Error(`of ${sent} requests ${replied} were answered`)
  return run
}
