import { describe, expect, test } from 'vitest'
import { type Summary, summaryOf } from '../../src/renderer/decoding/summary.ts'
import type { TreeNode } from '../../src/shared/codecs/codec.ts'
import { codecs, viewOf } from '../../src/shared/codecs/index.ts'
import { everything } from '../shared/codecs/protobuf/schemas.ts'
import { fromHex } from '../shared/codecs/support.ts'

const asLine = ({ opening, closing, parts, isWhole }: Summary): string =>
  `${opening}${parts.map(({ key, value }) => (key === undefined ? value : `${key}: ${value}`)).join(', ')}${isWhole ? '' : ', …'}${closing}`

function lineOf(node: TreeNode | undefined): string | undefined {
  const summary = node && summaryOf(node)
  return summary && asLine(summary)
}

const ofJson = (text: string) => lineOf(codecs.json.read?.(new TextEncoder().encode(text)).root)

describe('a container of JSON', () => {
  test.each([
    ['{"id": 0, "name": "user 0"}', '{id: 0, name: "user 0"}'],
    ['[1, 2.50, null]', '[1, 2.50, null]'],
    ['{"0": 1, "a": {"b": 1}, "c": [1], "d": {}, "e": []}', '{0: 1, a: {…}, c: […], d: {}, e: []}'],
    [
      '{"id": 0, "name": "user 0", "more": "12345678901234567890", "and": "so on"}',
      '{id: 0, name: "user 0", more: "12345678901234567890", …}',
    ],
    [`{"text": "${'x'.repeat(100)}", "b": 1}`, `{text: "${'x'.repeat(52)}…, …}`],
    [`{"${'k'.repeat(30)}": 1}`, `{${'k'.repeat(23)}…: 1}`],
    [`["${'😀'.repeat(40)}"]`, `["${'😀'.repeat(29)}…]`],
    ['1\n2\n', '[1, 2]'],
  ])('%s is %s', (text, summary) => {
    expect(ofJson(text)).toBe(summary)
  })

  test('without children, or a value, has none', () => {
    for (const text of ['{}', '[]', '"3 items"', '1 x']) expect(ofJson(text), text).toBeUndefined()
  })

  test('of very many values is read no further than it shows', () => {
    const leaf: TreeNode = { key: '0', type: 'number', value: '1', start: 0, end: 1, exact: 1 }
    let reads = 0
    const children = new Proxy(
      Array.from({ length: 100_000 }, () => leaf),
      {
        get(target, name, receiver) {
          reads += 1
          return Reflect.get(target, name, receiver)
        },
      },
    )
    const node: TreeNode = { type: 'array', value: '100000 items', start: 0, end: 1, exact: null, children }
    expect(lineOf(node)).toBe(`[${'1, '.repeat(20)}…]`)
    expect(reads).toBeLessThan(100)
  })
})

describe('a container of', () => {
  test.each([
    [
      'cbor',
      '{"a": 1, 1: h\'00ff\', "t": 1(0), "u": 99([1]), "c": (_ "a", "b")}',
      "{a: 1, 1 (integer): h'00ff', t: 1970-01-01T00:00:00Z, u: …, …}",
    ],
    ['cbor', '[_ 1, [2], {}]', '[1, […], {}]'],
    ['messagepack', '{"a": [1_u16], "b": "\\"x\\""}', '{a: […], b: "\\"x\\""}'],
  ] as const)('%s: %s is %s', (encoding, text, summary) => {
    expect(lineOf(codecs[encoding].read?.(codecs[encoding].encode(text)).root)).toBe(summary)
  })

  test('CBOR that means a time is shown as the time', () => {
    expect(lineOf(codecs.cbor.read?.(codecs.cbor.encode('1(1363896240)')).root)).toBeUndefined()
  })

  test('Protobuf has the names of its fields', () => {
    const options = { message: everything }
    const bytes = codecs.protobuf.encode('{"nested":{"anInt32":1},"numbers":[1,2]}', options)
    const { root } = codecs.protobuf.read?.(bytes, options) ?? {}
    expect(lineOf(root)).toBe('{nested: {…}, numbers: […]}')
    expect(lineOf(root?.children?.[1])).toBe('[1, 2]')
  })

  test('Pickle is written as Python does', () => {
    expect(lineOf(viewOf('pickle').read?.(fromHex('80 04 7d 8c 01 6e 4b 05 73 2e')).root)).toBe('{n: 5}')
  })
})
