import { decode as decodeOracle, encode as encodeOracle } from 'cbor2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { character, codecError, fromHex, readTree, toHex } from './support.ts'

const { cbor } = codecs

describe('writes', () => {
  test.each([
    ['0', '00'],
    ['23', '17'],
    ['24', '1818'],
    ['256', '190100'],
    ['65536', '1a00010000'],
    ['4294967296', '1b0000000100000000'],
    ['18446744073709551615', '1bffffffffffffffff'],
    ['18446744073709551616', 'c249010000000000000000'],
    ['-1', '20'],
    ['-24', '37'],
    ['-25', '3818'],
    ['-18446744073709551616', '3bffffffffffffffff'],
    ['-18446744073709551617', 'c349010000000000000000'],
    ['1.0', 'fb3ff0000000000000'],
    ['-0', 'fb8000000000000000'],
    ['"é"', '62c3a9'],
    ['[true,false,null]', '83f5f4f6'],
    ['{"b":1,"1":2,"b":3}', 'a3616201613102616203'],
    ['{"__proto__":[]}', 'a1695f5f70726f746f5f5f80'],
  ])('%s', (typed, bytes) => {
    expect(toHex(cbor.encode(typed))).toBe(bytes)
    expect(toHex(cbor.encode(cbor.decode(fromHex(bytes))))).toBe(bytes)
  })

  test('the bytes that the library writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: character }), (value) => {
        const typed = JSON.stringify(value)
        fc.pre(!/"__proto__"|\\ud[89a-f]|\d[.e]|\d{16}/.test(typed))
        const parsed: unknown = JSON.parse(typed)
        expect(toHex(cbor.encode(typed))).toBe(toHex(encodeOracle(parsed)))
      }),
      { numRuns: 300 },
    )
  })

  test('any integer, as the library reads it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }), (integer) => {
        expect(BigInt(String(decodeOracle(cbor.encode(integer.toString()))))).toBe(integer)
        expect(cbor.decode(cbor.encode(integer.toString()))).toBe(integer.toString())
      }),
    )
  })

  test('any float, as the library reads it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (float) => {
        const typed = cbor.decode(Uint8Array.of(0xfb, ...new Uint8Array(new Float64Array([float]).buffer).reverse()))
        expect(Object.is(Number(typed), float)).toBe(true)
        expect(Object.is(decodeOracle(cbor.encode(typed)), float)).toBe(true)
      }),
    )
  })

  test('the longest integer, and none longer', () => {
    const longest = '9'.repeat(2400)
    expect(cbor.decode(cbor.encode(longest))).toBe(longest)
    expect(codecError(() => cbor.encode(`[1${longest}]`))).toMatchObject({
      code: 'encode-failed',
      offset: 1,
      length: 2401,
    })
  })
})

describe('refuses to write', () => {
  test.each([
    ['[1e400]', 1, 5],
    ['1e-999', 0, 6],
    ['["a\\udfff"]', 1, 9],
    ['[1', 2, 0],
  ])('%s', (typed, offset, length) => {
    expect(codecError(() => cbor.encode(typed))).toMatchObject({ code: 'encode-failed', offset, length })
  })
})

