import type { Bench } from '../bench.ts'
import { type Bounds, roundTripRows } from '../support/beside.ts'
import { othersBeside } from '../support/peers.ts'
import { placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'

/** Upper bounds of the engine's p50 relative to another client's. They are for programs as they run in practice. */
const bounds: Bounds = { 'zeromq.js': { atMost: 1.1 }, C: { atMost: 1.6 }, pyzmq: { atMost: 1 } }

export const roundTrip: Bench = {
  name: 'round-trip',
  about: 'one message of 64 bytes and its reply at a time: the engine beside zeromq.js, C and pyzmq',
  needs: ['native', 'python'],
  async run(setting) {
    const sides = { measured: 'engine', others: othersBeside(setting) } as const
    const rows: Row[] = []
    for (const placement of placements) {
      rows.push(...(await roundTripRows(setting, sides, placement, placement === 'together' ? {} : bounds)))
    }
    return {
      rows,
      notes: [placementNote, 'The time per exchange holds what the engine does beside the round trip, too.'],
    }
  },
}
