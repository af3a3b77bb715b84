import { join } from 'node:path'
import type { Bench, Setting } from '../bench.ts'
import { Program } from '../support/children.ts'
import { nativeOf, nodeCommand, startClient, startServer } from '../support/peers.ts'
import { type Placement, place, placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { type Figures, ratesOf, ratioOf, spreadOf } from '../support/statistics.ts'

/** The client's number of sockets, the exchanges per round, and the figure of interest. */
const loads = [
  {
    sockets: 1,
    exchanges: 2000,
    what: 'round trip, p50',
    unit: 'us',
    valuesOf: (figures: readonly Figures[]) => figures.map(({ p50 }) => p50 / 1000),
  },
  { sockets: 64, exchanges: 10_000, what: '64 sockets', unit: 'perSecond', valuesOf: ratesOf },
] as const

function startEngine(setting: Setting, placement: Placement | undefined, logFile: readonly string[]): Promise<string> {
  return new Program(
    'the echo server of the engine',
    place('server', placement, nodeCommand(setting, 'engine-server', logFile)),
  ).line()
}

export const echoServer: Bench = {
  name: 'echo-server',
  about: 'the echo server beside a REP socket in C, for the same client in C with 1 and with 64 sockets',
  needs: ['native'],
  async run(setting) {
    nativeOf(setting)
    const [placement] = placements
    const logFile = join(setting.temporaryFolder, 'echo-server.sqlite')
    const servers = {
      engine: await startEngine(setting, placement, []),
      'engine with log': await startEngine(setting, placement, [logFile]),
      C: await startServer(setting, placement),
    }
    const rows: Row[] = []
    for (const { sockets, exchanges, what, unit, valuesOf } of loads) {
      const clients = {
        engine: await startClient(setting, 'C', { endpoint: servers.engine, sockets, placement }),
        'engine with log': await startClient(setting, 'C', {
          endpoint: servers['engine with log'],
          sockets,
          placement,
        }),
        C: await startClient(setting, 'C', { endpoint: servers.C, sockets, placement }),
      }
      const figures = await interleave(setting.quick ? 5 : 20, clients, (client) => makeRound(client, exchanges))
      for (const server of ['engine', 'engine with log'] as const) {
        const spread = ratioOf(valuesOf(figures[server]), valuesOf(figures.C))
        const isBound = sockets === 64 && server === 'engine with log'
        rows.push({ what: `${what}: ${server} / C`, unit: 'x', spread, ...(isBound && { bound: { atLeast: 0.7 } }) })
      }
      for (const server of ['engine', 'engine with log', 'C'] as const) {
        rows.push({ what: `${what}: ${server}`, unit, spread: spreadOf(valuesOf(figures[server])) })
      }
    }
    return { rows, notes: [placementNote] }
  },
}
