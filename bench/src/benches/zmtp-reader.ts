import { z } from 'zod'
import type { Bench, Setting } from '../bench.ts'
import { Program } from '../support/children.ts'
import { nodeCommand } from '../support/peers.ts'
import { place, placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const answerSchema = z.object({ elapsedNs: z.number(), bytes: z.number(), frames: z.number() })
type Answer = z.infer<typeof answerSchema>

const perSecond = ({ elapsedNs }: Answer, count: number): number => (count / elapsedNs) * 1e9

/** The size of the frames, how it is measured, and its bounds. */
const loads = [
  {
    bytes: 16,
    what: '16 bytes',
    ratio: 0.5,
    unit: 'perSecond',
    atLeast: 2e6,
    figure: (answer: Answer) => perSecond(answer, answer.frames),
  },
  {
    bytes: 1 << 20,
    what: '1 MiB, in a second',
    ratio: 0.8,
    unit: 'MB',
    atLeast: 1000,
    figure: (answer: Answer) => perSecond(answer, answer.bytes) / 1e6,
  },
] as const

async function startSink(setting: Setting, kind: 'bare' | 'reader', port: string): Promise<Program> {
  const [placement] = placements
  const command = nodeCommand(setting, 'zmtp-sink', [kind, port])
  const program = new Program(`the sink, ${kind}`, place('client', placement, command))
  await program.line()
  return program
}

export const zmtpReader: Bench = {
  name: 'zmtp-reader',
  about: 'the ZMTP reader beside bare node:net, which gets the same bytes',
  needs: [],
  async run(setting) {
    const rows: Row[] = []
    const [placement] = placements
    for (const { bytes, what, ratio, unit, atLeast, figure } of loads) {
      const command = nodeCommand(setting, 'zmtp-source', [String(bytes), setting.quick ? '128' : '512'])
      const port = await new Program('the source', place('server', placement, command)).line()
      const sides = {
        reader: await startSink(setting, 'reader', port),
        bare: await startSink(setting, 'bare', port),
      }
      const answers = await interleave(setting.quick ? 3 : 12, sides, async (program) =>
        answerSchema.parse(JSON.parse(await program.ask('go'))),
      )
      const rates = (of: readonly Answer[]) => of.map((answer) => perSecond(answer, answer.bytes))
      rows.push({
        what: `${what}: reader / bare`,
        unit: 'x',
        spread: ratioOf(rates(answers.reader), rates(answers.bare)),
        bound: { atLeast: ratio },
      })
      rows.push({ what: `${what}: reader`, unit, spread: spreadOf(answers.reader.map(figure)), bound: { atLeast } })
    }
    return { rows, notes: [placementNote] }
  },
}
