import { expect, test } from 'vitest'
import { createCrashLimit } from '../../src/main/crash-limit.ts'

test('is not retried after too many failures within the time, but is later', () => {
  let time = 0
  const mayTryAgain = createCrashLimit(3, 60_000, () => time)
  expect([mayTryAgain(), mayTryAgain(), mayTryAgain(), mayTryAgain()]).toEqual([true, true, true, false])
  time = 59_999
  expect(mayTryAgain()).toBe(false)
  time = 60_000
  expect(mayTryAgain()).toBe(true)
})
