import { describe, expect, test } from 'vitest'
import { RetryLog } from '../../src/engine/sockets/retry-log.ts'
import type { SocketEvent } from '../../src/shared/diagnosis/socket-event.ts'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { createHarness } from '../support/harness.ts'
import { serve } from '../support/sessions.ts'

const endpoint = 'tcp://127.0.0.1:9'
const cause = () => 'Nobody is listening there.'

const eventOf = (type: string, errorCode: string | null = null): SocketEvent => ({
  type,
  address: endpoint,
  errorCode,
  status: null,
  interval: type === 'connect:retry' ? Math.random() : null,
})

/** A log with a clock that the test sets. */
function createLog() {
  const lines: string[] = []
  let now = 1_000_000
  const log = new RetryLog(
    'one',
    { event: ({ type }) => lines.push(type), summary: (text) => lines.push(text) },
    () => now,
  )
  return {
    log,
    lines,
    pass(milliseconds: number) {
      now += milliseconds
    },
    attempt(...types: string[]) {
      for (const type of types) log.event(eventOf(type), endpoint, 1, cause)
    },
  }
}

const refused = ['connect:delay', 'close', 'connect:retry'] as const

describe('attempts that fail alike', () => {
  test('are told once, then summed up at growing distances', () => {
    const { lines, attempt, pass } = createLog()
    for (let tenth = 0; tenth <= 72_000; tenth += 1) {
      attempt(...refused)
      pass(100)
    }
    expect(lines).toEqual([
      ...refused,
      'tried 101 times in 10.0 s: Nobody is listening there.',
      'tried 601 times in 1 min 0 s: Nobody is listening there.',
      'tried 6,001 times in 10 min 0 s: Nobody is listening there.',
      'tried 36,001 times in 1 h 0 min: Nobody is listening there.',
      'tried 72,001 times in 2 h 0 min: Nobody is listening there.',
    ])
  })

  test('are summed up when one goes another way, which is told in full', () => {
    const { lines, attempt, pass } = createLog()
    for (let count = 0; count < 5; count += 1) {
      attempt(...refused)
      pass(100)
    }
    attempt('connect:delay', 'connect', 'handshake')
    expect(lines).toEqual([
      ...refused,
      'tried 5 times in 500 ms: Nobody is listening there.',
      'connect:delay',
      'connect',
      'handshake',
    ])
  })

  test('after a message was sent are news again', () => {
    const { log, lines, attempt } = createLog()
    attempt(...refused, ...refused)
    log.interrupt()
    attempt(...refused)
    expect(lines).toEqual([...refused, ...refused])
  })

  test('are remembered one by one for a minute, and no more than a thousand', () => {
    const { log, attempt, pass } = createLog()
    attempt(...refused)
    pass(59_000)
    attempt(...refused)
    expect(log.attempts.map(({ event }) => event)).toEqual([...refused, ...refused])
    pass(2000)
    expect(log.attempts).toHaveLength(3)
    for (let count = 0; count < 1000; count += 1) attempt(...refused)
    expect(log.attempts).toHaveLength(1000)
  })
})

test('a link that nobody answers writes few entries, however often it tries', async () => {
  const { engine, entries, until } = createHarness()
  engine.open(
    'one',
    requestSpec('tcp://127.0.0.1:1', {
      ...defaultSocketOptions,
      reconnectInterval: 1,
      reconnectMaxInterval: 0,
    }),
  )
  const attempts = () => engine.session('one').attempts.filter(({ event }) => event === 'connect:retry').length
  await until('the first attempts', () => entries.length >= 3)
  await expect.poll(attempts, { timeout: 8000 }).toBeGreaterThan(50)
  expect(entries.length).toBeLessThan(10)
})

test('events of a replaced socket keep the endpoint that they came from', async () => {
  const { engine, entries, until } = createHarness()
  const { endpoint: first } = await serve(engine, 'tcp://127.0.0.1:*')
  engine.open('one', requestSpec(first))
  await until('ready', () => linkOf(engine.session('one').state).state === 'ready')
  engine.open('one', requestSpec('tcp://127.0.0.1:1'))
  const end = await until('the end', () => entries.find(({ event, session }) => event === 'end' && session === 'one'))
  expect(end.name).toBe(first)
})
