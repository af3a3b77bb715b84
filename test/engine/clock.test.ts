import { describe, expect, test } from 'vitest'
import { createWallClock } from '../../src/engine/clock.ts'

function clocks() {
  const time = { monotonic: 1000.25, system: 1_700_000_000_000 }
  const wallClock = createWallClock(
    () => time.monotonic,
    () => time.system,
  )
  return { time, wallClock }
}

describe('the wall clock', () => {
  test('has the fractions of the monotonic clock', () => {
    const { time, wallClock } = clocks()
    expect(wallClock()).toBe(1_700_000_000_000)
    time.monotonic += 0.125
    expect(wallClock()).toBe(1_700_000_000_000.125)
  })

  test('ignores the small corrections of the system clock', () => {
    const { time, wallClock } = clocks()
    time.monotonic += 100
    time.system += 150
    expect(wallClock()).toBe(1_700_000_000_100)
  })

  test.each([
    ['sleep, in which the monotonic clock stands still', 3_600_000],
    ['being set back', -3_600_000],
  ])('is right again after %s', (_what, jump) => {
    const { time, wallClock } = clocks()
    time.system += jump
    time.monotonic += 0.75
    expect(wallClock()).toBe(1_700_000_000_000.75)
    // Within a millisecond the clocks are not compared again.
    time.monotonic += 0.25
    time.system += 1
    expect(wallClock()).toBe(1_700_000_000_001 + jump)
    time.monotonic += 10.5
    time.system += 10
    expect(wallClock()).toBe(1_700_000_000_011.5 + jump)
  })
})
