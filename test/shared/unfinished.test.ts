import { describe, expect, test } from 'vitest'
import { idleLab } from '../../src/shared/lab/progress.ts'
import type { RepeatProgress, SessionState } from '../../src/shared/session/state.ts'
import { unfinished } from '../../src/shared/unfinished.ts'
import { echoServerState, requestState } from '../support/states.ts'

const endpoint = 'tcp://127.0.0.1:5555'

const ready = { state: 'ready', since: 1 } as const
const connected = (to = endpoint, parts: Partial<SessionState> = {}): SessionState =>
  requestState({ endpoints: [{ how: 'connect', endpoint: to, link: ready }], ...parts })

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

const listening = (peers: number): SessionState =>
  echoServerState({ endpoints: echoServerState().endpoints.map((each) => ({ ...each, endpoint, peers })) })

const idle = { sessions: [], lab: idleLab }

describe('what quitting would interrupt', () => {
  test.each([
    ['nothing when all is idle', idle, []],
    ['nothing when the only peer is the window itself', { ...idle, sessions: [listening(1), connected()] }, []],
    [
      'nor when it came in by another name of the same port',
      { ...idle, sessions: [listening(1), connected('tcp://localhost:5555')] },
      [],
    ],
    [
      'a peer, where the window is connected to the same port elsewhere',
      { ...idle, sessions: [listening(1), connected('tcp://elsewhere:5555')] },
      ['the echo server, with 1 other peer connected'],
    ],
    [
      'a request',
      { ...idle, sessions: [connected(endpoint, { inFlightSince: 5 })] },
      ['1 request waiting for a reply'],
    ],
    [
      'requests together',
      { ...idle, sessions: [1, 2].map((inFlightSince) => connected(endpoint, { inFlightSince })) },
      ['2 requests waiting for a reply'],
    ],
    [
      'a repeat, whose request is no other thing',
      { ...idle, sessions: [connected(endpoint, { inFlightSince: 5, repeat })] },
      ['1 repeat running'],
    ],
    [
      'nothing of a repeat that ended',
      { ...idle, sessions: [connected(endpoint, { repeat: { ...repeat, running: false } })] },
      [],
    ],
    [
      'a measurement',
      { ...idle, lab: { ...idleLab, activity: 'calibrating' as const } },
      ['a measurement in the latency lab'],
    ],
    [
      'others that use the server',
      { ...idle, sessions: [listening(3), connected()] },
      ['the echo server, with 2 other peers connected'],
    ],
    [
      'all of it, in one list',
      {
        sessions: [listening(2), connected(), connected('tcp://127.0.0.1:1', { inFlightSince: 1 })],
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
