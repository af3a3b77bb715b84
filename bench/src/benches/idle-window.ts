import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { startWithElectron } from '../support/peers.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const answerSchema = z.object({ held: z.number(), busyPercent: z.number(), wakeups: z.number() })
type Answer = z.infer<typeof answerSchema>

const megabyte = 1e6

export const idleWindow: Bench = {
  name: 'idle-window',
  about: 'memory and processor of a window that nobody touches, beside an empty window of the same Electron',
  needs: ['application'],
  async run(setting) {
    const program = startWithElectron(setting, 'idle-window', [setting.projectFolder, setting.temporaryFolder])
    const { inspector, blank } = await interleave(
      setting.quick ? 2 : 5,
      { inspector: 'inspector', blank: 'blank' } as const,
      async (application) => answerSchema.parse(JSON.parse(await program.ask(application))),
    )
    const values = (answers: readonly Answer[], of: (answer: Answer) => number) => answers.map(of)
    const held = ({ held }: Answer) => held / megabyte
    return {
      rows: [
        {
          what: 'memory: inspector / blank',
          unit: 'x',
          spread: ratioOf(values(inspector, held), values(blank, held)),
          bound: { atMost: 1.5 },
        },
        { what: 'memory: inspector', unit: 'MB', spread: spreadOf(values(inspector, held)) },
        { what: 'memory: blank', unit: 'MB', spread: spreadOf(values(blank, held)) },
        ...(['inspector', 'blank'] as const).flatMap((name) => {
          const answers = { inspector, blank }[name]
          return [
            {
              what: `processor: ${name}`,
              unit: 'percent' as const,
              spread: spreadOf(values(answers, ({ busyPercent }) => busyPercent)),
            },
            {
              what: `wake-ups: ${name}`,
              unit: 'perSecond' as const,
              spread: spreadOf(values(answers, ({ wakeups }) => wakeups)),
            },
          ]
        }),
      ],
      notes: ['Memory is what each process has alone and its share of what it has with others (Pss).'],
    }
  },
}
