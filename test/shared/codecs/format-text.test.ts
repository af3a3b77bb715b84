import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layOutText } from '../../../src/shared/codecs/format-text.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { codecError, toHex } from './support.ts'

const long = 'x'.repeat(60)

describe('notation', () => {
  test.each([
    ['{"a":[1,2.0]}', '{\n  "a": [1, 2.0]\n}'],
    ['[1 2,]', '[1, 2]'],
    ['[[],{}]', '[\n  [],\n  {}\n]'],
    [`["${long}","${long}"]`, `[\n  "${long}",\n  "${long}"\n]`],
    // Values stay as they are written.
    ["{1_0:b64'AP8=',2:0xff}", "{1_0: b64'AP8=', 2: 0xff}"],
    ['[_1 1,"a" "b"]', '[_1 1, "a" "b"]'],
    ['1(  [1,[2]] )', '1([\n  1,\n  [2]\n])'],
    ['[1([2]),3(4)]', '[\n  1([2]),\n  3(4)\n]'],
    ['{"a":[1([\n24(<<0>>)])]}', '{\n  "a": [\n    1([24(<<0>>)])\n  ]\n}'],
    ['[18446744073709551616]', '[18446744073709551616]'],
    ['1,"two",{}', '1,\n"two",\n{}'],
    ["ip'192.0.2.0/24'", "ip'192.0.2.0/24'"],
    ["[ip'192.0.2.0/24',{}]", "[\n  ip'192.0.2.0/24',\n  {}\n]"],
    [
      '{"net":ip\'2001:db8::/32\',"at":dt\'2024-02-29T12:34:56Z\'}',
      '{"net": ip\'2001:db8::/32\', "at": dt\'2024-02-29T12:34:56Z\'}',
    ],
    // So does what has a comment in it.
    ['{"a":[1,# one\n2],"b":[3,4]}', '{\n  "a": [1,# one\n2],\n  "b": [3, 4]\n}'],
    ['[1,/ one /2]', '[1,/ one /2]'],
    ['# first\n[1,2]  // last', '# first\n[1, 2]  // last'],
    ['["#",1]', '["#", 1]'],
  ])('%j', (text, expected) => {
    expect(layOutText(text, 'cbor', 'format')).toBe(expected)
  })

  test('what is not valid is refused', () => {
    expect(codecError(() => layOutText('[1,,]', 'messagepack', 'format')).offset).toBe(3)
  })

  test.each([
    ['messagepack', messagePackFrame],
    ['cbor', cborFrame],
  ] as const)('of %s denotes the same bytes, and stays when it is formatted again', (id, frame) => {
    fc.assert(
      fc.property(frame, (bytes) => {
        const text = codecs[id].decode(bytes)
        for (const written of [text, text.replaceAll(/\n */g, ' ')]) {
          const formatted = layOutText(written, id, 'format')
          expect(toHex(codecs[id].encode(formatted))).toBe(toHex(bytes))
          expect(layOutText(formatted, id, 'format')).toBe(formatted)
        }
      }),
      { numRuns: 500 },
    )
  })
})

test('JSON, and Protobuf by it', () => {
  expect(layOutText('{"a":1}', 'json', 'format')).toBe('{\n  "a": 1\n}')
  expect(layOutText('{"a":1}', 'protobuf', 'format')).toBe('{\n  "a": 1\n}')
  expect(layOutText('{ "a": 1 }', 'json', 'minify')).toBe('{"a":1}')
})

test('other encodings have no layout', () => {
  expect(layOutText('de  ad', 'hex', 'format')).toBe('de  ad')
  expect(layOutText('[1, 2]', 'cbor', 'minify')).toBe('[1, 2]')
})
