import { decode as decodeOracle, encode as encodeOracle, encodeTimeSpecToTimestamp } from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { character, codecError, fromHex, readTree, toHex } from './support.ts'

const { messagepack } = codecs

describe('writes', () => {
  test.each([
    ['0', '00'],
    ['127', '7f'],
    ['128', 'cc80'],
    ['255', 'ccff'],
    ['256', 'cd0100'],
    ['65536', 'ce00010000'],
    ['4294967296', 'cf0000000100000000'],
    ['9007199254740993', 'cf0020000000000001'],
    ['18446744073709551615', 'cfffffffffffffffff'],
    ['-1', 'ff'],
    ['-32', 'e0'],
    ['-33', 'd0df'],
    ['-129', 'd1ff7f'],
    ['-32769', 'd2ffff7fff'],
    ['-2147483649', 'd3ffffffff7fffffff'],
    ['-9223372036854775808', 'd38000000000000000'],
    ['1.0', 'cb3ff0000000000000'],
    ['1e3', 'cb408f400000000000'],
    ['-0', 'cb8000000000000000'],
    ['0.1', 'cb3fb999999999999a'],
    ['"é"', 'a2c3a9'],
    ['{"b":1,"1":null,"b":true}', '83a16201a131c0a162c3'],
    ['{"__proto__":{"polluted":1}}', '81a95f5f70726f746f5f5f81a8706f6c6c7574656401'],
    [`[${Array(16).fill(0).join(',')}]`, `dc0010${'00'.repeat(16)}`],
  ])('%s', (typed, bytes) => {
    expect(toHex(messagepack.encode(typed))).toBe(bytes)
    expect(toHex(messagepack.encode(messagepack.decode(fromHex(bytes))))).toBe(bytes)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test('the bytes that the library writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: character }), (value) => {
        // The library writes every other number as a float; -0 is not kept by JSON.stringify.
        const typed = JSON.stringify(value, (_, inner: unknown) =>
          typeof inner === 'number' && (!Number.isSafeInteger(inner) || inner === 0) ? 0 : inner,
        )
        fc.pre(!/"__proto__"|\\ud[89a-f]/.test(typed))
        const parsed: unknown = JSON.parse(typed)
        expect(toHex(messagepack.encode(typed))).toBe(toHex(encodeOracle(parsed)))
      }),
      { numRuns: 300 },
    )
  })

  test.each([31, 32, 255, 256, 65535, 65536])('a string of %i bytes', (length) => {
    const bytes = messagepack.encode(JSON.stringify('x'.repeat(length)))
    expect(Buffer.compare(bytes, encodeOracle('x'.repeat(length)))).toBe(0)
    expect(messagepack.decode(bytes)).toBe(JSON.stringify('x'.repeat(length)))
  })

  test.each([15, 16, 65535, 65536])('an array and a map of %i', (count) => {
    const numbers = Array.from({ length: count }, (_, index) => index)
    expect(Buffer.compare(messagepack.encode(JSON.stringify(numbers)), encodeOracle(numbers))).toBe(0)
    const typed = `{${numbers.map((number) => `"k${number}":${number}`).join(',')}}`
    const map: unknown = JSON.parse(typed)
    expect(Buffer.compare(messagepack.encode(typed), encodeOracle(map))).toBe(0)
  })
})

describe('refuses to write', () => {
  test.each([
    ['[1, 18446744073709551616]', 4, 20],
    ['-9223372036854775809', 0, 20],
    ['[1e400]', 1, 5],
    ['-1e999', 0, 6],
    ['[0, 1e-400]', 4, 6],
    ['{"a": "\\ud800"}', 6, 8],
    ['{"\\ud800": 1}', 1, 8],
    ['{"a": }', 6, 1],
  ])('%s', (typed, offset, length) => {
    expect(codecError(() => messagepack.encode(typed))).toMatchObject({ code: 'encode-failed', offset, length })
  })
})

