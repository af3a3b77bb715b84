import type { Setting } from '../bench.ts'
import type { Program } from './children.ts'
import { type ClientKind, startClient, startServer } from './peers.ts'
import { type Placement, placements } from './placement.ts'
import type { Bound, Row } from './report.ts'
import { interleave, makeRound } from './rounds.ts'
import { type Figures, ratesOf, ratioOf, spreadOf } from './statistics.ts'

/** What is measured, and what it is measured beside. */
export interface Sides {
  readonly measured: ClientKind
  readonly others: readonly ClientKind[]
}

/** Bounds of what is measured relative to another client. */
export type Bounds = Partial<Record<ClientKind, Bound>>

const roundTripExchanges = 2000

const roundTrips = (figures: readonly Figures[]) => figures.map(({ p50 }) => p50 / 1000)
const wholeTimes = (figures: readonly Figures[]) => figures.map(({ elapsedNs, count }) => elapsedNs / count / 1000)

/** One message and its reply at a time: p50 and the whole time of an exchange, as ratios, then p50 of each client. */
export async function roundTripRows(
  setting: Setting,
  { measured, others }: Sides,
  placement: Placement | undefined,
  bounds: Bounds,
): Promise<Row[]> {
  const endpoint = await startServer(setting, placement)
  const clients: Record<string, Program> = {}
  for (const kind of [measured, ...others]) {
    clients[kind] = await startClient(setting, kind, { endpoint, sockets: 1, placement })
  }
  const figures = await interleave(setting.quick ? 10 : 40, clients, (client) => makeRound(client, roundTripExchanges))
  const of = (kind: ClientKind) => figures[kind] ?? []
  const where = placement ? `${placement}, ` : ''
  return [
    ...others.flatMap((kind): Row[] => {
      const bound = bounds[kind]
      return [
        {
          what: `${where}round trip, p50: ${measured} / ${kind}`,
          unit: 'x',
          spread: ratioOf(roundTrips(of(measured)), roundTrips(of(kind))),
          ...(bound && { bound }),
        },
        {
          what: `${where}time per exchange: ${measured} / ${kind}`,
          unit: 'x',
          spread: ratioOf(wholeTimes(of(measured)), wholeTimes(of(kind))),
        },
      ]
    }),
    ...[measured, ...others].map(
      (kind): Row => ({ what: `${where}round trip, p50: ${kind}`, unit: 'us', spread: spreadOf(roundTrips(of(kind))) }),
    ),
  ]
}

/** Numbers of sockets, and their exchanges per round: about 0.2 s. */
const loads = [
  { sockets: 1, exchanges: 2000 },
  { sockets: 8, exchanges: 6000 },
  { sockets: 64, exchanges: 10_000 },
] as const

const nameOf = (kind: ClientKind, sockets: number) => `${sockets === 1 ? '1 socket' : `${sockets} sockets`}: ${kind}`

/**
 * Exchanges a second with 1, 8 and 64 sockets at once: the gain of 64 over one, with its bound, ratios, then the rates of
 * each client. `bounds` are those of the ratios, by the number of sockets.
 */
export async function throughputRows(
  setting: Setting,
  { measured, others }: Sides,
  gain: Bound | undefined,
  bounds: Readonly<Record<number, Bounds>> = {},
): Promise<Row[]> {
  // On separate cores where possible: the question is how much the client gets out of its own.
  const [placement] = placements
  const endpoint = await startServer(setting, placement)
  const kinds = [measured, ...others]
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
  const ratios = loads.flatMap(({ sockets }) =>
    others.map((kind): Row => {
      const bound = bounds[sockets]?.[kind]
      return {
        what: `${nameOf(measured, sockets)} / ${kind}`,
        unit: 'x',
        spread: ratioOf(rates(measured, sockets), rates(kind, sockets)),
        ...(bound && { bound }),
      }
    }),
  )
  return [
    {
      what: `64 sockets / 1 socket: ${measured}`,
      unit: 'x',
      spread: ratioOf(rates(measured, 64), rates(measured, 1)),
      ...(gain && { bound: gain }),
    },
    ...ratios,
    ...loads.flatMap(({ sockets }) =>
      kinds.map(
        (kind): Row => ({
          what: nameOf(kind, sockets),
          unit: 'perSecond',
          spread: spreadOf(rates(kind, sockets)),
        }),
      ),
    ),
  ]
}
