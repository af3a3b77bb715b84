import type { Bench } from '../bench.ts'
import { type Bounds, roundTripRows, throughputRows } from '../support/beside.ts'
import { othersBeside } from '../support/peers.ts'
import { placementNote, placements } from '../support/placement.ts'
import type { Row } from '../support/report.ts'

/** Upper bounds of p50, for programs that each have a core. */
const apart: Bounds = { C: { atMost: 0.9 }, pyzmq: { atMost: 0.85 } }
/** On one core only the work itself counts. */
const together: Bounds = { C: { atMost: 0.8 } }
/** Lower bounds of the exchanges a second, by the number of sockets. */
const rates: Readonly<Record<number, Bounds>> = { 8: { C: { atLeast: 1 } }, 64: { C: { atLeast: 1.1 } } }

export const labClient: Bench = {
  name: 'lab-client',
  about: "64 bytes and their reply, with 1, 8 and 64 sockets: the lab's own ZMTP beside zeromq.js, C and pyzmq",
  needs: ['native', 'python'],
  async run(setting) {
    const sides = { measured: 'ZMTP', others: othersBeside(setting) } as const
    const rows: Row[] = []
    for (const placement of placements) {
      rows.push(...(await roundTripRows(setting, sides, placement, placement === 'together' ? together : apart)))
    }
    rows.push(...(await throughputRows(setting, sides, undefined, rates)))
    return { rows, notes: [placementNote] }
  },
}
