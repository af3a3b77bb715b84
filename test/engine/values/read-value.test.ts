import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { valueOfNode } from '../../../src/engine/values/node-value.ts'
import { nodeReader, valueReader } from '../../../src/engine/values/read-value.ts'
import { codecs, type EncodingId, type ViewId } from '../../../src/shared/codecs/index.ts'
import { nodeAs } from '../../../src/shared/codecs/node-as.ts'
import { encodeUtf8 } from '../../../src/shared/utf8.ts'
import { plainSource, type ValueSource } from '../../../src/shared/values/source.ts'
import type { Value } from '../../../src/shared/values/value.ts'

const readFrame = (frame: Uint8Array, encoding: ViewId, path: string, more: Partial<ValueSource> = {}) =>
  valueReader({ ...plainSource(0, encoding, path), ...more })({ frames: [frame], envelope: 0 })

const readText = (encoding: EncodingId, text: string, path: string, more: Partial<ValueSource> = {}) =>
  readFrame(codecs[encoding].encode(text), encoding, path, more)

const instant = { seconds: 1_700_000_000n, nanoseconds: 500_000_000 }

describe('a value', () => {
  test.each<readonly [EncodingId, string, string, Value | undefined]>([
    ['json', '{"a": {"b": [1, -2.5e3]}}', '$.a.b[1]', -2500],
    ['json', '{"price": 12345678901234567890}', '$.price', 12345678901234567890n],
    ['json', '{"price": "12.50"}', '$.price', '12.50'],
    ['json', '{"on": true, "off": null}', '$.on', true],
    ['json', '{"on": true, "off": null}', '$.off', null],
    ['json', '{"a": {"b": 1}}', '$.a', undefined],
    ['json', '{"a": 1}', '$.b', undefined],
    ['json', '{"a": 1, "a": 2}', '$.a', 2],
    ['json', '{"\\u0061": 7}', '$.a', 7],
    ['json', '[1, 2.5, 3]', '$', new Float64Array([1, 2.5, 3])],
    ['json', '[1, "2"]', '$', undefined],
    ['messagepack', '{"a": [1, 2.5]}', '$.a[1]', 2.5],
    ['messagepack', '18446744073709551615', '$', 18446744073709551615n],
    ['messagepack', 'timestamp("2023-11-14T22:13:20.5Z")', '$', instant],
    ['cbor', '1(1700000000)', '$', { seconds: 1_700_000_000n, nanoseconds: 0 }],
    ['cbor', '0("2023-11-14T22:13:20.5Z")', '$', instant],
    ['cbor', '{"a": 85(h\'0000803f00000040\')}', '$.a', new Float64Array([1, 2])],
    ['cbor', "2(h'010000000000000000')", '$', 18446744073709551616n],
    ['cbor', "h'31'", '$', undefined],
    ['cbor', 'NaN', '$', Number.NaN],
  ])('of %s %s at %s', (encoding, text, path, expected) => {
    expect(readText(encoding, text, path)).toEqual(expected)
  })

  test('is a number of JSON that JSON does not have', () => {
    expect(readFrame(encodeUtf8('{"a": NaN, "b": -Infinity}'), 'json', '$.a')).toBeNaN()
    expect(readFrame(encodeUtf8('{"a": NaN, "b": -Infinity}'), 'json', '$.b')).toBe(Number.NEGATIVE_INFINITY)
  })

  test('is none where its digits are cut short', () => {
    expect(readFrame(encodeUtf8('{"b": 5, "a": 12.'), 'json', '$.b')).toBe(5)
    expect(readFrame(encodeUtf8('{"b": 5, "a": 12.'), 'json', '$.a')).toBeUndefined()
  })

  test('is a time of text only when asked', () => {
    const text = '{"t": "2023-11-14T22:13:20.5Z"}'
    expect(readText('json', text, '$.t')).toBe('2023-11-14T22:13:20.5Z')
    expect(readText('json', text, '$.t', { isTime: true })).toEqual(instant)
  })

  test('is read behind the envelope, in its frame', () => {
    const frames = ['peer', '', '{"a": 1}', '{"a": 2}'].map(encodeUtf8)
    expect(valueReader(plainSource(1, 'json', '$.a'))({ frames, envelope: 2 })).toBe(2)
    expect(valueReader(plainSource(2, 'json', '$.a'))({ frames, envelope: 2 })).toBeUndefined()
  })

  test('is not read out of a large frame', () => {
    const large = encodeUtf8(`{"a": 1, "b": "${'x'.repeat(64 * 1024)}"}`)
    expect(readFrame(large, 'json', '$.a')).toBeUndefined()
    expect(readFrame(encodeUtf8(`{"a": 1, "b": "${'x'.repeat(60 * 1024)}"}`), 'json', '$.a')).toBe(1)
  })
})

