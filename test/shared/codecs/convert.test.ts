import { decode } from '@msgpack/msgpack'
import { decode as decodeCbor } from 'cbor2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convertText } from '../../../src/shared/codecs/convert/convert.ts'
import { canConvertAnyway, lossSentence } from '../../../src/shared/codecs/convert/losses.ts'
import { targets } from '../../../src/shared/codecs/convert/targets.ts'
import { codecs, type TreeNode } from '../../../src/shared/codecs/index.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { readTree } from './support.ts'

describe('nothing is lost', () => {
  test.each([
    ['json', 'messagepack', '{"a":1}', '{"a": 1}'],
    ['json', 'cbor', '{"a":[1,2.0,1e2,-0]}', '{\n  "a": [1, 2.0, 100.0, -0.0]\n}'],
    ['json', 'cbor', '1.10', '1.1'],
    ['json', 'cbor', '18446744073709551616', '18446744073709551616'],
    ['json', 'messagepack', '18446744073709551615', '18446744073709551615'],
    ['json', 'messagepack', '{"a":1,"a":2}', '{"a": 1, "a": 2}'],
    ['json', 'messagepack', '"a"\n"b"\n', '"a",\n"b"'],
    ['json', 'cbor', '"\\u202e\\/é"', '"\\u202e/é"'],
    ['messagepack', 'json', '{"a": 5_u16, "b": 1.5_2, "c": []}', '{\n  "a": 5,\n  "b": 1.5,\n  "c": []\n}'],
    ['messagepack', 'cbor', "{1: h'00ff', null: NaN}", "{1: h'00ff', null: NaN}"],
    ['cbor', 'json', '(_ "a", "b")', '"ab"'],
    ['cbor', 'json', '[_ 1, {_ "a": 2_1}]', '[\n  1,\n  {"a": 2}\n]'],
    ['cbor', 'json', "2(h'010000000000000000')", '18446744073709551616'],
    ['cbor', 'json', "2(h'01')", '1'],
    ['cbor', 'json', '1, "two", {}', '1\n"two"\n{}'],
    ['cbor', 'messagepack', "[<<1>>, (_ h'00', h'01')]", "[h'01', h'0001']"],
  ] as const)('from %s to %s: %s', (from, to, text, expected) => {
    const converted = convertText(text, from, to)
    expect([...converted.losses]).toEqual([])
    expect(converted.text).toBe(expected)
  })
})

describe('what would be lost is named, with its place and what would become of it', () => {
  test.each([
    ['cbor', 'json', "[1, h'00ff', h'01']", "h'00ff'", 'no byte strings', '[1, "AP8=", "AQ=="]'],
    ['cbor', 'json', '{"a": 1(5)}', '1(5)', 'no tags', '{"a": 5}'],
    ['cbor', 'json', '[undefined]', 'undefined', 'no undefined', '[null]'],
    ['cbor', 'json', '[simple(5)]', 'simple(5)', 'no simple values besides true, false and null', null],
    ['cbor', 'json', '[NaN, -Infinity]', 'NaN', 'no NaN and Infinity', '[null, null]'],
    ['cbor', 'json', '{1: 2}', '1', 'no keys other than text', '{"1": 2}'],
    ['cbor', 'json', '{1: 2, "1": 3}', '1', 'no keys other than text and no keys that differ only in their type', null],
    ['cbor', 'json', '{"1": 2, 1: 3}', '1', 'no keys other than text and no keys that differ only in their type', null],
    ['cbor', 'json', "text(h'ff')", "text(h'ff')", 'no text that is not UTF-8', null],
    ['cbor', 'json', "[1(h'00')]", "1(h'00')", 'no tags and no byte strings', '["AA=="]'],
    ['cbor', 'messagepack', '[1(5), undefined]', '1(5)', 'no tags and no undefined', '[5, null]'],
    ['cbor', 'messagepack', '[18446744073709551616]', '18446744073709551616', 'no integers this large', null],
    ['cbor', 'messagepack', '[-9223372036854775809]', '-9223372036854775809', 'no integers this large', null],
    ['cbor', 'messagepack', "float'7e01'", "float'7e01'", 'no NaNs of 16 bits', 'NaN'],
    ['messagepack', 'json', "ext(5, h'00')", "ext(5, h'00')", 'no extension types', null],
    [
      'messagepack',
      'json',
      "timestamp('2024-02-29T12:34:56Z')",
      "timestamp('2024-02-29T12:34:56Z')",
      'no timestamps',
      '"2024-02-29T12:34:56Z"',
    ],
    ['messagepack', 'cbor', "[ext(5, h'00')]", "ext(5, h'00')", 'no extension types', null],
    [
      'json',
      'cbor',
      '[0.12345678901234567890]',
      '0.12345678901234567890',
      'no floats of so many digits',
      '[0.12345678901234568]',
    ],
    ['json', 'messagepack', '[1e400]', '1e400', 'no floats this large or small', null],
    ['json', 'messagepack', '[18446744073709551616]', '18446744073709551616', 'no integers this large', null],
    ['json', 'cbor', '["\\ud800"]', '"\\ud800"', 'no halves of surrogate pairs', null],
    ['json', 'cbor', '[1]\0\0', '\0\0', 'no NULs after a value', '[1]'],
  ] as const)('from %s to %s: %s', (from, to, text, place, what, anyway) => {
    const converted = convertText(text, from, to)
    const [first] = converted.losses.values()
    expect(text.slice(first?.start, first?.end)).toBe(place)
    expect(lossSentence(converted.losses, targets[to].label)).toContain(`${targets[to].label} has ${what}.`)
    expect(canConvertAnyway(converted.losses) ? converted.text : null).toBe(anyway)
  })

  test('in words', () => {
    const { losses } = convertText("[h'00', 1(5), undefined]", 'cbor', 'json')
    expect(lossSentence(losses, 'JSON')).toBe(
      'JSON has no byte strings, no tags and no undefined. If you convert anyway, byte strings become base64 text, tags are left out and undefined becomes null.',
    )
    expect(lossSentence(convertText('simple(5)', 'cbor', 'json').losses, 'JSON')).toBe(
      'JSON has no simple values besides true, false and null.',
    )
  })
})

