import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EventQueue } from '../../src/main/event-queue.ts'
import type { InspectorEvent } from '../../src/shared/contract/index.ts'
import { echoServerState, logStatus, requestState } from '../support/states.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const request = (sessionId: string, seq: number): InspectorEvent => ({
  type: 'session.changed',
  state: requestState({ sessionId, seq }),
})
const server = (seq: number): InspectorEvent => ({ type: 'session.changed', state: echoServerState({ seq }) })
const latency = (sessionId: string): InspectorEvent => ({ type: 'latency.changed', sessionId })
const log = (lastId: number): InspectorEvent => ({ type: 'log.changed', status: logStatus({ lastId }) })
const notice = (id: number): InspectorEvent => ({
  type: 'notice',
  notice: { id, level: 'error', title: 'title', text: 'text' },
})

function createQueue() {
  const delivered: InspectorEvent[][] = []
  const queue = new EventQueue((events) => delivered.push(events))
  return { queue, delivered }
}

describe('the queue of events', () => {
  test('delivers events within 16 ms of the first together', () => {
    const { queue, delivered } = createQueue()
    queue.push(server(1))
    vi.advanceTimersByTime(15)
    queue.push(request('one', 1))
    expect(delivered).toEqual([])
    vi.advanceTimersByTime(1)
    expect(delivered).toEqual([[server(1), request('one', 1)]])
    queue.taken()
    vi.advanceTimersByTime(1000)
    expect(delivered).toHaveLength(1)
    queue.push(server(2))
    vi.advanceTimersByTime(16)
    expect(delivered).toEqual([[server(1), request('one', 1)], [server(2)]])
  })

  test('keeps the latest of each thing, in the order of the latest', () => {
    const { queue, delivered } = createQueue()
    const events = [
      request('one', 1),
      server(1),
      request('two', 1),
      latency('one'),
      log(1),
      request('one', 2),
      latency('two'),
      latency('one'),
      log(2),
      notice(1),
      notice(2),
    ]
    for (const event of events) queue.push(event)
    vi.advanceTimersByTime(16)
    expect(delivered).toEqual([
      [server(1), request('two', 1), request('one', 2), latency('two'), latency('one'), log(2), notice(1), notice(2)],
    ])
  })

  test('stays small in a flood', () => {
    const { queue, delivered } = createQueue()
    for (let seq = 1; seq <= 100_000; seq += 1) queue.push(request(String(seq % 3), seq))
    vi.advanceTimersByTime(16)
    expect(delivered).toEqual([[request('2', 99_998), request('0', 99_999), request('1', 100_000)]])
  })

  test('waits until the page has taken what it got, and then delivers the newest', () => {
    const { queue, delivered } = createQueue()
    queue.push(server(1))
    vi.advanceTimersByTime(16)
    queue.push(server(2))
    vi.advanceTimersByTime(1000)
    queue.push(server(3))
    vi.advanceTimersByTime(1000)
    expect(delivered).toEqual([[server(1)]])
    queue.taken()
    vi.advanceTimersByTime(100)
    expect(delivered).toEqual([[server(1)], [server(3)]])
    queue.taken()
    vi.advanceTimersByTime(60_000)
    expect(delivered).toHaveLength(2)
  })

  test.each([
    [1, 16],
    [10, 40],
    [20, 80],
    [60, 100],
  ])('gives a page that took %i ms %i ms for everything else', (tookMs, restMs) => {
    const { queue, delivered } = createQueue()
    queue.push(server(1))
    vi.advanceTimersByTime(16)
    queue.push(server(2))
    vi.advanceTimersByTime(tookMs)
    queue.taken()
    vi.advanceTimersByTime(restMs - 1)
    expect(delivered).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(delivered).toEqual([[server(1)], [server(2)]])
  })

  test('goes on when a page does not answer: another may be there', () => {
    const { queue, delivered } = createQueue()
    queue.push(server(1))
    vi.advanceTimersByTime(16)
    queue.push(server(2))
    vi.advanceTimersByTime(5100)
    expect(delivered).toEqual([[server(1)], [server(2)]])
  })

  test('puts events pushed during delivery into the next batch', () => {
    const delivered: InspectorEvent[][] = []
    const queue: EventQueue = new EventQueue((events) => {
      if (delivered.push(events) === 1) queue.push(server(2))
    })
    queue.push(server(1))
    vi.advanceTimersByTime(16)
    expect(delivered).toEqual([[server(1)]])
    queue.taken()
    vi.advanceTimersByTime(16)
    expect(delivered).toEqual([[server(1)], [server(2)]])
  })
})
