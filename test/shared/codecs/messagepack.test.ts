import { decode as decodeOracle, encode as encodeOracle } from '@msgpack/msgpack'
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
        const typed = JSON.stringify(value, (_, inner: unknown) => (Object.is(inner, -0) ? 0 : inner))
        fc.pre(!/"__proto__"|\\ud[89a-f]|\d[.e]|\d{17}/.test(typed))
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

describe('shows as JSON', () => {
  test('what the library reads', () => {
    const value = { name: 'é\n"', list: [1, -1, 1.5, null, true, [], {}], big: 2 ** 40 }
    expect(messagepack.decode(encodeOracle(value))).toBe(JSON.stringify(value, null, 2))
  })

  test('integers beyond 2^53 and floats that look like integers', () => {
    expect(messagepack.decode(fromHex('92 cf0020000000000001 cb3ff0000000000000'))).toBe(
      '[\n  9007199254740993,\n  1.0\n]',
    )
  })

  test.each([
    ['c4 02 00ff', 0, 'a byte string'],
    ['92 01 c4 00', 2, 'a byte string'],
    ['a1 ff', 0, 'a text string that is not valid UTF-8'],
    ['81 01 02', 1, 'a map key that is not text'],
    ['81 a1ff 02', 1, 'a map key that is not text'],
    ['d6 ff 00000000', 0, 'a timestamp'],
    ['d4 05 00', 0, 'a value of extension type 5'],
    ['cb 7ff8000000000000', 0, 'the number NaN'],
    ['cb fff0000000000000', 0, 'the number -Infinity'],
  ])('but not %s', (bytes, offset, noun) => {
    const message = `Byte ${offset} begins ${noun}, which JSON text cannot show: use the tree or hex`
    expect(codecError(() => messagepack.decode(fromHex(bytes)))).toMatchObject({
      code: 'decode-failed',
      offset,
      message,
    })
  })

  test.each([
    ['cc 05', 0],
    ['d9 01 61', 0],
    ['92 05 ca 3fc00000', 2],
    ['dc 0001 05', 0],
  ])('but not the longer or narrower form %s', (bytes, offset) => {
    const error = codecError(() => messagepack.decode(fromHex(bytes)))
    expect(error).toMatchObject({ code: 'decode-failed', offset })
    expect(error.message).toContain('a form that JSON text would not keep')
  })
})

describe('tree', () => {
  test.each([
    ['c0', 'nil', 'null'],
    ['05', 'fixint', '5'],
    ['e0', 'fixint', '-32'],
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
    ['a0', 'string', '""'],
    ['d90161', 'string', '"a"'],
    ['da000161', 'string', '"a"'],
    ['db0000000161', 'string', '"a"'],
    ['a2c328', 'string', "h'c328' (invalid UTF-8)"],
    ['c40200ff', 'binary', "h'00ff'"],
    ['c5000100', 'binary', "h'00'"],
    ['c60000000100', 'binary', "h'00'"],
    ['d40500', 'ext 5', "h'00'"],
    ['d8801'.padEnd(36, '0'), 'ext -128', `h'1${'0'.repeat(31)}'`],
    ['c703050a0b0c', 'ext 5', "h'0a0b0c'"],
    ['c8000105ff', 'ext 5', "h'ff'"],
    ['c90000000105ff', 'ext 5', "h'ff'"],
    ['d6ff65e07b30', 'timestamp', '2024-02-29T12:40:16Z'],
    ['d7ff0000000465e07b30', 'timestamp', '2024-02-29T12:40:16.000000001Z'],
    ['c70cff00000000ffffffffffffffff', 'timestamp', '1969-12-31T23:59:59Z'],
    ['c70cff000000007fffffffffffffff', 'ext -1', "h'000000007fffffffffffffff'"],
    ['d4ff00', 'ext -1', "h'00'"],
  ])('%s is %s %s', (bytes, type, value) => {
    expect(readTree(messagepack, fromHex(bytes))).toMatchObject({ type, value, start: 0, end: bytes.length / 2 })
  })

  test('shows keys of every kind, duplicates too', () => {
    const keys = readTree(messagepack, fromHex('86 01c0 a131c0 a131c0 c40100c0 92c2a161c0 81a16102c0'))?.children
    expect(keys?.map(({ key }) => key)).toEqual([
      '1 (fixint)',
      '1',
      '1',
      "h'00' (binary)",
      '[false, "a"] (array)',
      '{"a": 2} (map)',
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

describe('refuses to read', () => {
  test.each([
    ['c1', 0, 1, 'Byte 0 is c1, which MessagePack never uses'],
    ['92 01 c1', 2, 1, 'Byte 2 is c1, which MessagePack never uses'],
    ['01 02', 1, 1, 'The value ends at byte 1, with 1 byte left over'],
    ['a5 6162', 1, 2, 'Cut short: 5 bytes needed at byte 1, with only 2 left'],
    ['cd 00', 1, 1, 'Cut short: 2 bytes needed at byte 1, with only 1 left'],
    ['dd ffffffff 00', 0, 5, 'Cut short: byte 0 announces 4294967295 items, with only 1 byte left'],
    ['df ffffffff', 0, 5, 'Cut short: byte 0 announces 4294967295 entries, with only 0 bytes left'],
    ['92 01', 0, 1, 'Cut short: byte 0 announces 2 items, with only 1 byte left'],
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

  test('a thousand levels still show as JSON', () => {
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
