import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { topicBytes } from '../../../src/shared/session/topic.ts'
import { usualKey } from '../../../src/shared/topics/key.ts'
import { suggestSeparator } from '../../../src/shared/topics/separator.ts'
import { levelsOf, maximumKeyBytes, shownTopic, topicOf } from '../../../src/shared/topics/topic-text.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'

describe('the topic of a key', () => {
  test('is the very bytes, as text or as hex', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
    )
    fc.assert(
      fc.property(bytes, (some) => {
        expect([...topicBytes(topicOf(some))]).toEqual([...some])
      }),
    )
  })

  test('is hex where text could not be seen', () => {
    expect(shownTopic(topicOf(new Uint8Array([0xff, 0])))).toBe("h'ff00'")
    expect(shownTopic(topicOf(new Uint8Array([0, 65])))).toBe("h'0041'")
    expect(shownTopic(topicOf(encodeUtf8('préço')))).toBe('préço')
    expect(shownTopic(topicOf(new Uint8Array()))).toBe('(empty)')
    expect(shownTopic(topicOf(encodeUtf8('a\nb\u202e')))).toBe('a⏎b\\u202e')
  })

  test('loses no more than the character that was cut', () => {
    for (const [character, whole] of [
      ['é', 127],
      ['€', 85],
      ['😀', 63],
    ] as const) {
      const bytes = encodeUtf8(character.repeat(200)).subarray(0, maximumKeyBytes)
      expect(topicOf(bytes)).toEqual({ encoding: 'text', text: character.repeat(whole) })
    }
  })
})

test('levels put together again are the topic', () => {
  const topic = fc.string({ unit: fc.constantFrom(...'ab/.') })
  fc.assert(
    fc.property(topic, fc.constantFrom('/', '.', null), fc.integer({ min: 1, max: 5 }), (text, separator, most) => {
      const levels = levelsOf({ encoding: 'text', text }, separator, most)
      expect(levels.length).toBeLessThanOrEqual(most)
      expect(levels.join(separator ?? '')).toBe(text)
    }),
  )
  expect(levelsOf({ encoding: 'hex', text: '2f2f' }, 'f', 9)).toEqual(['2f2f'])
})

describe('the suggested separator', () => {
  test.each([
    ['/', ['home/kitchen/temp', 'home/hall/temp', 'home/hall/door.open']],
    ['.', ['prices.eur', 'prices.usd', 'trades.eur']],
    [':', ['queue:jobs', 'queue:mails']],
    // The one that puts more together.
    ['/', ['eu/a.b', 'eu/c.d', 'eu/e.f']],
    // Of two that do the same, the likelier one.
    ['/', ['a/b.c/d', 'a/b.e/f']],
    [null, ['temperature', 'humidity']],
    [null, ['one.txt', 'two']],
    [null, ['1.5', '2.5', '1.75']],
    [null, ['10:30', '10:31']],
    [null, ['prices.eur']],
    [null, []],
  ])('is %j of %j', (separator, topics) => {
    expect(suggestSeparator(topics)).toBe(separator)
  })

  test('does not depend on the order of topics', () => {
    const topics = fc.uniqueArray(fc.string({ unit: fc.constantFrom(...'ab1/.:'), maxLength: 6 }), { maxLength: 12 })
    fc.assert(
      fc.property(topics, (some) => {
        expect(suggestSeparator([...some].reverse())).toBe(suggestSeparator(some))
      }),
    )
  })
})

test('sockets with peers begin with these, all others with the first frame', () => {
  expect(usualKey('router')).toEqual({ by: 'peer' })
  expect(usualKey('sub')).toEqual({ by: 'frame', frame: 0 })
})
