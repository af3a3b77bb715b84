import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { startWithElectron } from '../support/peers.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const answerSchema = z.object({ ms: z.number() })

export const firstWindow: Bench = {
  name: 'first-window',
  about: 'from the start of the process to a window that can be used, beside an empty window of the same Electron',
  needs: ['application'],
  async run(setting) {
    const program = startWithElectron(setting, 'first-window', [setting.projectFolder, setting.temporaryFolder])
    const { inspector, blank } = await interleave(
      setting.quick ? 3 : 10,
      { inspector: 'inspector', blank: 'blank' } as const,
      async (application) => answerSchema.parse(JSON.parse(await program.ask(application))).ms,
    )
    return {
      rows: [
        {
          what: 'first usable window: inspector / blank',
          unit: 'x',
          spread: ratioOf(inspector, blank),
          bound: { atMost: 1.5 },
        },
        { what: 'first usable window: inspector', unit: 'ms', spread: spreadOf(inspector) },
        { what: 'first usable window: blank', unit: 'ms', spread: spreadOf(blank) },
      ],
      notes: [],
    }
  },
}
