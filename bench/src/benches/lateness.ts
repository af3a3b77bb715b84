import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { measure } from '../support/measuring.ts'
import { startServer } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const ratePerSecond = 1000
/** Limit for the lateness of sends at p99. */
const mostMs = 1

const bounded = ([first, ...others]: readonly Row[]): Row[] =>
  first ? [{ ...first, bound: { atMost: mostMs } }, ...others] : []

export const lateness: Bench = {
  name: 'lateness',
  about: "how late the lab's sends are at 1,000 a second, beside a program in C that only wakes as often",
  needs: ['native', 'command line'],
  async run(setting) {
    const { native } = setting
    const seconds = setting.quick ? 2 : 5
    const endpoint = await startServer(setting)
    const args = ['--endpoint', endpoint, '--rate', String(ratePerSecond), '--duration', `${seconds}s`, '--size', '64']
    const ticker = native && new Program('the ticker', { command: native.ticker, args: [String(ratePerSecond)] })
    const sides: Record<string, Program | null> = ticker ? { lab: null, C: ticker } : { lab: null }
    const figures = await interleave(
      setting.quick ? 2 : 5,
      sides,
      async (program): Promise<{ p50: number; p99: number }> =>
        program ? makeRound(program, ratePerSecond * seconds) : (await measure(setting, args)).lateness,
    )
    const milliseconds = (side: 'lab' | 'C', which: 'p50' | 'p99') =>
      (figures[side] ?? []).map((each) => each[which] / 1e6)
    const late = spreadOf(milliseconds('lab', 'p99'))
    const rows: Row[] = [{ what: 'late by, p99: lab', unit: 'ms', spread: late }]
    rows.push({ what: 'late by, p50: lab', unit: 'ms', spread: spreadOf(milliseconds('lab', 'p50')) })
    if (!ticker) return { rows: bounded(rows), notes: [] }
    const possible = spreadOf(milliseconds('C', 'p99'))
    rows.push(
      {
        what: 'late by, p99: lab / C',
        unit: 'x',
        spread: ratioOf(milliseconds('lab', 'p99'), milliseconds('C', 'p99')),
      },
      { what: 'late by, p99: C', unit: 'ms', spread: possible },
      { what: 'late by, p50: C', unit: 'ms', spread: spreadOf(milliseconds('C', 'p50')) },
    )
    if (possible.median <= mostMs) return { rows: bounded(rows), notes: [] }
    const note = `The bound of ${mostMs} ms is not judged: this machine is too busy even for a program that only wakes.`
    return { rows, notes: [note] }
  },
}
