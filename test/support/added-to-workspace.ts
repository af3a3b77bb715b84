import { z } from 'zod'
import { noSecurity } from '../../src/shared/zmq/security.ts'

/** What workspaces of version 5 and before did not have, as it begins. */
export const addedInVersion6 = { folds: {}, history: {}, recentCommands: [], recentEndpoints: [] }

/** What sockets of version 6 and before did not have, as it begins, with what version 7 got since. */
export const addedInVersion7 = { security: noSecurity, signing: null, watches: [] }

const counts = '1, 2, 4, 8, 16, 32, 64'
const addedToLab = {
  client: 'zmtp',
  sockets: counts,
  pattern: 'req',
  inFlight: '8',
  inFlights: counts,
  workers: '1',
  measure: 'round-trips',
  pace: 'fast',
  messageRate: '10000',
  oneWay: 'push-pull',
  size: '64',
  oneWayEndpoint: 'tcp://127.0.0.1:*',
}

/** The form of the lab, with what version 7 got since. */
export const earlierLab = z.looseObject({}).transform((lab) => ({ ...addedToLab, ...lab }))
