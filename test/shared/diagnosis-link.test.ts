import { describe, expect, test } from 'vitest'
import { adviceFor, diagnoses, finding } from '../../src/shared/diagnosis/diagnosis.ts'
import {
  found,
  idleLink,
  type Link,
  mechanismMismatch,
  openingLink,
  reduceLink,
  wrongSocketType,
} from '../../src/shared/diagnosis/link.ts'
import { describeSocketEvent, type SocketEvent } from '../../src/shared/diagnosis/socket-event.ts'

type Told = string | readonly [type: string, errorCode: string]

const eventOf = (told: Told): SocketEvent => {
  const [type, errorCode] = typeof told === 'string' ? [told, null] : told
  return { type, errorCode, address: 'tcp://127.0.0.1:5', status: null, interval: null }
}

/** The link after the events, which come at the times 1, 2 and so on. */
const linkAfter = (events: readonly Told[], start: Link = openingLink(0)): Link =>
  events.reduce((link, told, index) => reduceLink(link, eventOf(told), index + 1), start)

const noAnswer = ['connect:delay', 'close', 'connect:retry']
const connected = ['connect:delay', 'connect']
const ready = [...connected, 'handshake']
const mismatch = ['handshake:error:protocol', 'ERR_ZMTP_MECHANISM_MISMATCH'] as const
const brokenPipe = ['handshake:error:other', 'EPIPE'] as const
const reset = ['handshake:error:other', 'ECONNRESET'] as const
const silence = ['handshake:error:other', 'EAGAIN'] as const

/** The situations by the events that a socket's monitor reports, as seen with libzmq 4.3.5. */
const situations: [string, readonly Told[], Link['state']][] = [
  ['nobody listens', noAnswer, { state: 'retrying', since: 3, cause: finding('nobody-listening') }],
  [
    'nobody listens, again and again',
    [...noAnswer, ...noAnswer, ...noAnswer],
    { state: 'retrying', since: 3, cause: finding('nobody-listening') },
  ],
  ['it has only begun', ['connect:delay'], { state: 'connecting', since: 0 }],
  ['the transport is there, but no handshake yet', connected, { state: 'connecting', since: 0 }],
  [
    'connecting fails at once, for a reason that is not known yet',
    ['connect:retry'],
    { state: 'connecting', since: 0 },
  ],
  ['the peer is there', ready, { state: 'ready', since: 3 }],
  [
    'the socket types do not fit',
    [...connected, 'disconnect'],
    { state: 'rejected', since: 3, cause: finding('wrong-socket-type', { socket: 'REQ', peers: 'REP or ROUTER' }) },
  ],
  [
    'one side uses CURVE',
    [...connected, mismatch],
    { state: 'rejected', since: 3, cause: finding('mechanism-mismatch') },
  ],
  [
    'one side uses CURVE, and it retries',
    [...connected, mismatch, 'disconnect', 'connect:retry', ...connected, mismatch],
    { state: 'rejected', since: 3, cause: finding('mechanism-mismatch') },
  ],
  [
    'the CURVE key is wrong, or a PLAIN server has no authenticator',
    [...connected, brokenPipe, 'disconnect', 'connect:retry', ...connected, brokenPipe, 'disconnect', 'connect:retry'],
    { state: 'retrying', since: 3, cause: finding('keys-or-protocol') },
  ],
  [
    'the CURVE key is wrong, or a PLAIN server has no authenticator, three times',
    [...connected, brokenPipe, 'connect:retry', ...connected, brokenPipe, 'connect:retry', ...connected, brokenPipe],
    { state: 'rejected', since: 3, cause: finding('keys-or-protocol') },
  ],
  [
    'the socket types do not fit, and the peer closes too early to say so at first',
    [...connected, brokenPipe, 'disconnect', 'connect:retry', ...connected, 'disconnect'],
    { state: 'rejected', since: 3, cause: finding('wrong-socket-type', { socket: 'REQ', peers: 'REP or ROUTER' }) },
  ],
  [
    'the authenticator refuses',
    [...connected, ['handshake:error:auth', 'ERR_ZAP_STATUS'], 'disconnect'],
    { state: 'rejected', since: 3, cause: finding('refused') },
  ],
  [
    'the peer is an HTTP server',
    [...connected, reset, 'connect:retry', ...connected, reset, 'connect:retry', ...connected, reset, 'connect:retry'],
    { state: 'rejected', since: 3, cause: finding('keys-or-protocol') },
  ],
  ['the peer is silent', [...connected, silence], { state: 'rejected', since: 3, cause: finding('silent-peer') }],
  [
    'a message was too large for the peer',
    [...ready, 'disconnect'],
    { state: 'retrying', since: 4, cause: finding('connection-lost') },
  ],
  [
    'a message was too large for the peer, which is there again',
    [...ready, 'disconnect', 'connect:retry', ...ready],
    { state: 'ready', since: 8 },
  ],
  [
    'the peer went, and is not back',
    [...ready, 'disconnect', 'connect:retry', ...noAnswer],
    { state: 'retrying', since: 4, cause: finding('nobody-listening') },
  ],
  [
    'the peer restarted',
    [...ready, 'disconnect', 'connect:retry', 'connect', 'handshake'],
    { state: 'ready', since: 7 },
  ],
  [
    'the peer that turned us away is gone',
    [...connected, mismatch, 'disconnect', 'connect:retry', ...noAnswer],
    { state: 'retrying', since: 3, cause: finding('nobody-listening') },
  ],
  [
    'another peer is there than the one that turned us away',
    [...connected, mismatch, 'disconnect', 'connect:retry', ...ready],
    { state: 'ready', since: 8 },
  ],
]

