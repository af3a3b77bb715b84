import { join } from 'node:path'
import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { messageBytes, nodeCommand, startServer, warmUpExchanges } from '../support/peers.ts'
import { interleave, makeRound } from '../support/rounds.ts'
import { type Figures, ratioOf, spreadOf } from '../support/statistics.ts'

const p50s = (figures: readonly Figures[]) => figures.map(({ p50 }) => p50 / 1000)
const p99s = (figures: readonly Figures[]) => figures.map(({ p99 }) => p99 / 1000)
const wholeTimes = (figures: readonly Figures[]) => figures.map(({ elapsedNs, count }) => elapsedNs / count / 1000)

export const logging: Bench = {
  name: 'logging',
  about: 'what the log costs an exchange: the engine with the real log beside the engine without',
  needs: ['native'],
  async run(setting) {
    const endpoint = await startServer(setting)
    const args = [endpoint, '1', String(messageBytes)]
    const logFile = join(setting.temporaryFolder, 'logging.sqlite')
    const clients = {
      // Not pinned to a core: the log's thread may use whatever the machine has to spare.
      logged: new Program('the logging engine', nodeCommand(setting, 'engine-client', [...args, logFile])),
      plain: new Program('the engine', nodeCommand(setting, 'engine-client', args)),
    }
    await makeRound(clients.logged, warmUpExchanges)
    await makeRound(clients.plain, warmUpExchanges)
    const { logged, plain } = await interleave(setting.quick ? 10 : 30, clients, (client) => makeRound(client, 4000))
    return {
      rows: [
        { what: 'round trip, p50: with log / without', unit: 'x', spread: ratioOf(p50s(logged), p50s(plain)) },
        {
          what: 'round trip, p99: with log / without',
          unit: 'x',
          spread: ratioOf(p99s(logged), p99s(plain)),
          bound: { atMost: 2 },
        },
        {
          what: 'time per exchange: with log / without',
          unit: 'x',
          spread: ratioOf(wholeTimes(logged), wholeTimes(plain)),
        },
        { what: 'time per exchange: with log', unit: 'us', spread: spreadOf(wholeTimes(logged)) },
        { what: 'time per exchange: without', unit: 'us', spread: spreadOf(wholeTimes(plain)) },
      ],
      notes: [],
    }
  },
}
