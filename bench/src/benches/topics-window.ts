import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { nativeOf, startWithElectron } from '../support/peers.ts'
import { spreadOf } from '../support/statistics.ts'

/** Messages a second, the bytes of each, and how many topics they have. */
const [perSecond, bytes, topics] = [50_000, 100, 100_000]

const answerSchema = z.object({
  topics: z.number(),
  perSecond: z.number(),
  longestGapMs: z.number(),
  mainGrowthMB: z.number(),
  pageGrowthMB: z.number(),
})

export const topicsWindow: Bench = {
  name: 'topics-window',
  about: 'the window while it shows a tree of 100,000 topics by their rates, at 50,000 messages a second',
  needs: ['application', 'native'],
  async run(setting) {
    const { projectFolder, temporaryFolder, quick, long } = setting
    const { pushSource } = nativeOf(setting)
    const args = [projectFolder, temporaryFolder, pushSource, String(bytes), String(topics)]
    const program = startWithElectron(setting, 'stream-window', args)
    const seconds = long ? 60 : quick ? 5 : 15
    const answer = answerSchema.parse(JSON.parse(await program.ask(`${perSecond} ${seconds}`)))
    const of = (key: keyof z.infer<typeof answerSchema>) => spreadOf([answer[key]])
    return {
      rows: [
        { what: 'messages received', unit: 'perSecond', spread: of('perSecond') },
        { what: 'topics', unit: 'count', spread: of('topics'), bound: { atLeast: topics } },
        { what: 'longest gap between frames', unit: 'ms', spread: of('longestGapMs'), bound: { atMost: 100 } },
        { what: 'growth of the main process', unit: 'MB', spread: of('mainGrowthMB') },
        { what: 'growth of the page', unit: 'MB', spread: of('pageGrowthMB') },
      ],
      notes: [],
    }
  },
}
