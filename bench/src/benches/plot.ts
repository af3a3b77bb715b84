import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { startWithElectron } from '../support/peers.ts'
import { spreadOf } from '../support/statistics.ts'

/** Series, and the messages of each a second. */
const [series, perSecond] = [10, 1000]

/** On a machine that does nothing else. */
const mostGapMs = 150

const answerSchema = z.object({
  perSecond: z.number(),
  framesPerSecond: z.number(),
  longestGapMs: z.number(),
  p99GapMs: z.number(),
  drawn: z.number(),
  missing: z.number(),
})

export const plot: Bench = {
  name: 'plot',
  about: 'the window while it plots 10 series of 1,000 messages a second each',
  needs: ['application'],
  async run(setting) {
    const { projectFolder, temporaryFolder, long } = setting
    const program = startWithElectron(setting, 'plot', [projectFolder, temporaryFolder, String(series)])
    const answer = answerSchema.parse(JSON.parse(await program.ask(`${perSecond} ${long ? 60 : 10}`)))
    const of = (key: keyof z.infer<typeof answerSchema>) => spreadOf([answer[key]])
    return {
      rows: [
        { what: 'messages plotted', unit: 'perSecond', spread: of('perSecond') },
        { what: 'frames of the window', unit: 'perSecond', spread: of('framesPerSecond') },
        { what: 'longest gap between frames', unit: 'ms', spread: of('longestGapMs'), bound: { atMost: mostGapMs } },
        { what: 'gap between frames, p99', unit: 'ms', spread: of('p99GapMs') },
        { what: 'points drawn', unit: 'count', spread: of('drawn'), bound: { atLeast: 1000 } },
        { what: 'messages without their point', unit: 'count', spread: of('missing'), bound: { atMost: 0 } },
      ],
      notes: [],
    }
  },
}
