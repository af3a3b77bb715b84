import { z } from 'zod'
import type { Bench } from '../bench.ts'
import { Program } from '../support/children.ts'
import { messageBytes, nodeCommand, startServer } from '../support/peers.ts'
import { place, placements } from '../support/placement.ts'
import { makeRound } from '../support/rounds.ts'
import { spreadOf } from '../support/statistics.ts'

const memorySchema = z.object({ rssBytes: z.number(), heapBytes: z.number() })
const warmUpExchanges = 100_000
const chunk = 50_000

const readMemory = async (program: Program) => memorySchema.parse(JSON.parse(await program.ask('memory')))

export const memory: Bench = {
  name: 'memory',
  about: 'what the engine holds after 1,000,000 exchanges more than after the first 100,000, beside plain zeromq.js',
  needs: ['native'],
  async run(setting) {
    // On one core where possible, which makes most exchanges in the least time.
    const placement = placements.at(-1)
    const args = [await startServer(setting, placement), '1', String(messageBytes)]
    const start = (name: string) =>
      new Program(name, place('client', placement, nodeCommand(setting, name, args, ['--expose-gc'])))
    const clients = { engine: start('engine-client'), plain: start('zeromq-client') }
    const exchanges = setting.quick ? 100_000 : 1_000_000
    const growth: Record<'engine' | 'plain', { rss: number; heap: number; held: number }> = {
      engine: { rss: 0, heap: 0, held: 0 },
      plain: { rss: 0, heap: 0, held: 0 },
    }
    for (const side of ['engine', 'plain'] as const) {
      const client = clients[side]
      for (let done = 0; done < warmUpExchanges; done += chunk) await makeRound(client, chunk)
      const before = await readMemory(client)
      for (let done = 0; done < exchanges; done += chunk) await makeRound(client, chunk)
      const after = await readMemory(client)
      growth[side] = {
        rss: (after.rssBytes - before.rssBytes) / 1e6,
        heap: (after.heapBytes - before.heapBytes) / 1e6,
        held: after.rssBytes / 1e6,
      }
    }
    const { engine, plain } = growth
    return {
      rows: [
        { what: 'growth: engine', unit: 'MB', spread: spreadOf([engine.rss]), bound: { atMost: 20 } },
        { what: 'growth: zeromq.js', unit: 'MB', spread: spreadOf([plain.rss]) },
        { what: "growth of JavaScript's heap: engine", unit: 'MB', spread: spreadOf([engine.heap]) },
        { what: 'held at the end: engine', unit: 'MB', spread: spreadOf([engine.held]) },
        { what: 'held at the end: engine / zeromq.js', unit: 'x', spread: spreadOf([engine.held / plain.held]) },
      ],
      notes: setting.quick ? ['With --quick: 100,000 exchanges after the first 100,000.'] : [],
    }
  },
}
