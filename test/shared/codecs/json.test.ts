import fc from 'fast-check'
import { isLosslessNumber, parse as parseLossless } from 'lossless-json'
import { describe, expect, test } from 'vitest'
import { codecs, formatJson, minifyJson, type TreeNode } from '../../../src/shared/codecs/index.ts'
import { parseJson, parseJsonDocuments } from '../../../src/shared/codecs/json/parse.ts'
import { tries } from '../../support/nightly.ts'
import { character, codecError, fromHex, readTree } from './support.ts'

const { json } = codecs
const utf8 = new TextEncoder()

test('sends what was typed, byte for byte', () => {
  const typed = ' {"b": 1.10,\r\n\t"a": [1e400, -0, 12345678901234567890], "a": "\\u0041é"} '
  expect(json.encode(typed)).toEqual(utf8.encode(typed))
  expect(json.decode(utf8.encode(typed))).toBe(typed)
})

test('accepts exactly what JSON.parse accepts', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"',
    '\\n',
    '\\',
    '1',
    '-',
    '0',
    '.',
    'e',
    '+',
    'true',
    'null',
    ' ',
    '\n',
    '\t',
  ]
  const nearJson = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join(''))
  const mutated = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...pieces, '')).map(([text, place, piece]) => {
    const cut = place % (text.length + 1)
    return text.slice(0, cut) + piece + text.slice(cut + 1)
  })
  fc.assert(
    fc.property(fc.oneof(nearJson, mutated, fc.json()), (text) => {
      const isOne = accepts(() => JSON.parse(text))
      expect(accepts(() => parseJson(text))).toBe(isOne)
      if (isOne || !accepts(() => json.encode(text))) return
      const documents = parseJsonDocuments(text)
      expect(documents.length).toBeGreaterThan(1)
      for (const { start, end } of documents) JSON.parse(text.slice(start, end))
    }),
    tries(1000, 3000),
  )
})

describe('points at the fault', () => {
  test.each([
    ['{"a": 1 "b": 2}', 8, "Expected ',' or '}', found '\"'"],
    ['[1 2]', 3, "Expected ',' or ']', found '2'"],
    ['[1,]', 2, "Remove this ',': nothing follows it before the ']'"],
    ['{"a":1,}', 6, "Remove this ',': nothing follows it before the '}'"],
    ['{"a" 1}', 5, "Expected ':' after the key, found '1'"],
    ['{a: 1}', 1, "Expected a key in double quotes, found 'a'"],
    ["{'a': 1}", 1, 'Expected a key in double quotes, found "\'"'],
    ["['a']", 1, 'Expected a value, found "\'": strings are written in double quotes'],
    ['{"a": }', 6, "Expected a value, found '}'"],
    ['[,1]', 1, "Expected a value, found ','"],
    ['{} 1', 3, "Unexpected '1' after the end of the JSON value"],
    ['1 {}', 2, "Unexpected '{' after the end of the JSON value"],
    ['{}\n{"a"}', 7, "Expected ':' after the key, found '}'"],
    ['[1', 2, "Expected ',' or ']', but the text ends"],
    ['{"a":', 5, 'A value is missing at the end'],
    ['  ', 2, 'A value is missing at the end'],
    ['True', 0, "Unknown word 'True': expected true, false, null, a number, or text in double quotes"],
    ['[undefined]', 1, "Unknown word 'undefined': expected true, false, null, a number, or text in double quotes"],
    ['"abc', 0, 'This string has no closing quote'],
    ['"a\nb"', 2, 'Not allowed inside a string: a line break must be written \\n'],
    ['"\0"', 1, 'Not allowed inside a string: U+0000 must be written \\u0000'],
    ['"\\x41"', 1, 'A backslash must be followed by one of " \\ / b f n r t u: write \\\\ for the backslash itself'],
    ['"\\u12g4"', 1, 'Four hex digits must follow \\u'],
    ['[01]', 1, "'01' is not a JSON number: remove the zero at its start"],
    ['0x10', 0, "'0x10' is not a JSON number: write it in decimal digits"],
    ['1.', 0, "'1.' is not a JSON number: a digit must follow the '.'"],
    ['.5', 0, "'.5' is not a JSON number: it must begin with a digit or '-'"],
    ['+1', 0, "'+1' is not a JSON number: it must begin with a digit or '-'"],
    ['1e', 0, "'1e' is not a JSON number: digits must follow the exponent sign"],
    ['-', 0, "'-' is not a JSON number: a digit must follow the '-'"],
    ['-Infinity', 0, "'-Infinity' is not a JSON number: a digit must follow the '-'"],
    ['1_000', 0, "'1_000' is not a JSON number: write digits, such as 12, -1.5 or 2e10"],
    ['\ufeff{}', 0, 'Expected a value, found a byte order mark (U+FEFF)'],
    ['[😀]', 1, "Expected a value, found '😀'"],
    ['"\ud800"', 1, 'Half of a character (lone surrogate U+D800) cannot be sent as UTF-8'],
  ])('%j', (typed, offset, message) => {
    expect(codecError(() => json.encode(typed))).toMatchObject({ code: 'encode-failed', offset, message })
  })

  test('in bytes when it decodes', () => {
    const error = codecError(() => json.decode(utf8.encode('{"é😀": 😀}')))
    expect(error).toMatchObject({ code: 'decode-failed', offset: 11, length: 4 })
    expect(codecError(() => json.decode(fromHex('22 ff 22')))).toMatchObject({ code: 'decode-failed', offset: 1 })
  })
})

