import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { RecordOrder } from '../../src/cli/record-order.ts'

function order(): { readonly order: RecordOrder<string>; readonly taken: string[] } {
  const taken: string[] = []
  return { order: new RecordOrder((entry, number) => taken.push(`${number} ${entry}`)), taken }
}

test('what comes in order is handed on at once', () => {
  const { order: records, taken } = order()
  records.add('one', 1)
  records.add('two', 2)
  expect(taken).toEqual(['1 one', '2 two'])
})

test('an answer waits for its message, and what follows waits with it', () => {
  const { order: records, taken } = order()
  records.add('first', 1)
  records.add('answer', 3)
  records.add('another answer', 4)
  expect(taken).toEqual(['1 first'])
  records.add('message', 2)
  expect(taken).toEqual(['1 first', '2 message', '3 answer', '4 another answer'])
  records.add('next', 5)
  expect(taken.at(-1)).toBe('5 next')
})

test('a number that is not used holds nothing up for longer than a turn of the event loop', async () => {
  const { order: records, taken } = order()
  records.add('answer', 2)
  expect(taken).toEqual([])
  await setImmediate()
  expect(taken).toEqual(['2 answer'])
  records.add('next', 3)
  expect(taken).toEqual(['2 answer', '3 next'])
})

test('a message that comes after that is handed on, too', async () => {
  const { order: records, taken } = order()
  records.add('answer', 2)
  await setImmediate()
  records.add('message', 1)
  records.add('next', 3)
  expect(taken).toEqual(['2 answer', '1 message', '3 next'])
})
