import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatClock, formatCount, formatDuration, formatIso, formatRate, formatSize } from '../../src/shared/format.ts'

test.each([
  [0, '0 ns'],
  [1, '1 ns'],
  [850.4, '850 ns'],
  [999.4, '999 ns'],
  [999.6, '1.00 µs'],
  [1234, '1.23 µs'],
  [9_996, '10.0 µs'],
  [99_960, '100 µs'],
  [190_000, '190 µs'],
  [999_499, '999 µs'],
  [999_500, '1.00 ms'],
  [1_234_567, '1.23 ms'],
  [12_345_678, '12.3 ms'],
  [999_600_000, '1.00 s'],
  [12_345_000_000, '12.3 s'],
  [59_940_000_000, '59.9 s'],
  [59_960_000_000, '1 min 0 s'],
  [125_000_000_000, '2 min 5 s'],
  [3_599_600_000_000, '1 h 0 min'],
  [7_380_000_000_000, '2 h 3 min'],
  [-190_000, '-190 µs'],
  [Number.NaN, '–'],
  [Number.POSITIVE_INFINITY, '–'],
])('formatDuration(%d) is %s', (nanoseconds, text) => {
  expect(formatDuration(nanoseconds)).toBe(text)
})

test('a duration has three digits, correctly rounded', () => {
  const units: Record<string, number> = { µs: 1e3, ms: 1e6, s: 1e9 }
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 59_900_000_000 }), (nanoseconds) => {
      const [digits = '', unit = ''] = formatDuration(nanoseconds).split(' ')
      expect(digits.replace('.', '')).toHaveLength(3)
      expect(Math.abs(Number(digits) * (units[unit] ?? 0) - nanoseconds) / nanoseconds).toBeLessThanOrEqual(0.00501)
    }),
  )
})

test.each([
  [0, '0 B'],
  [12, '12 B'],
  [1023, '1023 B'],
  [1024, '1.00 KiB'],
  [1536, '1.50 KiB'],
  [10_234, '9.99 KiB'],
  [10_236, '10.0 KiB'],
  [102_400, '100 KiB'],
  [1_047_552, '1023 KiB'],
  [1_048_100, '1.00 MiB'],
  [1_048_576, '1.00 MiB'],
  [1_073_741_824, '1.00 GiB'],
  [1_073_700_000, '1.00 GiB'],
  [5 * 1024 ** 4, '5120 GiB'],
])('formatSize(%d) is %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('formatCount(%d) is %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})

test.each([
  [0, '0 /s'],
  [1.5, '1.50 /s'],
  [12.34, '12.3 /s'],
  [99.96, '100 /s'],
  [12_345.6, '12,346 /s'],
  [Number.NaN, '–'],
])('formatRate(%d) is %s', (perSecond, text) => {
  expect(formatRate(perSecond)).toBe(text)
})

describe('times', () => {
  test('the clock is local, with milliseconds', () => {
    expect(formatClock(new Date(2024, 1, 29, 9, 5, 3, 7).getTime())).toBe('09:05:03.007')
    expect(formatClock(new Date(2024, 1, 29, 23, 59, 59, 999).getTime())).toBe('23:59:59.999')
  })

  test('ISO is in UTC', () => {
    expect(formatIso(Date.UTC(2024, 1, 29, 12, 34, 56, 789))).toBe('2024-02-29T12:34:56.789Z')
  })
})
