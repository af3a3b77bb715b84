import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearch } from '../../src/shared/transcript/search.ts'

/** A text as it is written to be looked for as it is. */
const quoteForSearch = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

const shown = (text: string): string[] => {
  const { words, patterns, problem } = parseSearch(text)
  if (problem !== null) return [`! ${problem}`]
  return [
    ...words.map(({ kind, text: what, excludes }) => `${excludes ? '-' : '+'}${kind} ${what}`),
    ...patterns.map(({ pattern, excludes }) => `${excludes ? '-' : '+'}${pattern}`),
  ]
}

test.each<[string, string[]]>([
  ['', []],
  ['   ', []],
  ['one', ['+text one']],
  ['  one   two ', ['+text one', '+text two']],
  ['"one  two" three', ['+text one  two', '+text three']],
  ['"not ended', ['+text not ended']],
  ['""', []],
  ['say \\"', ['+text say', '+text \\"']],
  ['"a \\" b \\\\ c \\n"', ['+text a " b \\ c \\n']],
  ['-one', ['-text one']],
  ['-"one two" three', ['-text one two', '+text three']],
  ['-', ['+text -']],
  ['a-b --c', ['+text a-b', '-text -c']],
  ['- one', ['+text -', '+text one']],
  ["h'00 FF'", ['+bytes 00ff']],
  ["-h'00ff' x", ['-bytes 00ff', '+text x']],
  ["h'0' h'' h'zz'", ["+text h'0'", "+text h''", "+text h'zz'"]],
  ['/a b/', ['+/a b/']],
  ['/a\\/b/i x', ['+text x', '+/a\\/b/i']],
  ['/[/]x/', ['+/[/]x/']],
  ['-/^ping$/gi', ['-/^ping$/i']],
  ['/dev/null', ['+text /dev/null']],
  ['/usr /bin', ['+text /usr', '+text /bin']],
  ['//', ['+text //']],
  ['/(/', ['! /(/ is no regular expression: unterminated group.']],
  ['/x/uv', ["! /x/ is no regular expression: invalid flags supplied to regexp constructor 'uv'."]],
  ['/a: (/', ['! /a: (/ is no regular expression: unterminated group.']],
  ['a /x(/ b', ['! /x(/ is no regular expression: unterminated group.']],
  ["' OR 1=1 --", ["+text '", '+text OR', '+text 1=1', '-text -']],
])('%j', (text, terms) => {
  expect(shown(text)).toEqual(terms)
})

test('a quoted text is looked for as it is, whatever it contains', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), fc.boolean(), (text, excludes) => {
      const { words, patterns, problem } = parseSearch(`${excludes ? '-' : ''}${quoteForSearch(text)} after`)
      expect({ words, patterns, problem }).toEqual({
        words: [
          { kind: 'text', text, excludes },
          { kind: 'text', text: 'after', excludes: false },
        ],
        patterns: [],
        problem: null,
      })
    }),
  )
})

const special = ['"', '\\', '/', '-', ' ', "h'", "'", '[', ']', '(', 'a', '0', 'i', 'x']
const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...special)).map((parts) => parts.join('')),
)

test('any text is read, without an end that is missed', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const { words, patterns, problem } = parseSearch(text)
      for (const { text: each, kind } of words) {
        expect(each).not.toBe('')
        if (kind === 'bytes') expect(each).toMatch(/^(?:[0-9a-f]{2})+$/)
      }
      for (const { pattern } of patterns) expect(pattern.global || pattern.sticky).toBe(false)
      if (problem !== null) expect([...words, ...patterns]).toEqual([])
    }),
    { numRuns: 1000 },
  )
})

test('words without special characters are found in the order they are written', () => {
  const plain = fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', 'é', '9', '.', ':') })
  fc.assert(
    fc.property(fc.array(plain), (words) => {
      expect(parseSearch(words.join('  ')).words.map(({ text }) => text)).toEqual(words)
    }),
  )
})
