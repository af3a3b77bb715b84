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
const usualExchanges = 1_000_000
/** A load of the lab makes more. */
const labExchanges = 10_000_000

/** Millions of bytes. */
interface Growth {
  readonly rss: number
  readonly heap: number
  /** At the end. */
  readonly held: number
}

const readMemory = async (program: Program) => memorySchema.parse(JSON.parse(await program.ask('memory')))

export const memory: Bench = {
  name: 'memory',
  about: "what engine and lab's ZMTP hold after many exchanges more than after the first 100,000, beside zeromq.js",
  needs: ['native'],
  async run(setting) {
    // On one core where possible, which makes most exchanges in the least time.
    const placement = placements.at(-1)
    const args = [await startServer(setting, placement), '1', String(messageBytes)]
    const start = (name: string) =>
      new Program(name, place('client', placement, nodeCommand(setting, name, args, ['--expose-gc'])))
    const clients = { engine: start('engine-client'), lab: start('wire-client'), plain: start('zeromq-client') }
    const none = { rss: 0, heap: 0, held: 0 }
    const growth: Record<keyof typeof clients, Growth> = { engine: none, lab: none, plain: none }
    for (const side of ['engine', 'lab', 'plain'] as const) {
      const client = clients[side]
      const exchanges = setting.quick ? 100_000 : side === 'lab' ? labExchanges : usualExchanges
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
    const { engine, lab, plain } = growth
    return {
      rows: [
        { what: 'growth: engine', unit: 'MB', spread: spreadOf([engine.rss]), bound: { atMost: 20 } },
        { what: "growth: lab's ZMTP", unit: 'MB', spread: spreadOf([lab.rss]), bound: { atMost: 20 } },
        { what: 'growth: zeromq.js', unit: 'MB', spread: spreadOf([plain.rss]) },
        { what: "growth of JavaScript's heap: engine", unit: 'MB', spread: spreadOf([engine.heap]) },
        { what: "growth of JavaScript's heap: lab's ZMTP", unit: 'MB', spread: spreadOf([lab.heap]) },
        { what: 'held at the end: engine', unit: 'MB', spread: spreadOf([engine.held]) },
        { what: 'held at the end: engine / zeromq.js', unit: 'x', spread: spreadOf([engine.held / plain.held]) },
      ],
      notes: setting.quick ? ['With --quick: 100,000 exchanges after the first 100,000.'] : [],
    }
  },
}