describe('shows in notation', () => {
  test('what the library reads', () => {
    const value = { name: 'é\n"', list: [1, -1, 1.5, null, true, 'a'], big: 2 ** 40, more: [{}] }
    expect(messagepack.decode(encodeOracle(value))).toBe(
      '{\n  "name": "é\\n\\"",\n  "list": [1, -1, 1.5, null, true, "a"],\n  "big": 1099511627776,\n  "more": [\n    {}\n  ]\n}',
    )
  })

  test.each([
    ['92 cf0020000000000001 cb3ff0000000000000', '[9007199254740993, 1.0]'],
    ['c4 02 00ff', "h'00ff'"],
    ['92 01 c4 00', "[1, h'']"],
    ['a1 ff', "text(h'ff')"],
    ['81 01 02', '{1: 2}'],
    ['81 a1ff 02', "{text(h'ff'): 2}"],
    ['d6 ff 65e07b30', "timestamp('2024-02-29T12:40:16Z')"],
    ['d4 05 00', "ext(5, h'00')"],
    ['cb 7ff8000000000000', 'NaN'],
    ['cb fff8000000000000', "float'fff8000000000000'"],
    ['cc 05', '5_u8'],
    ['d9 01 61', '"a"_0'],
    ['92 05 ca 3fc00000', '[5, 1.5_2]'],
    ['dc 0001 05', '[_1 5]'],
    ['d7 ff 0000000065e07b30', "ext(-1, h'0000000065e07b30')"],
  ])('%s as %s', (bytes, text) => {
    expect(messagepack.decode(fromHex(bytes))).toBe(text)
    expect(toHex(messagepack.encode(text))).toBe(bytes.replaceAll(' ', ''))
  })

  test('any value that the library writes, with the meaning that the library reads again', () => {
    const value = fc.anything({
      maxDepth: 2,
      withNullPrototype: false,
      values: [
        fc.string({ unit: character }),
        fc.double(),
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.uint8Array(),
        fc.constant(null),
      ],
      key: fc.string({ unit: character }).filter((key) => key !== '__proto__'),
    })
    fc.assert(
      fc.property(value, (some) => {
        const bytes = encodeOracle(some)
        expect(decodeOracle(messagepack.encode(messagepack.decode(bytes)))).toEqual(decodeOracle(bytes))
        expect(toHex(messagepack.encode(messagepack.decode(bytes)))).toBe(toHex(bytes))
      }),
      { numRuns: 500 },
    )
  })

  test('any time, as the library reads it', () => {
    const seconds = fc.oneof(fc.integer({ min: -(2 ** 35), max: 2 ** 35 }), fc.integer({ min: 0, max: 2 ** 33 }))
    fc.assert(
      fc.property(seconds, fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999_999_999 })), (sec, nsec) => {
        const whole = new Date(sec * 1000).toISOString().slice(0, -5)
        const typed = `timestamp('${whole}.${String(nsec).padStart(9, '0')}Z')`
        expect(toHex(messagepack.encode(typed).subarray(-encodeTimeSpecToTimestamp({ sec, nsec }).length))).toBe(
          toHex(encodeTimeSpecToTimestamp({ sec, nsec })),
        )
        expect(messagepack.encode(messagepack.decode(messagepack.encode(typed)))).toEqual(messagepack.encode(typed))
      }),
    )
  })
})

