import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { type Figures, figuresOf } from './statistics.ts'

/**
 * Makes `exchanges` exchanges in parallel over `ways`, each of which starts its next when its reply arrives. An
 * exchange resolves with its round trip in nanoseconds.
 */
export async function timeRound(ways: readonly (() => Promise<number>)[], exchanges: number): Promise<Figures> {
  const samples = new Float64Array(exchanges)
  let started = 0
  let done = 0
  const start = monotonicNanoseconds()
  await Promise.all(
    ways.map(async (exchange) => {
      while (started < exchanges) {
        started += 1
        const roundTripNs = await exchange()
        samples[done] = roundTripNs
        done += 1
      }
    }),
  )
  return figuresOf(samples, monotonicNanoseconds() - start)
}
