import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { measure } from '../support/measuring.ts'
import { messageBytes, nativeOf, startServer } from '../support/peers.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { spreadOf } from '../support/statistics.ts'

const delaysMs = [1, 5, 20]

export const knownDelay: Bench = {
  name: 'known-delay',
  about: "what the lab measures of a server that waits 1, 5 and 20 ms, beside a client in C: both figures' p50",
  needs: ['native', 'command line'],
  async run(setting) {
    const { requestClient } = nativeOf(setting)
    const seconds = setting.quick ? 1 : 2
    const rows: Row[] = []
    for (const delayMs of delaysMs) {
      const endpoint = await startServer(setting, undefined, delayMs * 1000)
      const client = new Program('the client in C', {
        command: requestClient,
        args: [endpoint, '1', String(messageBytes)],
      })
      const p50s = await interleave(setting.quick ? 2 : 4, { lab: null, C: client }, async (program) => {
        if (program) return (await makeRound(program, (seconds * 1000) / delayMs)).p50 / 1e6
        const args = ['--endpoint', endpoint, '--concurrency', '1', '--duration', `${seconds}s`, '--size', '64']
        return (await measure(setting, args)).latencyNs.p50 / 1e6
      })
      const apart = p50s.lab.map((lab, index) => Math.abs(lab - (p50s.C[index] ?? Number.NaN)))
      rows.push(
        { what: `${delayMs} ms: lab and C apart by`, unit: 'ms', spread: spreadOf(apart), bound: { atMost: 0.3 } },
        { what: `${delayMs} ms: lab`, unit: 'ms', spread: spreadOf(p50s.lab) },
        { what: `${delayMs} ms: C`, unit: 'ms', spread: spreadOf(p50s.C) },
      )
    }
    return { rows, notes: [] }
  },
}
