import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Outbox } from '../../../src/engine/thread/outbox.ts'
import type { EngineThreadEvent } from '../../../src/engine/thread/protocol.ts'
import { logStatus, requestState } from '../../support/states.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const changed = (sessionId: string, seq: number): EngineThreadEvent => ({
  type: 'session.changed',
  state: requestState({ sessionId, seq }),
})
const removed = (sessionId: string): EngineThreadEvent => ({ type: 'session.removed', sessionId })
const log = (lastId: number): EngineThreadEvent => ({ type: 'log.changed', status: logStatus({ lastId }) })
const recovered = (lost: number): EngineThreadEvent => ({ type: 'log.recovered', lost })

function createOutbox() {
  const posts: EngineThreadEvent[][] = []
  return { posts, outbox: new Outbox((events) => posts.push(events)) }
}

test('posts what happens in one turn together, without waiting', () => {
  const { posts, outbox } = createOutbox()
  outbox.push(changed('one', 1))
  outbox.push({ type: 'latency.changed', sessionId: 'one' })
  vi.advanceTimersByTime(0)
  expect(posts).toEqual([[changed('one', 1), { type: 'latency.changed', sessionId: 'one' }]])
})

test('posts what follows after 16 ms, and only the latest of each thing', () => {
  const { posts, outbox } = createOutbox()
  outbox.push(changed('one', 1))
  vi.advanceTimersByTime(0)
  outbox.push(changed('one', 2))
  outbox.push(log(1))
  outbox.push(changed('two', 3))
  outbox.push(changed('one', 4))
  outbox.push(log(2))
  vi.advanceTimersByTime(15)
  expect(posts).toHaveLength(1)
  vi.advanceTimersByTime(1)
  expect(posts[1]).toEqual([changed('two', 3), changed('one', 4), log(2)])
  vi.advanceTimersByTime(1000)
  expect(posts).toHaveLength(2)
})

test('lets a removal take the place of the states before it', () => {
  const { posts, outbox } = createOutbox()
  outbox.push(changed('one', 1))
  outbox.push(removed('one'))
  vi.advanceTimersByTime(0)
  expect(posts).toEqual([[removed('one')]])
})

test('posts every trouble of the log', () => {
  const { posts, outbox } = createOutbox()
  outbox.push(recovered(1))
  outbox.push(recovered(2))
  vi.advanceTimersByTime(0)
  expect(posts).toEqual([[recovered(1), recovered(2)]])
})
