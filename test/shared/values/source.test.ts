import { describe, expect, test } from 'vitest'
import { captureProblem, plainSource, sourceWords, valueSourceSchema } from '../../../src/shared/values/source.ts'
import { numberInText, numberOf } from '../../../src/shared/values/value.ts'

describe('a source', () => {
  test('has what few need by default', () => {
    expect(valueSourceSchema.parse({ frame: 1, encoding: 'cbor', path: '$.a' })).toEqual(plainSource(1, 'cbor', '$.a'))
  })

  test.each([
    { path: 'a' },
    { path: '$.a[' },
    { capture: '(' },
    { capture: 'none' },
    { capture: '(two)(groups)' },
    { capture: '(a)\\' },
    { capture: '' },
    { frame: -1 },
    { encoding: 'morse' },
  ])('is refused with %o', (wrong) => {
    expect(valueSourceSchema.safeParse({ ...plainSource(0, 'text', '$'), ...wrong }).success).toBe(false)
  })

  test('says what is wrong with a regular expression', () => {
    expect(captureProblem('a(b)(?:c)')).toBeUndefined()
    expect(captureProblem('abc')).toMatch(/group/)
    expect(captureProblem('(a)(b)')).toMatch(/one group/)
    expect(captureProblem('[')).toMatch(/regular expression/)
  })

  test('is named by what is not usual', () => {
    expect(sourceWords(plainSource(0, 'json', '$.a'))).toBe('$.a')
    expect(sourceWords(plainSource(1, 'cbor', '$.a[0]'))).toBe('$.a[0] in frame 2, CBOR')
    expect(sourceWords({ ...plainSource(0, 'text', '$'), capture: 'T=(.*)' })).toBe('/T=(.*)/ Text')
  })
})

describe('a value as a number', () => {
  test.each([
    ['12.50', 12.5],
    [' -3e2 ', -300],
    ['.5', 0.5],
    ['nan', Number.NaN],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['12 V', undefined],
    ['', undefined],
    ['0x10', undefined],
  ])('of the text %j', (text, expected) => {
    expect(numberInText(text)).toBe(expected)
  })

  test('of anything else', () => {
    expect(numberOf(7n)).toBe(7)
    expect(numberOf(true)).toBe(1)
    expect(numberOf(null)).toBeUndefined()
    expect(numberOf({ seconds: 2n, nanoseconds: 500_000_000 })).toBe(2500)
    expect(numberOf(new Float64Array([1]))).toBeUndefined()
  })
})