/** MessagePack has no integers beyond 64 bits. */
const jsonText = fc.json().map((text) => text.replaceAll(/\d{19,}/g, '1'))

test('JSON is the same value in MessagePack and CBOR, and on the way back', () => {
  fc.assert(
    fc.property(jsonText, (text) => {
      const value: unknown = JSON.parse(text)
      for (const [binary, read] of [
        ['messagepack', decode],
        ['cbor', decodeCbor],
      ] as const) {
        const there = convertText(text, 'json', binary)
        expect(there.losses.size).toBe(0)
        if (!isReadOtherwise(text)) expect(read(codecs[binary].encode(there.text))).toEqual(value)
        const back = convertText(there.text, binary, 'json')
        expect(back.losses.size).toBe(0)
        expect(JSON.parse(back.text)).toEqual(value)
      }
    }),
    { numRuns: 300 },
  )
})

/** Whether libraries read a key as the object's prototype, or an integer as a bigint. */
const isReadOtherwise = (text: string): boolean => /__proto__|\d{16}/.test(text)

/** The kinds of value by the names that trees give them. Tags are integers where they are bignums. */
const kinds: readonly (readonly [names: RegExp, kind: string])[] = [
  [/^(?:positive fixint|negative fixint|u?int |integer|.*bignum)/, 'integer'],
  [/^float/, 'float'],
  [/^(?:fixstr|str|text)/, 'text'],
  [/^(?:fixarray|array)/, 'array'],
  [/^(?:fixmap|map)/, 'map'],
  [/^boolean/, 'boolean'],
  [/^(?:nil|null)/, 'null'],
]

/** All values of a tree in their order, with their keys; without how they are encoded. */
function valuesOf(node: TreeNode): string[] {
  const kind = kinds.find(([names]) => names.test(node.type))?.[1] ?? `not in JSON: ${node.type}`
  const isLeaf = kind === 'integer' || kind === 'text' || !node.children
  return [
    `${node.key ?? ''} ${kind} ${kind === 'integer' ? node.value : node.exact}`,
    ...(isLeaf ? [] : (node.children ?? []).flatMap(valuesOf)),
  ]
}

const valuesIn = (bytes: Uint8Array, id: 'messagepack' | 'cbor'): string[] => {
  const root = readTree(codecs[id], bytes)
  return root ? valuesOf(root) : []
}

test.each([
  ['messagepack', messagePackFrame],
  ['cbor', cborFrame],
] as const)('%s is JSON only when JSON has all of it', (id, frame) => {
  let kept = 0
  fc.assert(
    fc.property(frame, (bytes) => {
      const text = codecs[id].decode(bytes)
      const { text: json, losses } = convertText(text, id, 'json')
      if (losses.size > 0) return
      kept += 1
      codecs.json.encode(json)
      // The way back has the same values: nothing can be lost twice.
      const back = convertText(json, 'json', id)
      expect(back.losses.size).toBe(0)
      // A tree shows keys in parts by how they are encoded.
      if (!text.includes('_ ') && !text.includes('""_')) {
        expect(valuesIn(codecs[id].encode(back.text), id)).toEqual(valuesIn(bytes, id))
      }
    }),
    { numRuns: 1000 },
  )
  expect(kept).toBeGreaterThan(50)
})

test('MessagePack is the same value in CBOR, and on the way back', () => {
  let kept = 0
  fc.assert(
    fc.property(messagePackFrame, (bytes) => {
      const text = codecs.messagepack.decode(bytes)
      const there = convertText(text, 'messagepack', 'cbor')
      if (there.losses.size > 0) return
      kept += 1
      const back = convertText(there.text, 'cbor', 'messagepack')
      expect(back.losses.size).toBe(0)
      // The same text but for the widths.
      expect(back.text).toBe(convertText(text, 'messagepack', 'messagepack').text)
      codecs.cbor.encode(there.text)
    }),
    { numRuns: 1000 },
  )
  expect(kept).toBeGreaterThan(200)
})

test('a long key becomes text whole', () => {
  const bytes = Uint8Array.of(0xa1, 0x59, 0x4e, 0x20, ...new Uint8Array(20_000).fill(0xab), 0x01)
  const { text } = convertText(codecs.cbor.decode(bytes), 'cbor', 'json')
  expect(Object.keys(JSON.parse(text))).toEqual([`h'${'ab'.repeat(20_000)}'`])
})