describe('depth', () => {
  test.each(['[', '{"a":'])('a thousand levels of %s are read, one more is rejected', (opening) => {
    const closing = opening === '[' ? ']' : '}'
    const nested = (levels: number) => `${opening.repeat(levels)}0${closing.repeat(levels)}`
    expect(json.decode(json.encode(nested(1000)))).toBe(nested(1000))
    expect(depthOf(readTree(json, json.encode(nested(1000))))).toBe(1001)
    expect(minifyJson(formatJson(nested(1000)))).toBe(nested(1000))
    const refused = { offset: opening.length * 1000, message: 'More than 1000 levels of nesting' }
    expect(codecError(() => json.encode(nested(1001)))).toMatchObject(refused)
    expect(codecError(() => json.encode(opening.repeat(1_000_000)))).toMatchObject(refused)
    const bytes = utf8.encode(nested(100_000))
    expect(codecError(() => json.decode(bytes))).toMatchObject({ code: 'decode-failed', ...refused })
  })

  test('a layout that would not fit in a string is rejected', () => {
    const text = `${'['.repeat(999)}[${'0,'.repeat(100_000)}0]${']'.repeat(999)}`
    expect(codecError(() => formatJson(text)).message).toBe('Nested too deeply to format')
    expect(minifyJson(text)).toBe(text)
  })
})

