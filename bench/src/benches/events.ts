import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { startWithElectron } from '../support/peers.ts'
import { interleave } from '../support/rounds.ts'
import { ratioOf, spreadOf } from '../support/statistics.ts'

const deliverySchema = z.object({
  sent: z.number(),
  received: z.number(),
  outOfOrder: z.number(),
  elapsedNs: z.number(),
})
const floodSchema = deliverySchema.extend({ exchanges: z.number(), asked: z.number() })

const burstEvents = 32_000
const floodExchanges = 300

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const perSecond = ({ received, elapsedNs }: z.infer<typeof deliverySchema>) => (received / elapsedNs) * 1e9
const lost = ({ sent, received, outOfOrder }: z.infer<typeof deliverySchema>) => Math.abs(sent - received) + outOfOrder

export const events: Bench = {
  name: 'events',
  about: 'events from the main process that reach the window, beside an empty window with the same preload script',
  needs: ['application'],
  async run(setting) {
    const program = startWithElectron(setting, 'event-delivery', [setting.projectFolder, setting.temporaryFolder])
    const rounds = setting.quick ? 3 : 10
    const bursts = await interleave(rounds, { inspector: 'inspector', blank: 'blank' }, async (side) =>
      deliverySchema.parse(JSON.parse(await program.ask(`${side} ${burstEvents}`))),
    )
    const floods = await interleave(rounds, { flood: 'flood' }, async (side) =>
      floodSchema.parse(JSON.parse(await program.ask(`${side} ${floodExchanges}`))),
    )
    const all = [...bursts.inspector, ...bursts.blank, ...floods.flood]
    return {
      rows: [
        {
          what: 'sent at once: inspector / blank window',
          unit: 'x',
          spread: ratioOf(bursts.inspector.map(perSecond), bursts.blank.map(perSecond)),
        },
        { what: 'sent at once: inspector', unit: 'perSecond', spread: spreadOf(bursts.inspector.map(perSecond)) },
        { what: 'sent at once: blank window', unit: 'perSecond', spread: spreadOf(bursts.blank.map(perSecond)) },
        {
          what: 'while 32 connections repeat: events',
          unit: 'perSecond',
          spread: spreadOf(floods.flood.map(perSecond)),
        },
        {
          what: 'while 32 connections repeat: exchanges',
          unit: 'perSecond',
          spread: spreadOf(floods.flood.map(({ exchanges, elapsedNs }) => (exchanges / elapsedNs) * 1e9)),
        },
        {
          what: 'events lost or out of order in all rounds',
          unit: 'count',
          spread: spreadOf([sum(all.map(lost))]),
          bound: { atMost: 0 },
        },
        {
          what: 'exchanges that the window was not told of',
          unit: 'count',
          spread: spreadOf([sum(floods.flood.map(({ exchanges, asked }) => asked - exchanges))]),
          bound: { atMost: 0 },
        },
      ],
      notes: [],
    }
  },
}
