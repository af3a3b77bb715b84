import type { Bench } from '../bench.ts'
import { throughputRows } from '../support/beside.ts'
import { othersBeside } from '../support/peers.ts'
import { placementNote } from '../support/placement.ts'

export const throughput: Bench = {
  name: 'throughput',
  about: 'exchanges a second with 1, 8 and 64 REQ sockets at once: the engine beside zeromq.js, C and pyzmq',
  needs: ['native', 'python'],
  async run(setting) {
    const sides = { measured: 'engine', others: othersBeside(setting) } as const
    return { rows: await throughputRows(setting, sides, { atLeast: 2 }), notes: [placementNote] }
  },
}
