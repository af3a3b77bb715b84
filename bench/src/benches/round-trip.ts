import type { Bench, Setting } from '../bench.ts'
import type { Program } from '../support/children.ts'
import { type ClientKind, clientKinds, startClient, startServer } from '../support/peers.ts'
import { type Placement, placementNote, placements } from '../support/placement.ts'
import type { Bound, Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { type Figures, ratioOf, spreadOf } from '../support/statistics.ts'

const exchanges = 2000

/** Upper bounds of the engine's p50 relative to another client's. */
const bounds: Partial<Record<ClientKind, Bound>> = {
  'zeromq.js': { atMost: 1.1 },
  C: { atMost: 1.6 },
  pyzmq: { atMost: 1 },
}

const roundTrips = (figures: readonly Figures[]) => figures.map(({ p50 }) => p50 / 1000)
const wholeTimes = (figures: readonly Figures[]) => figures.map(({ elapsedNs, count }) => elapsedNs / count / 1000)

async function startClients(setting: Setting, placement: Placement | undefined): Promise<Map<ClientKind, Program>> {
  const endpoint = await startServer(setting, placement)
  const clients = new Map<ClientKind, Program>()
  for (const kind of clientKinds(setting)) {
    clients.set(kind, await startClient(setting, kind, { endpoint, sockets: 1, placement }))
  }
  return clients
}

async function measure(setting: Setting, placement: Placement | undefined): Promise<Row[]> {
  const clients = await startClients(setting, placement)
  const sides = Object.fromEntries(clients)
  const figures = await interleave(setting.quick ? 10 : 40, sides, (client) => makeRound(client, exchanges))
  const of = (kind: ClientKind) => figures[kind] ?? []
  const where = placement ? `${placement}, ` : ''
  const [, ...others] = clients.keys()
  return [
    ...others.flatMap((kind): Row[] => {
      // The bounds are for programs as they run in practice.
      const bound = placement === 'together' ? undefined : bounds[kind]
      return [
        {
          what: `${where}round trip, p50: engine / ${kind}`,
          unit: 'x',
          spread: ratioOf(roundTrips(of('engine')), roundTrips(of(kind))),
          ...(bound && { bound }),
        },
        {
          what: `${where}time per exchange: engine / ${kind}`,
          unit: 'x',
          spread: ratioOf(wholeTimes(of('engine')), wholeTimes(of(kind))),
        },
      ]
    }),
    ...[...clients.keys()].map(
      (kind): Row => ({ what: `${where}round trip, p50: ${kind}`, unit: 'us', spread: spreadOf(roundTrips(of(kind))) }),
    ),
  ]
}

export const roundTrip: Bench = {
  name: 'round-trip',
  about: 'one message of 64 bytes and its reply at a time: the engine beside zeromq.js, C and pyzmq',
  needs: ['native', 'python'],
  async run(setting) {
    const rows: Row[] = []
    for (const placement of placements) rows.push(...(await measure(setting, placement)))
    return {
      rows,
      notes: [placementNote, 'The time per exchange holds what the engine does beside the round trip, too.'],
    }
  },
}
