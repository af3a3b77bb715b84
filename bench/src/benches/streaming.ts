import { join } from 'node:path'
import { z } from 'zod'
import type { Bench, Setting } from '../bench.ts'
import { Program } from '../support/children.ts'
import { nativeOf, nodeCommand } from '../support/peers.ts'
import { place, placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const answerSchema = z.object({ elapsedNs: z.number(), lost: z.number() })

type Direction = 'receive' | 'send'
const kinds = ['engine', 'log', 'zeromq.js'] as const
type Kind = (typeof kinds)[number]

const named: Record<Kind, string> = { engine: 'engine', log: 'engine with log', 'zeromq.js': 'zeromq.js' }
const sizes = [16, 1024] as const

/** Messages in a round: so few that the log takes them all, as it would at a lower rate. */
const messages = 20_000

interface Side {
  readonly program: Program
  /** The other end, which sends as many messages as it is told to; null where it only receives. */
  readonly source: Program | null
}

async function startSide(setting: Setting, direction: Direction, kind: Kind, bytes: number): Promise<Side> {
  const { pushSource, pullSink } = nativeOf(setting)
  const [placement] = placements
  const other =
    direction === 'receive' ? { command: pushSource, args: [String(bytes)] } : { command: pullSink, args: [] }
  const peer = new Program('the other end', place('server', placement, other))
  const endpoint = await peer.line()
  const logFile = join(setting.temporaryFolder, `streaming-${direction}-${bytes}.sqlite`)
  const args = [direction, kind, endpoint, String(bytes), ...(kind === 'log' ? [logFile] : [])]
  const program = new Program(
    `${named[kind]}, ${direction}`,
    place('client', placement, nodeCommand(setting, 'streaming', args)),
  )
  await program.line()
  return { program, source: direction === 'receive' ? peer : null }
}

export const streaming: Bench = {
  name: 'streaming',
  about: 'a PULL that receives from a PUSH in C, and a PUSH that sends to a PULL in C, beside a bare loop of zeromq.js',
  needs: ['native'],
  async run(setting) {
    const rows: Row[] = []
    let lost = 0
    for (const direction of ['receive', 'send'] as const) {
      for (const bytes of sizes) {
        const sides = {
          engine: await startSide(setting, direction, 'engine', bytes),
          log: await startSide(setting, direction, 'log', bytes),
          'zeromq.js': await startSide(setting, direction, 'zeromq.js', bytes),
        }
        const rates = await interleave(setting.quick ? 5 : 20, sides, async ({ program, source }) => {
          source?.tell(String(messages))
          const answer = answerSchema.parse(JSON.parse(await program.ask(String(messages))))
          lost += answer.lost
          return ((messages - 1) / answer.elapsedNs) * 1e9
        })
        const what = `${direction}, ${bytes} bytes`
        for (const kind of ['engine', 'log'] as const) {
          const bound = { bound: { atLeast: 0.8 } }
          const spread = ratioOf(rates[kind], rates['zeromq.js'])
          rows.push({ what: `${what}: ${named[kind]} / zeromq.js`, unit: 'x', spread, ...bound })
        }
        for (const kind of kinds) {
          rows.push({ what: `${what}: ${named[kind]}`, unit: 'perSecond', spread: spreadOf(rates[kind]) })
        }
      }
    }
    rows.push({ what: 'entries lost', unit: 'count', spread: spreadOf([lost]), bound: { atMost: 0 } })
    return { rows, notes: [placementNote] }
  },
}
