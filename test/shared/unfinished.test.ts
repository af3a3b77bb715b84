import { describe, expect, test } from 'vitest'
import { type ConnectionState, type RepeatProgress, stoppedServer } from '../../src/shared/connection.ts'
import { idleLab } from '../../src/shared/lab/progress.ts'
import { unfinished } from '../../src/shared/unfinished.ts'

const endpoint = 'tcp://127.0.0.1:5555'

const connection: ConnectionState = {
  connectionId: 'one',
  seq: 1,
  open: true,
  endpoint,
  link: { state: 'ready', since: 1 },
  inFlightSince: null,
  repeat: null,
  lateReply: null,
}

const repeat: RepeatProgress = {
  running: true,
  sent: 5,
  replied: 5,
  timedOut: 0,
  lost: 0,
  skipped: 0,
  loss: null,
  total: null,
  startedAt: 1,
  lastReplySize: 1,
  error: null,
}

const listening = { ...stoppedServer, phase: 'listening', endpoint, peers: 1 } as const

const idle = { server: stoppedServer, connections: [], lab: idleLab }

describe('what quitting would interrupt', () => {
  test.each([
    ['nothing when all is idle', idle, []],
    ['nothing when the only peer is the window itself', { ...idle, server: listening, connections: [connection] }, []],
    [
      'nor when it came in by another name of the same port',
      { ...idle, server: listening, connections: [{ ...connection, endpoint: 'tcp://localhost:5555' }] },
      [],
    ],
    [
      'a peer, where the window is connected to the same port elsewhere',
      { ...idle, server: listening, connections: [{ ...connection, endpoint: 'tcp://elsewhere:5555' }] },
      ['the echo server, with 1 other peer connected'],
    ],
    ['a request', { ...idle, connections: [{ ...connection, inFlightSince: 5 }] }, ['1 request waiting for a reply']],
    [
      'requests together',
      { ...idle, connections: [1, 2].map((inFlightSince) => ({ ...connection, inFlightSince })) },
      ['2 requests waiting for a reply'],
    ],
    [
      'a repeat, whose request is no other thing',
      { ...idle, connections: [{ ...connection, inFlightSince: 5, repeat }] },
      ['1 repeat running'],
    ],
    [
      'nothing of a repeat that ended',
      { ...idle, connections: [{ ...connection, repeat: { ...repeat, running: false } }] },
      [],
    ],
    [
      'a measurement',
      { ...idle, lab: { ...idleLab, activity: 'calibrating' as const } },
      ['a measurement in the latency lab'],
    ],
    [
      'others that use the server',
      { ...idle, server: { ...listening, peers: 3 }, connections: [connection] },
      ['the echo server, with 2 other peers connected'],
    ],
    [
      'all of it, in one list',
      {
        server: { ...listening, peers: 2 },
        connections: [connection, { ...connection, endpoint: 'tcp://127.0.0.1:1', inFlightSince: 1 }],
        lab: { ...idleLab, activity: 'running' as const },
      },
      [
        '1 request waiting for a reply',
        'a measurement in the latency lab',
        'the echo server, with 1 other peer connected',
      ],
    ],
  ])('%s', (_what, states, expected) => {
    expect(unfinished(states)).toEqual(expected)
  })
})
