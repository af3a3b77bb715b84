import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs, type EncodingId } from '../../../src/shared/codecs/index.ts'
import { Comparisons } from '../../../src/shared/transcript/search/comparisons.ts'
import { maximumComparedBytes } from '../../../src/shared/transcript/search/limits.ts'
import type { KnownView } from '../../../src/shared/transcript/search/structure.ts'
import { parseSearch } from '../../../src/shared/transcript/search.ts'
import { bytes } from '../../support/harness.ts'

const shown = (text: string): string[] => {
  const { words, comparisons, problem } = parseSearch(text)
  if (problem !== null) return [`! ${problem}`]
  return [
    ...comparisons.map(({ path, operator, value, excludes }) => {
      const other = value.kind === 'word' ? `${value.word}` : value.kind === 'pattern' ? `${value.pattern}` : value.text
      return `${excludes ? '-' : '+'}${path} ${operator} ${value.kind} ${other}`
    }),
    ...words.map(({ text: word }) => word),
  ]
}

describe('a comparison is read from', () => {
  test.each<[string, string[]]>([
    ['price > 100', ['+$.price > number 100']],
    ['price>100 x', ['+$.price > number 100', 'x']],
    ['-price<=-1.5e3', ['-$.price <= number -1.5e3']],
    ['a.b[0].c == null', ['+$.a.b[0].c == word null']],
    ['$.user == "x y\\"\\u0041"', ['+$.user == text x y"A']],
    ['$.user != true', ['+$.user != word true']],
    ['$.items[*].price >= 3', ['+$.items[*].price >= number 3']],
    ['$..price < 3', ['+$..price < number 3']],
    ['$["odd ] key"].b == 1', ['+$["odd ] key"].b == number 1']],
    ['$.a[?@.b > 5].c == 1', ['+$.a[?@.b > 5].c == number 1']],
    ['$ == 5', ['+$ == number 5']],
    ['user =~ /^a b/i', ['+$.user =~ pattern /^a b/i']],
    ['user =~ "a/b"', ['+$.user =~ pattern /a\\/b/']],
    ['größe > 1', ['+$.größe > number 1']],
    ['name == "not ended', ['+$.name == text not ended']],
  ])('%j', (text, parts) => expect(shown(text)).toEqual(parts))

  test.each([
    'price > x',
    'price = 100',
    'a -> b',
    'a<b>c',
    'x > 5kg',
    '> 100',
    'price >',
    '$.price',
    '1 < 2',
    'a == b',
    '"price > 100"',
  ])('%j are words', (text) => {
    const { words, comparisons, problem } = parseSearch(text)
    expect({ comparisons, problem }).toEqual({ comparisons: [], problem: null })
    expect(words.length).toBeGreaterThan(0)
  })

  test.each([
    ['$.price > x', 'Write a number, a "text", true, false or null after $.price >.'],
    ['a $.price ==', 'Write a number, a "text", true, false or null after $.price ==.'],
    ['$.price =~ 5', 'Write a regular expression, such as /^eur/i after $.price =~.'],
    ['user =~ /(/', '/(/ is no regular expression: unterminated group.'],
    ['user =~ "("', '/(/ is no regular expression: unterminated group.'],
  ])('%j tells its mistake', (text, problem) => expect(parseSearch(text).problem).toBe(problem))

  test('nothing else: words without an operator are as they are', () => {
    const unit = fc.constantFrom('a', '.', '$', '[', ']', '9', '*', '-', '@', '?')
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit })), (words) => {
        const { comparisons, terms, words: found, problem } = parseSearch(words.join(' '))
        expect({ comparisons, terms, problem }).toEqual({ comparisons: [], terms: [], problem: null })
        expect(found.map(({ text, excludes }) => (excludes ? `-${text}` : text))).toEqual(words)
      }),
    )
  })
})

const special = [
  'price',
  '$',
  '.a',
  '[*]',
  '["',
  '"]',
  '[?',
  ']',
  ' ',
  '>',
  '==',
  '=~',
  '/x/',
  '(',
  '5',
  '-',
  'null',
  '"x"',
]

