import type { Bench, Setting } from '../bench.ts'
import { Program } from '../support/children.ts'
import { measure } from '../support/measuring.ts'
import { startServer } from '../support/peers.ts'
import type { Findings, Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

/** Limits for the lateness of sends at p99. */
const loads = [
  { ratePerSecond: 1000, mostMs: 0.5 },
  { ratePerSecond: 20_000, mostMs: 1 },
] as const

type Load = (typeof loads)[number]

const bounded = ([first, ...others]: readonly Row[], mostMs: number): Row[] =>
  first ? [{ ...first, bound: { atMost: mostMs } }, ...others] : []

async function latenessOf(setting: Setting, endpoint: string, { ratePerSecond, mostMs }: Load): Promise<Findings> {
  const { native } = setting
  const seconds = setting.quick ? 2 : 5
  const rate = String(ratePerSecond)
  const load = ['--client', 'zmtp', '--rate', rate, '--duration', `${seconds}s`, '--size', '64']
  const ticker = native && new Program('the ticker', { command: native.ticker, args: [rate] })
  const sides: Record<string, Program | null> = ticker ? { lab: null, C: ticker } : { lab: null }
  const figures = await interleave(
    setting.quick ? 2 : 5,
    sides,
    async (program): Promise<{ p50: number; p99: number }> =>
      program
        ? makeRound(program, ratePerSecond * seconds)
        : (await measure(setting, ['--endpoint', endpoint, ...load])).lateness,
  )
  const milliseconds = (side: 'lab' | 'C', which: 'p50' | 'p99') =>
    (figures[side] ?? []).map((each) => each[which] / 1e6)
  const what = `${ratePerSecond.toLocaleString('en-US')}/s, late by`
  const rows: Row[] = [
    { what: `${what}, p99: lab`, unit: 'ms', spread: spreadOf(milliseconds('lab', 'p99')) },
    { what: `${what}, p50: lab`, unit: 'ms', spread: spreadOf(milliseconds('lab', 'p50')) },
  ]
  if (!ticker) return { rows: bounded(rows, mostMs), notes: [] }
  const possible = spreadOf(milliseconds('C', 'p99'))
  rows.push(
    {
      what: `${what}, p99: lab / C`,
      unit: 'x',
      spread: ratioOf(milliseconds('lab', 'p99'), milliseconds('C', 'p99')),
    },
    { what: `${what}, p99: C`, unit: 'ms', spread: possible },
    { what: `${what}, p50: C`, unit: 'ms', spread: spreadOf(milliseconds('C', 'p50')) },
  )
  if (possible.median <= mostMs) return { rows: bounded(rows, mostMs), notes: [] }
  const note = `The bound of ${mostMs} ms is not judged: this machine is too busy even for a program that only wakes.`
  return { rows, notes: [note] }
}

export const lateness: Bench = {
  name: 'lateness',
  about: "how late the lab's sends are at 1,000 and 20,000 a second, beside a program in C that only wakes as often",
  needs: ['native', 'command line'],
  async run(setting) {
    const endpoint = await startServer(setting)
    const rows: Row[] = []
    const notes: string[] = []
    for (const load of loads) {
      const found = await latenessOf(setting, endpoint, load)
      rows.push(...found.rows)
      notes.push(...found.notes)
    }
    return { rows, notes }
  },
}
