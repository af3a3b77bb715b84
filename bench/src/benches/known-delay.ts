import type { Bench, Setting } from '../bench.ts'
import { Program } from '../support/children.ts'
import { measure } from '../support/measuring.ts'
import { messageBytes, nativeOf, startServer } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

/** What the server waits, and how often it is asked: null for a closed loop. */
interface Load {
  readonly delayMs: number
  readonly ratePerSecond: number | null
}

const delayed: readonly Load[] = [
  ...[1, 5, 20].map((delayMs) => ({ delayMs, ratePerSecond: null })),
  { delayMs: 5, ratePerSecond: 100 },
]
/** Rates at which the clients sleep in between, of a server that answers at once. */
const rates = [100, 1000]

interface Medians {
  /** Milliseconds, by round. */
  readonly lab: readonly number[]
  readonly C: readonly number[]
}

/** The p50 of both, in turn: in the closed loop from sending, in the open loop from when a request was due. */
async function mediansOf(setting: Setting, { delayMs, ratePerSecond }: Load): Promise<Medians> {
  const { requestClient } = nativeOf(setting)
  const seconds = setting.quick ? 1 : 2
  const endpoint = await startServer(setting, undefined, delayMs * 1000)
  const rate = ratePerSecond === null ? [] : [String(ratePerSecond)]
  const client = new Program('the client in C', {
    command: requestClient,
    args: [endpoint, '1', String(messageBytes), ...rate],
  })
  const load = ratePerSecond === null ? ['--concurrency', '1'] : ['--rate', String(ratePerSecond)]
  const args = ['--endpoint', endpoint, '--client', 'zmtp', ...load, '--duration', `${seconds}s`, '--size', '64']
  const exchanges = seconds * (ratePerSecond ?? 1000 / delayMs)
  const medians = await interleave(setting.quick ? 2 : 4, { lab: null, C: client }, async (program) =>
    program ? (await makeRound(program, exchanges)).p50 / 1e6 : (await measure(setting, args)).latencyNs.p50 / 1e6,
  )
  await client.stop()
  return medians
}

const medianRows = (what: string, { lab, C }: Medians): Row[] => [
  { what: `${what}: lab`, unit: 'ms', spread: spreadOf(lab) },
  { what: `${what}: C`, unit: 'ms', spread: spreadOf(C) },
]

export const knownDelay: Bench = {
  name: 'known-delay',
  about: 'what the lab measures of a server that waits 0, 1, 5 and 20 ms, beside a client in C: both p50',
  needs: ['native', 'command line'],
  async run(setting) {
    const rows: Row[] = []
    for (const load of delayed) {
      const medians = await mediansOf(setting, load)
      const apart = medians.lab.map((lab, index) => Math.abs(lab - (medians.C[index] ?? Number.NaN)))
      const what = `${load.delayMs} ms${load.ratePerSecond === null ? '' : `, ${load.ratePerSecond}/s`}`
      rows.push(
        { what: `${what}: lab and C apart by`, unit: 'ms', spread: spreadOf(apart), bound: { atMost: 0.1 } },
        ...medianRows(what, medians),
      )
    }
    for (const ratePerSecond of rates) {
      const medians = await mediansOf(setting, { delayMs: 0, ratePerSecond })
      const what = `no delay, ${ratePerSecond}/s`
      rows.push(
        { what: `${what}: lab / C`, unit: 'x', spread: ratioOf(medians.lab, medians.C), bound: { atMost: 1.1 } },
        ...medianRows(what, medians),
      )
    }
    return {
      rows,
      notes: ["At a rate, both time each request from when it was due, and C's client sleeps in between."],
    }
  },
}
