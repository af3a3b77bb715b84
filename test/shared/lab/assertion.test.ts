import { describe, expect, test } from 'vitest'
import { assertionNames, checkAssertion, parseAssertion } from '../../../src/shared/lab/assertion.ts'
import { noCounts } from '../../../src/shared/lab/result.ts'
import { distributionOf, stepOf } from '../../support/lab.ts'

const step = stepOf([Array.from({ length: 100 }, (_, index) => (index + 1) * 1e6)], {
  counts: { ...noCounts, sent: 103, replied: 100, timedOut: 2, failed: 1, unsent: 4 },
  elapsedNs: 1e9,
})

const holds = (text: string): boolean => checkAssertion(parseAssertion(text), step).holds

describe('an assertion', () => {
  test.each([
    ['p50<=50ms', true],
    ['p50<50ms', false],
    ['p50 < 50.001 ms', true],
    ['p99=99ms', true],
    ['p99>98000us', true],
    ['p99>=0.099s', true],
    ['p99.9<=100ms', true],
    ['p999<=100ms', true],
    ['max<=100000000ns', true],
    ['max<100000µs', false],
    ['min=1ms', true],
    ['mean=50.5ms', true],
    ['throughput>99', true],
    ['throughput>100', false],
    ['replied=100', true],
    ['timeouts=6', true],
    ['errors<1', false],
    ['lateness<=0ms', true],
  ])('%s: %s', (text, expected) => {
    expect(holds(text)).toBe(expected)
  })

  test('about a missing figure does not hold', () => {
    expect(checkAssertion(parseAssertion('p99.99<1s'), step)).toEqual({ value: null, holds: false })
    expect(checkAssertion(parseAssertion('p50<1s'), stepOf([]))).toEqual({ value: null, holds: false })
  })

  test('about lateness uses the 99th percentile', () => {
    const late = { ...step, lateness: distributionOf([1e6, 2e6]) }
    expect(checkAssertion(parseAssertion('lateness<2ms'), late)).toEqual({ value: 2e6, holds: false })
  })

  test.each([
    ['', 'such as p99<5ms'],
    ['p99', 'such as p99<5ms'],
    ['p99<<5ms', 'such as p99<5ms'],
    ['p98<5ms', "Unknown figure 'p98'"],
    ['p99<5', 'unit'],
    ['p99<5min', 'unit'],
    ['p99<-5ms', 'such as p99<5ms'],
    ['throughput>5ms', 'has no unit'],
  ])('%j is rejected', (text, reason) => {
    expect(() => parseAssertion(text)).toThrow(reason)
  })

  test('every offered name can be used', () => {
    for (const name of assertionNames) {
      const isCount = /^(throughput|sent|replied|accepted|delivered|lost|reordered|repeated|timeouts|errors)$/.test(
        name,
      )
      const unit = isCount ? '' : 'ms'
      expect(parseAssertion(`${name}<1${unit}`).metric.name).toBe(name)
    }
  })
})
