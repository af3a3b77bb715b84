import { join } from 'node:path'
import { z } from 'zod'
import type { LabRun, StepResult } from '../../../src/shared/lab/result.ts'
import { parseRunJson } from '../../../src/shared/lab/summary.ts'
import type { Setting } from '../bench.ts'
import { Program } from './children.ts'
import { nativeOf } from './peers.ts'
import { type Placement, place } from './placement.ts'
import { makeRound } from './rounds.ts'
import type { Figures } from './statistics.ts'

const countedSchema = z.object({ count: z.number(), elapsedNs: z.number() })

/** Messages per second of a round, from the first to the last that came. */
const perSecond = ({ count, elapsedNs }: { count: number; elapsedNs: number }): number =>
  ((count - 1) / elapsedNs) * 1e9

/** A PULL in C that counts or times what comes. */
export class Receiver {
  private constructor(
    private readonly program: Program,
    readonly endpoint: string,
  ) {}

  static async start(setting: Setting, how: 'counted' | 'timed', placement?: Placement): Promise<Receiver> {
    const { streamReceiver } = nativeOf(setting)
    const command = place('server', placement, { command: streamReceiver, args: ['PULL', how] })
    const program = new Program('the receiver in C', command)
    return new Receiver(program, await program.line())
  }

  /** How many messages a second come while `send` has so many sent. */
  async rateOf(messages: number, send: () => Promise<unknown>): Promise<number> {
    const [answer] = await Promise.all([this.program.ask(String(messages)), send()])
    return perSecond(countedSchema.parse(JSON.parse(answer)))
  }

  /** How long messages are on their way while `send` has so many sent. */
  async timesOf(messages: number, send: () => Promise<unknown>): Promise<Figures> {
    const [figures] = await Promise.all([makeRound(this.program, messages), send()])
    return figures
  }

  stop(): Promise<void> {
    return this.program.stop()
  }
}

/** A PUSH in C, which has connected and sends as many messages as it is asked to; so many a second with `rate`. */
export function startSender(
  setting: Setting,
  endpoint: string,
  bytes: number,
  { rate, placement }: { readonly rate?: number; readonly placement?: Placement | undefined } = {},
): Program {
  const args = ['PUSH', endpoint, String(bytes), ...(rate === undefined ? [] : [String(rate)])]
  return new Program('the sender in C', place('client', placement, { command: nativeOf(setting).streamSender, args }))
}

/** Runs the command line's `bench`, whose run must finish, and returns its only step. */
export async function measureStep(
  { projectFolder }: Setting,
  args: readonly string[],
  placement?: Placement,
): Promise<StepResult> {
  const script = join(projectFolder, 'out', 'cli', 'index.js')
  const command = { command: process.execPath, args: [script, 'bench', ...args, '--json'] }
  // Its progress goes to standard error.
  const program = new Program('zmq-inspector bench', place('client', placement, command), 'told')
  const run: LabRun = parseRunJson(await program.line())
  await program.stop()
  const [step] = run.steps
  if (run.outcome !== 'finished' || step === undefined) {
    throw new Error(`the run did not finish: ${run.problem?.message ?? 'nothing was measured'}`)
  }
  return step
}