describe('a value of an array', () => {
  const floats = new Uint8Array(new Float32Array([1, 2.5, -3]).buffer)
  const array = { type: 'float32', littleEndian: true, columns: 1 } as const

  test('is all numbers, or one of them', () => {
    expect(readFrame(floats, 'array', '$', { array })).toEqual(new Float64Array([1, 2.5, -3]))
    expect(readFrame(floats, 'array', '$[1]', { array })).toBe(2.5)
    expect(readFrame(floats, 'array', '$[3]', { array })).toBeUndefined()
  })

  test('is as the frame before it says', () => {
    const before = encodeUtf8('{"dtype": "float32", "shape": [3]}')
    const read = valueReader(plainSource(1, 'array', '$[2]'))
    expect(read({ frames: [before, floats], envelope: 0 })).toBe(-3)
  })
})

describe('a value of text', () => {
  const text = encodeUtf8('21.5, -3;ok')

  test('is the whole, or a part of it', () => {
    expect(readFrame(text, 'text', '$')).toBe('21.5, -3;ok')
    expect(readFrame(text, 'text', '$[1]')).toBe('-3')
    expect(readFrame(text, 'text', '$[9]')).toBeUndefined()
    expect(readFrame(new Uint8Array([0xff]), 'text', '$')).toBeUndefined()
  })

  test('is what a regular expression captures', () => {
    const line = encodeUtf8('sensor 7: temperature = 21.5 °C')
    expect(readFrame(line, 'text', '$', { capture: 'temperature = ([\\d.]+)' })).toBe('21.5')
    expect(readFrame(line, 'text', '$', { capture: 'temperature\\s*=\\s*([\\d.]+)' })).toBe('21.5')
    expect(readFrame(line, 'text', '$', { capture: 'pressure = (\\d+)' })).toBeUndefined()
    expect(readText('json', '{"a": "v=7"}', '$.a', { capture: 'v=(\\d)' })).toBe('7')
  })

  test('is not looked for again with an expression that backtracks for ever', () => {
    const read = valueReader({ ...plainSource(0, 'text', '$'), capture: '((?:a+)+)b' })
    const frames = [encodeUtf8(`${'a'.repeat(60)}c`)]
    expect(read({ frames, envelope: 0 })).toBeUndefined()
    expect(read({ frames: [encodeUtf8('aab')], envelope: 0 })).toBeUndefined()
  })
})

/** Texts of JSON with white space in odd places. */
const jsonText = fc
  .tuple(fc.jsonValue(), fc.constantFrom(0, 1, 3), fc.constantFrom('', ' ', '\n'))
  .map(([value, indent, around]) => `${around}${JSON.stringify(value, null, indent)}${around}`)

/** Objects with equal keys, keys with escapes and keys of digits. */
const oddText = fc
  .array(
    fc.tuple(
      fc.constantFrom('"a"', '"\\u0061"', '"1"', '"0"', '"b\\""', '""', '"__proto__"'),
      fc.constantFrom('1', '-0', '1e3', '[1,[2]]', '{"a":"]"}', '"}\\\\"', 'null', '12345678901234567890'),
    ),
    { maxLength: 5 },
  )
  .map((members) => `{${members.map(([key, value]) => `${key} : ${value}`).join(' ,')}}`)

/** The value in the tree of a frame of JSON. */
function inTree(frame: Uint8Array, path: string): Value | undefined {
  const node = nodeReader(plainSource(0, 'json', path), {})({ frames: [frame], envelope: 0 })?.at(-1)
  return node && valueOfNode(node, frame)
}

describe('a value of JSON', () => {
  test('is the one in the tree, wherever it is', () => {
    fc.assert(
      fc.property(fc.oneof(jsonText, oddText), (text) => {
        const frame = encodeUtf8(text)
        const root = codecs.json.read?.(frame).root
        const waiting = root ? [[root]] : []
        for (let nodes = waiting.pop(); nodes; nodes = waiting.pop()) {
          for (const child of nodes.at(-1)?.children ?? []) waiting.push([...nodes, child])
          const path = nodeAs(nodes, 'path')
          expect(readFrame(frame, 'json', path)).toEqual(inTree(frame, path))
        }
        for (const path of ['$.a', '$[0]', '$["1"]', '$[1].a', '$.nothing'])
          expect(readFrame(frame, 'json', path)).toEqual(inTree(frame, path))
      }),
    )
  })

  test.each([999, 1000, 1001, 5000])('is the one in the tree, beside %i levels', (levels) => {
    const frame = encodeUtf8(`{"a": "]}", "deep": ${'['.repeat(levels)}${']'.repeat(levels)}, "b": 2}`)
    for (const path of ['$.a', '$.b']) expect(readFrame(frame, 'json', path)).toEqual(inTree(frame, path))
  })

  test('is of the message that is given, whichever was read before', () => {
    const readers = ['$.a', '$.b', '$[0]'].map((path) => valueReader(plainSource(0, 'json', path)))
    const read = (text: string) => readers.map((reader) => reader({ frames: [encodeUtf8(text)], envelope: 0 }))
    expect(read('{"a": 1, "b": 2}')).toEqual([1, 2, undefined])
    expect(read('{"a": 3, "b": 4}')).toEqual([3, 4, undefined])
    expect(read('[5]')).toEqual([undefined, undefined, 5])
  })
})
