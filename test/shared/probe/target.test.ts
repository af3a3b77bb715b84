import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePortRange, partsOf } from '../../../src/shared/probe/target.ts'

test.each([
  ['tcp://127.0.0.1:5000-6000', { host: '127.0.0.1', from: 5000, to: 6000 }],
  [' tcp://localhost:1-65535 ', { host: 'localhost', from: 1, to: 65_535 }],
  ['tcp://[::1]:7-7', { host: '::1', from: 7, to: 7 }],
])('%s is a range', (text, range) => {
  expect(parsePortRange(text)).toEqual(range)
})

test.each(['tcp://127.0.0.1:5000', 'tcp://127.0.0.1:5000-', 'ipc:///tmp/5000-6000', 'tcp://my-host:5000', ''])(
  '%j is none',
  (text) => {
    expect(parsePortRange(text)).toBeNull()
  },
)

test('the parts of a range are the range', () => {
  const ports = fc.integer({ min: 1, max: 65_535 })
  fc.assert(
    fc.property(ports, ports, fc.integer({ min: 500, max: 70_000 }), (one, other, size) => {
      const range = { host: '::1', from: Math.min(one, other), to: Math.max(one, other) }
      let next = range.from
      for (const part of partsOf(range, size)) {
        const { from = 0, to = 0 } = parsePortRange(part) ?? {}
        expect(from).toBe(next)
        expect(to - from).toBeLessThan(size)
        next = to + 1
      }
      expect(next).toBe(range.to + 1)
    }),
  )
})
