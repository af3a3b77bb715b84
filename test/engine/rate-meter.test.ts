import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RateMeter } from '../../src/engine/rate-meter.ts'

test('counts what came within the last second, in steps of 100 ms', () => {
  const step = fc.record({
    after: fc.integer({ min: 0, max: 1500 }),
    messages: fc.integer({ min: 0, max: 3 }),
    bytes: fc.integer({ min: 0, max: 1000 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      const meter = new RateMeter()
      let now = 0
      const added = steps.map(({ after, messages, bytes }) => {
        now += after
        meter.add(now, messages, bytes)
        return { at: now, messages, bytes }
      })
      const within = added.filter(({ at }) => Math.floor(at / 100) > Math.floor(now / 100) - 10)
      const messages = within.reduce((total, each) => total + each.messages, 0)
      const bytes = within.reduce((total, each) => total + each.bytes, 0)
      expect(meter.perSecond(now)).toEqual({ messages, bytes })
      expect(meter.perSecond(now + 1000)).toEqual({ messages: 0, bytes: 0 })
    }),
  )
})
