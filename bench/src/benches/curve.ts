import type { Bench, Setting } from '../bench.ts'
import { startClient, startCurveServer } from '../support/peers.ts'
import { type Placement, placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { type Figures, ratioOf, spreadOf } from '../support/statistics.ts'

const exchanges = 2000

const roundTrips = (figures: readonly Figures[] = []) => figures.map(({ p50 }) => p50 / 1000)

async function measure(setting: Setting, placement: Placement | undefined): Promise<Row[]> {
  const server = await startCurveServer(setting, placement)
  const plan = { ...server, sockets: 1, placement }
  const sides = {
    engine: await startClient(setting, 'engine', plan),
    'zeromq.js': await startClient(setting, 'zeromq.js', plan),
  }
  const figures = await interleave(setting.quick ? 10 : 40, sides, (client) => makeRound(client, exchanges))
  const where = placement ? `${placement}, ` : ''
  const [own, theirs] = [roundTrips(figures.engine), roundTrips(figures['zeromq.js'])]
  return [
    {
      what: `${where}round trip with CURVE, p50: engine / zeromq.js`,
      unit: 'x',
      spread: ratioOf(own, theirs),
      // The bound is for programs as they run in practice.
      ...(placement === 'together' ? {} : { bound: { atMost: 1.1 } }),
    },
    { what: `${where}round trip with CURVE, p50: engine`, unit: 'us', spread: spreadOf(own) },
    { what: `${where}round trip with CURVE, p50: zeromq.js`, unit: 'us', spread: spreadOf(theirs) },
  ]
}

export const curve: Bench = {
  name: 'curve',
  about: 'one message of 64 bytes and its reply at a time, with CURVE: the engine beside zeromq.js',
  needs: [],
  async run(setting) {
    const rows: Row[] = []
    for (const placement of placements) rows.push(...(await measure(setting, placement)))
    return { rows, notes: [placementNote] }
  },
}
