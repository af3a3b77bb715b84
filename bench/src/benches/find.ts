import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { nodeCommand } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { spreadOf } from '../support/statistics.ts'

const answerSchema = z.object({ matching: z.number(), elapsedMs: z.number(), longestWriteMs: z.number() })

/** A search looks through the log for 150 ms at most before what waits is written. */
const mostWaitMs = 300

/** Texts that are searched for: one of them a round, each time another, because counts are kept. */
const searches = [
  { what: 'a path in every message', text: (round: number) => `price > ${99 - round / 1000}` },
  { what: 'a query in every message', text: (round: number) => `$.items[*].qty > ${9900 - round}` },
  { what: 'a path whose name is in no message', text: (round: number) => `volume > ${round}` },
  { what: 'a word', text: (round: number) => `nothing${round}` },
] as const

export const find: Bench = {
  name: 'find',
  about: 'how fast all messages of the log are searched by a path, and what writing waits for it (--records)',
  needs: [],
  async run(setting) {
    const { records, quick, temporaryFolder } = setting
    const program = new Program('find', nodeCommand(setting, 'find', [temporaryFolder, `${records}`]))
    const rows: Row[] = []
    let longest: readonly number[] = []
    for (const { what, text } of searches) {
      const rates: number[] = []
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        const { elapsedMs, longestWriteMs } = answerSchema.parse(JSON.parse(await program.ask(text(round))))
        rates.push((records / elapsedMs) * 1000)
        longest = [...longest, longestWriteMs]
      }
      rows.push({ what: `messages looked through by ${what}`, unit: 'perSecond', spread: spreadOf(rates) })
    }
    const spread = spreadOf(longest)
    rows.push({
      what: 'the longest that a message took to be written meanwhile',
      unit: 'ms',
      spread,
      bound: { atMost: mostWaitMs },
    })
    return { rows, notes: [`${records.toLocaleString('en-US')} messages of 100 bytes`] }
  },
}
