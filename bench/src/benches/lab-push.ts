import type { Bench } from '../bench.ts'
import type { Program } from '../support/children.ts'
import { placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'
import { measureStep, Receiver, startSender } from '../support/streams.ts'

const loads = [
  { bytes: 16, messages: 4_000_000, bound: { bound: { atLeast: 2e6 } } },
  { bytes: 1024, messages: 500_000, bound: {} },
] as const

export const labPush: Bench = {
  name: 'lab-push',
  about: "the lab's own PUSH into a PULL in C, which counts, beside a PUSH in C",
  needs: ['native', 'command line'],
  async run(setting) {
    const rows: Row[] = []
    const [placement] = placements
    for (const { bytes, messages: most, bound } of loads) {
      const messages = setting.quick ? most / 10 : most
      const receiver = await Receiver.start(setting, 'counted', placement)
      const sides: Record<'lab' | 'C', Program | null> = {
        lab: null,
        C: startSender(setting, receiver.endpoint, bytes, { placement }),
      }
      const flood = ['--flood', '--endpoint', receiver.endpoint, '--size', String(bytes), '--warmup', '0']
      const rates = await interleave(setting.quick ? 3 : 8, sides, (program) =>
        receiver.rateOf(messages, async () =>
          program
            ? program.ask(String(messages))
            : measureStep(setting, [...flood, '--count', String(messages)], placement),
        ),
      )
      const what = `${bytes.toLocaleString('en-US')} bytes`
      rows.push(
        { what: `${what}: lab`, unit: 'perSecond', spread: spreadOf(rates.lab), ...bound },
        { what: `${what}: lab / C`, unit: 'x', spread: ratioOf(rates.lab, rates.C) },
        { what: `${what}: C`, unit: 'perSecond', spread: spreadOf(rates.C) },
      )
      await sides.C?.stop()
      await receiver.stop()
    }
    return { rows, notes: [placementNote, 'Messages a second that the PULL got, from the first to the last.'] }
  },
}