describe('tree', () => {
  test.each([
    ['c0', 'nil', 'null'],
    ['05', 'positive fixint', '5'],
    ['e0', 'negative fixint', '-32'],
    ['cc05', 'uint 8', '5'],
    ['cd0005', 'uint 16', '5'],
    ['ce00000005', 'uint 32', '5'],
    ['cfffffffffffffffff', 'uint 64', '18446744073709551615'],
    ['d0ff', 'int 8', '-1'],
    ['d1ffff', 'int 16', '-1'],
    ['d2ffffffff', 'int 32', '-1'],
    ['d38000000000000000', 'int 64', '-9223372036854775808'],
    ['ca3fc00000', 'float 32', '1.5'],
    ['cb7ff8000000000000', 'float 64', 'NaN'],
    ['cb8000000000000000', 'float 64', '-0.0'],
    ['a0', 'fixstr', '""'],
    ['d90161', 'str 8', '"a"'],
    ['da000161', 'str 16', '"a"'],
    ['db0000000161', 'str 32', '"a"'],
    ['a2c328', 'fixstr', "h'c328'"],
    ['c40200ff', 'bin 8', "h'00ff'"],
    ['c5000100', 'bin 16', "h'00'"],
    ['c60000000100', 'bin 32', "h'00'"],
    ['d40500', 'fixext 1 (type 5)', "h'00'"],
    ['d8801'.padEnd(36, '0'), 'fixext 16 (type -128)', `h'1${'0'.repeat(31)}'`],
    ['c703050a0b0c', 'ext 8 (type 5)', "h'0a0b0c'"],
    ['c8000105ff', 'ext 16 (type 5)', "h'ff'"],
    ['c90000000105ff', 'ext 32 (type 5)', "h'ff'"],
    ['d6ff65e07b30', 'timestamp 32', '2024-02-29T12:40:16Z'],
    ['d7ff0000000465e07b30', 'timestamp 64', '2024-02-29T12:40:16.000000001Z'],
    ['c70cff00000000ffffffffffffffff', 'timestamp 96', '1969-12-31T23:59:59Z'],
    ['c70cff000000007fffffffffffffff', 'ext 8 (type -1)', "h'000000007fffffffffffffff'"],
    ['d4ff00', 'fixext 1 (type -1)', "h'00'"],
    ['c704ff65e07b30', 'ext 8 (type -1)', '2024-02-29T12:40:16Z'],
    ['90', 'fixarray', '0 items'],
    ['dc0000', 'array 16', '0 items'],
    ['dd00000000', 'array 32', '0 items'],
    ['80', 'fixmap', '0 entries'],
    ['de0000', 'map 16', '0 entries'],
    ['df00000000', 'map 32', '0 entries'],
  ])('%s is %s %s', (bytes, type, value) => {
    expect(readTree(messagepack, fromHex(bytes))).toMatchObject({ type, value, start: 0, end: bytes.length / 2 })
  })

  test('shows keys of every kind, duplicates too', () => {
    const bytes = fromHex('87 01c0 a131c0 a131c0 c40100c0 92c2a161c0 81a16102c0 d001c0')
    const keys = readTree(messagepack, bytes)?.children
    expect(keys?.map(({ key }) => key)).toEqual([
      '1 (positive fixint)',
      '1',
      '1',
      "h'00' (bin 8)",
      '[false, "a"] (fixarray)',
      '{"a": 2} (fixmap)',
      '1_i8 (int 8)',
    ])
    expect(keys?.map(({ note }) => note)).toEqual([
      undefined,
      undefined,
      'duplicate key',
      undefined,
      undefined,
      undefined,
      'duplicate key',
    ])
  })

  test('reads whatever the library reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
        if (reads(() => decodeOracle(bytes, { rawStrings: true, mapKeyConverter: String }))) {
          expect(() => readTree(messagepack, bytes)).not.toThrow()
        }
      }),
      { numRuns: 1000 },
    )
  })
})

describe('rejects', () => {
  test.each([
    ['c1', 0, 1, 'Byte 0 is c1, which MessagePack never uses'],
    ['92 01 c1', 2, 1, 'Byte 2 is c1, which MessagePack never uses'],
    ['01 c1', 1, 1, 'The value ends at byte 1, with 1 byte left over'],
    ['a5 6162', 1, 2, 'Cut short: fixstr needs 5 bytes at byte 1, with only 2 left'],
    ['cd 00', 1, 1, 'Cut short: uint 16 needs 2 bytes at byte 1, with only 1 left'],
    ['dd ffffffff 00', 6, 0, 'Cut short: the array at byte 0 has 1 of its 4294967295 items'],
    ['df ffffffff', 5, 0, 'Cut short: the map at byte 0 has 0 of its 4294967295 entries'],
    ['92 01', 2, 0, 'Cut short: the array at byte 0 has 1 of its 2 items'],
  ])('%s', (bytes, offset, length, message) => {
    const expected = { code: 'decode-failed', offset, length, message }
    expect(codecError(() => messagepack.decode(fromHex(bytes)))).toMatchObject(expected)
    expect(codecError(() => readTree(messagepack, fromHex(bytes)))).toMatchObject(expected)
  })

  test.each([
    ['91', 'arrays'],
    ['81a0', 'maps'],
    ['81', 'maps as keys'],
  ])('more than a thousand levels of %s (%s)', (level, nested) => {
    const end = nested === 'maps as keys' ? '00'.repeat(1001) : '00'
    expect(() => readTree(messagepack, fromHex(`${level.repeat(1000)}${end}`))).not.toThrow()
    const error = codecError(() => readTree(messagepack, fromHex(level.repeat(200_000))))
    const offset = (level.length / 2) * 1000
    expect(error).toMatchObject({ code: 'decode-failed', offset, message: 'More than 1000 levels of nesting' })
  })

  test('a thousand levels still show', () => {
    const bytes = fromHex(`${'91'.repeat(1000)}00`)
    expect(messagepack.encode(messagepack.decode(bytes))).toEqual(bytes)
  })
})

function reads(operation: () => unknown): boolean {
  try {
    operation()
    return true
  } catch {
    return false
  }
}