describe('shows as JSON', () => {
  test('what the library writes', () => {
    const value = { name: 'é', list: [1, -1, null, true, [], {}], big: 2n ** 70n }
    expect(cbor.decode(encodeOracle(value))).toBe(
      '{\n  "name": "é",\n  "list": [\n    1,\n    -1,\n    null,\n    true,\n    [],\n    {}\n  ],\n  "big": 1180591620717411303424\n}',
    )
  })

  test.each([
    ['42 00ff', 0, 'a byte string'],
    ['82 01 f7', 2, 'the value undefined'],
    ['e0', 0, 'the simple value 0'],
    ['f8 ff', 0, 'the simple value 255'],
    ['61 ff', 0, 'a text string that is not valid UTF-8'],
    ['a1 01 02', 1, 'a map key that is not text'],
    ['c1 1a 65e07b30', 0, 'a tagged value'],
    ['f9 7e00', 0, 'the number NaN'],
    ['f9 7c00', 0, 'the number Infinity'],
  ])('but not %s', (bytes, offset, noun) => {
    const message = `Byte ${offset} begins ${noun}, which JSON text cannot show: use the tree or hex`
    expect(codecError(() => cbor.decode(fromHex(bytes)))).toMatchObject({ code: 'decode-failed', offset, message })
  })

  test.each([
    ['18 05', 0],
    ['f9 3e00', 0],
    ['fa 3fc00000', 0],
    ['9f 01 ff', 0],
    ['82 05 7f 61 61 ff', 2],
    ['c2 41 05', 0],
    ['c2 4a 00010000000000000000', 1],
  ])('but not the other form %s', (bytes, offset) => {
    const error = codecError(() => cbor.decode(fromHex(bytes)))
    expect(error).toMatchObject({ code: 'decode-failed', offset })
    expect(error.message).toContain('a form that JSON text would not keep')
  })
})

describe('tree', () => {
  test.each([
    ['05', 'integer', '5'],
    ['1805', 'integer in 1 byte', '5'],
    ['190005', 'integer in 2 bytes', '5'],
    ['1b0000000000000005', 'integer in 8 bytes', '5'],
    ['1bffffffffffffffff', 'integer', '18446744073709551615'],
    ['3bffffffffffffffff', 'integer', '-18446744073709551616'],
    ['f90000', 'float 16', '0.0'],
    ['f98000', 'float 16', '-0.0'],
    ['f93c00', 'float 16', '1.0'],
    ['f90001', 'float 16', '5.960464477539063e-8'],
    ['f97bff', 'float 16', '65504.0'],
    ['f9fc00', 'float 16', '-Infinity'],
    ['f97e00', 'float 16', 'NaN'],
    ['fa3fc00000', 'float 32', '1.5'],
    ['fb3fb999999999999a', 'float 64', '0.1'],
    ['f6', 'null', 'null'],
    ['f7', 'undefined', 'undefined'],
    ['f5', 'boolean', 'true'],
    ['e5', 'simple value', 'simple(5)'],
    ['f820', 'simple value', 'simple(32)'],
    ['40', 'byte string', "h''"],
    ['5f42000141ffff', 'byte string (indefinite length)', "h'0001ff'"],
    ['6161', 'text string', '"a"'],
    ['7f61616162ff', 'text string (indefinite length)', '"ab"'],
    ['7f61c361a9ff', 'text string (indefinite length)', "h'c3a9' (invalid UTF-8)"],
    ['62c328', 'text string', "h'c328' (invalid UTF-8)"],
  ])('%s is %s %s', (bytes, type, value) => {
    expect(readTree(cbor, fromHex(bytes))).toMatchObject({ type, value, start: 0, end: bytes.length / 2 })
  })

  test.each([
    ['c11a65e07b30', 'tag 1 (time since 1970)', '2024-02-29T12:40:16Z'],
    ['c1fb41d9781ecc200000', 'tag 1 (time since 1970)', '2024-02-29T12:40:16.5Z'],
    ['c120', 'tag 1 (time since 1970)', '1969-12-31T23:59:59Z'],
    ['c11bffffffffffffffff', 'tag 1 (time since 1970)', ''],
    ['c1f97e00', 'tag 1 (time since 1970)', ''],
    ['c24105', 'tag 2 (bignum)', '5'],
    ['c240', 'tag 2 (bignum)', '0'],
    ['c34105', 'tag 3 (negative bignum)', '-6'],
    ['c261ff', 'tag 2 (bignum)', ''],
    ['d9d9f700', 'tag 55799 (self-described CBOR)', ''],
    ['dbffffffffffffffff00', 'tag 18446744073709551615', ''],
  ])('%s is %s %s', (bytes, type, value) => {
    expect(readTree(cbor, fromHex(bytes))).toMatchObject({ type, value, children: [{}] })
  })

  test('agrees with the library on every half float', () => {
    for (let bits = 0; bits < 0x10000; bits += 31) {
      const bytes = Uint8Array.of(0xf9, bits >> 8, bits & 0xff)
      const expected = Number(decodeOracle(bytes))
      const shown = Number(readTree(cbor, bytes)?.value)
      if (!Object.is(shown, expected)) expect(`${bits} ${shown}`).toBe(`${bits} ${expected}`)
    }
  })

  test('shows containers of both lengths and keys of every kind', () => {
    const tree = readTree(cbor, fromHex('bf 6161 9f01ff 6161 80 01 f6 c24105 f6 820102 f6 ff'))
    expect(tree).toMatchObject({ type: 'map (indefinite length)', value: '5 entries' })
    expect(tree?.children?.map(({ key, type, value }) => [key, type, value])).toEqual([
      ['a', 'array (indefinite length)', '1 item'],
      ['a', 'array', '0 items'],
      ['1 (integer)', 'null', 'null'],
      ["2(h'05') (tag 2 (bignum))", 'null', 'null'],
      ['[1, 2] (array)', 'null', 'null'],
    ])
  })

  test('reads whatever the library reads', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), (bytes) => {
        if (reads(() => decodeOracle(bytes))) expect(() => readTree(cbor, bytes)).not.toThrow()
      }),
      { numRuns: 1000 },
    )
  })
})

