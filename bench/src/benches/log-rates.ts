import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { nodeCommand } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const answerSchema = z.object({ count: z.number(), elapsedNs: z.number(), unlogged: z.number() })

/** The actions, with their number per round. */
const actions = [
  { name: 'append', times: 10_000, what: 'entries of 64 bytes appended', bound: { atLeast: 0.9 } },
  { name: 'newest', times: 200, what: 'queries for the newest 100', bound: undefined },
  { name: 'search', times: 5, what: 'searches through all entries', bound: undefined },
] as const

export const logRates: Bench = {
  name: 'log-rates',
  about: 'how fast the log takes entries and answers queries, beside SQLite alone in the same process',
  needs: [],
  async run(setting) {
    const program = new Program('log-rates', nodeCommand(setting, 'log-rates', [setting.temporaryFolder]))
    let unlogged = 0
    const rows: Row[] = []
    for (const { name, times, what, bound } of actions) {
      const { log, sqlite } = await interleave(
        setting.quick ? 5 : 15,
        { log: 'log', sqlite: 'sqlite' },
        async (side) => {
          const answer = answerSchema.parse(JSON.parse(await program.ask(`${side} ${name} ${times}`)))
          unlogged = answer.unlogged
          return (answer.count / answer.elapsedNs) * 1e9
        },
      )
      rows.push(
        { what: `${what}: log / SQLite alone`, unit: 'x', spread: ratioOf(log, sqlite), ...(bound && { bound }) },
        { what: `${what}: log`, unit: 'perSecond', spread: spreadOf(log) },
      )
    }
    const lost: Row = { what: 'entries lost', unit: 'count', spread: spreadOf([unlogged]), bound: { atMost: 0 } }
    return { rows: [...rows, lost], notes: [] }
  },
}
