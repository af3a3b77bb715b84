import type { Bench } from '../bench.ts'
import type { Program } from '../support/children.ts'
import { type ClientKind, clientKinds, startClient, startServer } from '../support/peers.ts'
import { placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { ratesOf, ratioOf, spreadOf } from '../support/statistics.ts'

/** Numbers of sockets, and their exchanges per round: about 0.2 s. */
const loads = [
  { sockets: 1, exchanges: 2000 },
  { sockets: 8, exchanges: 6000 },
  { sockets: 64, exchanges: 10_000 },
] as const

const nameOf = (kind: ClientKind, sockets: number) => `${sockets === 1 ? '1 socket' : `${sockets} sockets`}: ${kind}`

export const throughput: Bench = {
  name: 'throughput',
  about: 'exchanges a second with 1, 8 and 64 REQ sockets at once: the engine beside zeromq.js, C and pyzmq',
  needs: ['native', 'python'],
  async run(setting) {
    // On separate cores where possible: the question is how much the client gets out of its own.
    const [placement] = placements
    const endpoint = await startServer(setting, placement)
    const kinds = clientKinds(setting)
    const clients: Record<string, { client: Program; exchanges: number }> = {}
    for (const kind of kinds) {
      for (const { sockets, exchanges } of loads) {
        const client = await startClient(setting, kind, { endpoint, sockets, placement })
        clients[nameOf(kind, sockets)] = { client, exchanges }
      }
    }
    const figures = await interleave(setting.quick ? 5 : 20, clients, ({ client, exchanges }) =>
      makeRound(client, exchanges),
    )
    const rates = (kind: ClientKind, sockets: number) => ratesOf(figures[nameOf(kind, sockets)] ?? [])
    const gain: Row = {
      what: '64 sockets / 1 socket: engine',
      unit: 'x',
      spread: ratioOf(rates('engine', 64), rates('engine', 1)),
      bound: { atLeast: 2 },
    }
    const ratios = loads.flatMap(({ sockets }) =>
      kinds.slice(1).map(
        (kind): Row => ({
          what: `${nameOf('engine', sockets)} / ${kind}`,
          unit: 'x',
          spread: ratioOf(rates('engine', sockets), rates(kind, sockets)),
        }),
      ),
    )
    const absolute = loads.flatMap(({ sockets }) =>
      kinds.map(
        (kind): Row => ({
          what: nameOf(kind, sockets),
          unit: 'perSecond',
          spread: spreadOf(rates(kind, sockets)),
        }),
      ),
    )
    return { rows: [gain, ...ratios, ...absolute], notes: [placementNote] }
  },
}