test('any text of what comparisons are made of is read', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...special)), (parts) => {
      const { comparisons, problem } = parseSearch(parts.join(''))
      for (const { path } of comparisons) expect(path).toMatch(/^\$/)
      if (problem !== null) expect(comparisons).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

const asJson = { encoding: 'json', options: {} } as const

const found = (text: string, frames: readonly Uint8Array[], views: readonly (KnownView | null)[] = []) =>
  new Comparisons(parseSearch(text).comparisons).of({ frames, views, isCut: false })

const holds = (text: string, ...documents: readonly string[]): boolean => found(text, documents.map(bytes)).holds

describe('a comparison', () => {
  const order =
    '{"price": 1.10, "id": 9007199254740993, "user": "ann", "ok": true, "no": null, "items": [{"n": 1}, {"n": 5}]}'
  test.each<[string, boolean]>([
    ['price > 1', true],
    ['price == 1.1', true],
    ['price < 1', false],
    ['id == 9007199254740993', true],
    ['id == 9007199254740992', false],
    ['id > 9007199254740992', true],
    ['id > 9007199254740992.5', true],
    ['id < 9007199254740994', true],
    ['user == "ann"', true],
    ['user < "b"', true],
    ['user == 5', false],
    ['user != 5', true],
    ['user > 5', false],
    ['user =~ /^A/i', true],
    ['price =~ /^1\\.1/', true],
    ['ok == true', true],
    ['ok == 1', false],
    ['ok =~ /t/', false],
    ['no == null', true],
    ['no != null', false],
    ['ok != null', true],
    ['missing != 5', false],
    ['-missing == 5', true],
    ['items == null', false],
    ['items[1].n == 5', true],
    ['items[0].n == 5', false],
    ['$.items[*].n == 5', true],
    ['$..n == 5', true],
    ['$.items[-1].n == 5', true],
    ['$.items[?@.n > 2].n == 5', true],
    ['$.items[?@.n > 2].n == 1', false],
    ['$..[?@ > 9007199254740992] == 9007199254740993', false],
    ['$..id == 9007199254740993', true],
    ['-price > 5', true],
    ['-price > 1', false],
    ['price > 1 price < 2', true],
    ['price > 1 price > 2', false],
  ])('%s of an order', (text, expected) => expect(holds(text, 'orders', order)).toBe(expected))

  test('is about any frame, and any document of several', () => {
    expect(holds('a == 2', '{"a": 1}', '{"a": 2}')).toBe(true)
    expect(holds('a == 2', '{"a": 1}\n{"a": 2}')).toBe(true)
    expect(holds('$[1].a == 2', '{"a": 1}\n{"a": 2}')).toBe(true)
    expect(holds('a == 2', 'a', '')).toBe(false)
  })

  test.each<EncodingId>(['json', 'messagepack', 'cbor'])('finds values in %s that nobody has named', (encoding) => {
    const frame = codecs[encoding].encode('{"a": {"b": [1, 18446744073709551615]}}')
    expect(found('a.b[1] == 18446744073709551615', [bytes('topic'), frame]).holds).toBe(true)
    expect(found('a.b[1] == 18446744073709551614', [bytes('topic'), frame]).holds).toBe(false)
  })

  test('goes through tags, and takes bytes by their digits', () => {
    const frame = codecs.cbor.encode('55799({"a": 1(1363896240), "b": h\'00ff\'})')
    expect(found('a >= 1363896240 b == "00ff"', [frame]).holds).toBe(true)
    expect(found('$..b == "00ff"', [frame]).holds).toBe(true)
  })

  test('reads a frame as it is known to be, or else as what it looks like', () => {
    const frame = codecs.messagepack.encode('{"a": 1}')
    expect(found('a == 1', [frame], [asJson]).holds).toBe(true)
    expect(found('a == 1', [bytes('{"a": 1}')], [{ encoding: 'text', options: {} }]).holds).toBe(true)
    expect(found('$[0] == "x"', [codecs.cbor.encode('["x"]')], [{ encoding: 'cbor', options: {} }]).holds).toBe(true)
  })

  test('tells which message has a frame that is too large', () => {
    const large = bytes(JSON.stringify({ a: 1, filler: 'x'.repeat(maximumComparedBytes) }))
    expect(found('a == 1', [large])).toEqual({ holds: false, isSkipped: true })
    expect(found('a == 1', [large, bytes('{"a": 1}')])).toEqual({ holds: true, isSkipped: false })
    expect(found('a == 2', [large, bytes('{"a": 1}')])).toEqual({ holds: false, isSkipped: true })
  })

  test('goes through the deepest nesting that is read', () => {
    const deep = `${'['.repeat(900)}{"a": 7}${']'.repeat(900)}`
    expect(holds('$..a == 7', deep)).toBe(true)
    expect(holds('$..[?@.a > 6].a == 7', deep)).toBe(true)
  })

  test('says what is no path', () => {
    expect(() => new Comparisons(parseSearch('$.a[?] == 1').comparisons)).toThrow(/^\$\.a\[\?\] is no path: /)
    // Expressions that backtrack would hold up the log.
    expect(() => new Comparisons(parseSearch('$[?match(@.a, "(a+)+")].a == 1').comparisons)).toThrow(/is no path/)
  })

  test('of two numbers is what it is of their values', () => {
    const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n })
    fc.assert(
      fc.property(integer, fc.oneof(integer, fc.constantFrom(0n, 1n)), (one, other) => {
        const document = `{"n": ${one}}`
        expect(holds(`n < ${other}`, document)).toBe(one < other)
        expect(holds(`n >= ${other}`, document)).toBe(one >= other)
        expect(holds(`n == ${one}`, document)).toBe(true)
        expect(holds(`n != ${other}`, document)).toBe(one !== other)
      }),
    )
  })

  test('of two texts is what it is of their characters, however they are quoted', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const document = JSON.stringify({ t: one })
        expect(holds(`t == ${JSON.stringify(other)}`, document)).toBe(one === other)
        expect(holds(`t <= ${JSON.stringify(other)}`, document)).toBe(one <= other)
      }),
    )
  })
})

test('no bytes make a comparison throw', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom('a == 1', '$..[*] > 1', '$ != null'),
      (frame, text) => {
        expect(found(text, [frame]).isSkipped).toBe(false)
      },
    ),
  )
})
