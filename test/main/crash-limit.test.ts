import { expect, test } from 'vitest'
import { createCrashLimit } from '../../src/main/crash-limit.ts'

test('what fails too often within the time is not tried again, and later it is', () => {
  let time = 0
  const mayTryAgain = createCrashLimit(3, 60_000, () => time)
  expect([mayTryAgain(), mayTryAgain(), mayTryAgain(), mayTryAgain()]).toEqual([true, true, true, false])
  time = 59_999
  expect(mayTryAgain()).toBe(false)
  time = 60_000
  expect(mayTryAgain()).toBe(true)
})
