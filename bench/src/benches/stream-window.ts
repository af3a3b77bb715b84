import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { nativeOf, startWithElectron } from '../support/peers.ts'
import { spreadOf } from '../support/statistics.ts'

/** Messages a second, and the bytes of each. */
const [perSecond, bytes] = [50_000, 100]
/** 64 MiB. */
const mostGrowthMB = 67.1

const answerSchema = z.object({
  perSecond: z.number(),
  longestGapMs: z.number(),
  mainGrowthMB: z.number(),
  pageGrowthMB: z.number(),
  uncounted: z.number(),
})

export const streamWindow: Bench = {
  name: 'stream-window',
  about: 'the window while one of its sockets receives 50,000 messages a second',
  needs: ['application', 'native'],
  async run(setting) {
    const { projectFolder, temporaryFolder, quick } = setting
    const { pushSource } = nativeOf(setting)
    const args = [projectFolder, temporaryFolder, pushSource, String(bytes)]
    const program = startWithElectron(setting, 'stream-window', args)
    const answers: z.infer<typeof answerSchema>[] = []
    for (const seconds of quick ? [10] : [60, 60]) {
      answers.push(answerSchema.parse(JSON.parse(await program.ask(`${perSecond} ${seconds}`))))
    }
    const of = (key: keyof z.infer<typeof answerSchema>) => spreadOf(answers.map((answer) => answer[key]))
    const growth = spreadOf(answers.map(({ mainGrowthMB, pageGrowthMB }) => mainGrowthMB + pageGrowthMB))
    return {
      rows: [
        { what: 'messages received', unit: 'perSecond', spread: of('perSecond') },
        { what: 'longest gap between frames', unit: 'ms', spread: of('longestGapMs'), bound: { atMost: 100 } },
        { what: 'growth of memory', unit: 'MB', spread: growth, bound: { atMost: mostGrowthMB } },
        { what: 'of that, the main process', unit: 'MB', spread: of('mainGrowthMB') },
        { what: 'of that, the page', unit: 'MB', spread: of('pageGrowthMB') },
        { what: 'messages uncounted', unit: 'count', spread: of('uncounted'), bound: { atMost: 0 } },
      ],
      notes: [],
    }
  },
}