describe('refuses to read', () => {
  test.each([
    ['1c', 0, 1, 'Byte 0 is 1c, which CBOR does not use'],
    ['1f', 0, 1, 'Byte 0 is 1f, which CBOR does not use'],
    ['df', 0, 1, 'Byte 0 is df, which CBOR does not use'],
    ['ff', 0, 1, 'Byte 0 is a break (ff) outside an indefinite length'],
    ['82 01 ff', 2, 1, 'Byte 2 is a break (ff) outside an indefinite length'],
    ['bf 01 ff', 2, 1, 'Byte 2 is a break (ff) outside an indefinite length'],
    ['f8 14', 0, 2, 'Byte 0 begins a simple value in a form CBOR forbids'],
    ['00 00', 1, 1, 'The value ends at byte 1, with 1 byte left over'],
    ['9f 01', 2, 0, 'Cut short: 1 byte needed at byte 2, with only 0 left'],
    ['5b ffffffffffffffff 00', 9, 1, 'Cut short: 18446744073709551615 bytes needed at byte 9, with only 1 left'],
    ['9b ffffffffffffffff', 0, 9, 'Cut short: byte 0 announces 18446744073709551615 items, with only 0 bytes left'],
    ['5f 6161 ff', 1, 1, 'Byte 1 begins no part of the string around it, nor ends it'],
    ['7f 7f ff ff', 1, 1, 'Byte 1 begins no part of the string around it, nor ends it'],
  ])('%s', (bytes, offset, length, message) => {
    const expected = { code: 'decode-failed', offset, length, message }
    expect(codecError(() => cbor.decode(fromHex(bytes)))).toMatchObject(expected)
    expect(codecError(() => readTree(cbor, fromHex(bytes)))).toMatchObject(expected)
  })

  test.each([
    ['81', 'arrays'],
    ['c1', 'tags'],
    ['a160', 'maps'],
  ])('more than a thousand levels of %s (%s)', (level) => {
    expect(() => readTree(cbor, fromHex(`${level.repeat(1000)}00`))).not.toThrow()
    const error = codecError(() => readTree(cbor, fromHex(level.repeat(200_000))))
    expect(error).toMatchObject({ offset: (level.length / 2) * 1000, message: 'More than 1000 levels of nesting' })
  })

  test('more than a thousand levels of indefinite length', () => {
    expect(codecError(() => readTree(cbor, fromHex('9f'.repeat(200_000)))).message).toBe(
      'More than 1000 levels of nesting',
    )
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