describe('the link, when', () => {
  test.each(situations)('%s', (_what, events, state) => {
    expect(linkAfter(events).state).toEqual(state)
  })

  test.each([
    'bind',
    'bind:error',
    'accept',
    'accept:error',
    'close',
    'close:error',
    'end',
    'unknown',
    'new in libzmq 5',
  ])('told %s, stays unchanged', (type) => {
    for (const link of [idleLink, openingLink(0), linkAfter(ready), linkAfter(noAnswer)]) {
      expect(reduceLink(link, eventOf(type), 9)).toBe(link)
    }
  })
})

describe('the words', () => {
  test.each(diagnoses)('for %s name a cause and a cure, in complete sentences', (diagnosis) => {
    const { cause, cure } = adviceFor(finding(diagnosis))
    expect(cause).toMatch(/^[A-Z].*\.$/)
    expect(cure).toMatch(/^[A-Z].*\.$/)
  })

  test('for an event contain its details', () => {
    expect(
      describeSocketEvent({
        type: 'connect:retry',
        address: 'tcp://h:1',
        errorCode: null,
        status: null,
        interval: 100,
      }),
    ).toBe('not connected, will retry (in 100 ms, tcp://h:1)')
    expect(
      describeSocketEvent({
        type: 'handshake:error:auth',
        address: '',
        errorCode: 'ERR_ZAP',
        status: 400,
        interval: null,
      }),
    ).toBe('the handshake failed: authentication refused (ERR_ZAP, status 400)')
    expect(
      describeSocketEvent({ type: 'something new', address: null, errorCode: null, status: null, interval: null }),
    ).toBe('something new')
  })
})

test('an attempt that fails in the same way keeps what the peer said of itself', () => {
  const first = linkAfter([...connected, brokenPipe, 'disconnect'])
  const named = found(first, mechanismMismatch(first, 'CURVE'), 3)
  const again = linkAfter(['connect:retry', ...connected, mismatch, 'disconnect'], named)
  expect(again.state).toMatchObject({ state: 'rejected', cause: { facts: { peer: 'CURVE' } } })
  const typed = found(first, wrongSocketType(first, 'PUB'), 3)
  const bare = linkAfter(['connect:retry', ...connected, 'disconnect'], typed)
  expect(bare.state).toMatchObject({ state: 'rejected', cause: { facts: { peer: 'PUB' } } })
})