describe('tree', () => {
  test.each([
    ['{"a": NaN, "b": 2}', ['NaN', '2'], 6, 3],
    ['[-Infinity, {"x": Infinity}]', ['-Infinity', '1 entry'], 1, 9],
  ])('goes on after a number that JSON does not have: %s', (text, values, offset, length) => {
    const { root, fault } = json.read?.(utf8.encode(text), {}) ?? {}
    expect(root?.children?.map(({ value }) => value)).toEqual(values)
    expect(root?.children?.[0]).toMatchObject({ type: 'number', note: 'not JSON' })
    expect(fault).toMatchObject({ code: 'decode-failed', offset, length })
    expect(fault?.message).toMatch(/is no JSON, although some programs write it$/)
  })

  test.each(['NaNs', '{"a": Infinity1}', 'nan'])('knows no other word: %s', (text) => {
    expect(json.read?.(utf8.encode(text), {}).fault?.message).toContain('Unknown word')
  })

  test('names what comes first', () => {
    const { fault } = json.read?.(utf8.encode('[NaN, tru]'), {}) ?? {}
    expect(fault).toMatchObject({ offset: 1 })
    expect(() => json.encode('[NaN]')).toThrow("Unknown word 'NaN'")
  })

  test('keeps numbers as written, duplicate keys and their order', () => {
    const tree = readTree(json, utf8.encode('{"2":1.10,"1":[-0,1e400,"a\\u0041"],"2":null,"__proto__":{},"t":true}'))
    expect(tree).toMatchObject({
      type: 'object',
      value: '5 entries',
      children: [
        { key: '2', type: 'number', value: '1.10' },
        {
          key: '1',
          type: 'array',
          value: '3 items',
          children: [
            { key: '0', type: 'number', value: '-0' },
            { key: '1', type: 'number', value: '1e400' },
            { key: '2', type: 'string', value: '"a\\u0041"' },
          ],
        },
        { key: '2', type: 'null', value: 'null' },
        { key: '__proto__', type: 'object', value: '0 entries', children: [] },
        { key: 't', type: 'boolean', value: 'true' },
      ],
    })
  })

  test('reports duplicate keys, however they are written, and key positions', () => {
    const tree = readTree(json, utf8.encode('{"é":1, "\\u00e9" :{"é":[]},"e":3,"é":4}'))
    expect(tree?.children?.map(({ key, keySpan, note }) => [key, keySpan?.start, keySpan?.end, note])).toEqual([
      ['é', 1, 5, undefined],
      ['é', 9, 17, 'duplicate key'],
      ['e', 29, 32, undefined],
      ['é', 35, 39, 'duplicate key'],
    ])
    expect(tree?.children?.[1]?.children?.[0]?.note).toBeUndefined()
  })

  test('agrees with lossless-json', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(outline(readTree(json, utf8.encode(text)))).toEqual(outlineOf(parseLossless(text)))
      }),
      { numRuns: 300 },
    )
  })
})

describe('layout', () => {
  test('indents by two and leaves values as written', () => {
    const text = '{"a":[1.10,{}, [ ]],"b\\u0041":{"c":"x y","c":-0}}'
    const laidOut =
      '{\n  "a": [\n    1.10,\n    {},\n    []\n  ],\n  "b\\u0041": {\n    "c": "x y",\n    "c": -0\n  }\n}'
    expect(formatJson(text)).toBe(laidOut)
    expect(minifyJson(laidOut)).toBe(text.replaceAll(', ', ',').replaceAll('[ ]', '[]'))
  })

  test('agrees with JSON.stringify', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: character }), (value) => {
        const compact = JSON.stringify(value)
        expect(formatJson(compact)).toBe(JSON.stringify(value, null, 2))
        expect(minifyJson(formatJson(compact))).toBe(compact)
      }),
    )
  })

  test('rejects what is not JSON', () => {
    expect(codecError(() => formatJson('[1,')).code).toBe('encode-failed')
  })
})

function accepts(operation: () => unknown): boolean {
  try {
    operation()
    return true
  } catch {
    return false
  }
}

function depthOf(tree: TreeNode | undefined): number {
  let depth = 0
  for (let node = tree; node !== undefined; node = node.children?.[0]) depth += 1
  return depth
}

/** A tree as nested arrays: containers as `[type, …[key, child]]`, strings and numbers as their text. */
function outline(node: TreeNode | undefined): unknown {
  if (node?.children === undefined) return node?.type === 'string' ? JSON.parse(node.value) : `${node?.value}!`
  return [node.type, ...node.children.map((child) => [child.key, outline(child)])]
}

function outlineOf(value: unknown): unknown {
  if (typeof value === 'string') return value
  if (isLosslessNumber(value)) return `${value}!`
  if (typeof value !== 'object' || value === null) return `${value}!`
  const entries = Object.entries(value).map(([key, child]) => [key, outlineOf(child)])
  return [Array.isArray(value) ? 'array' : 'object', ...entries]
}
