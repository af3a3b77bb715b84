import { decode as decodeOracle } from 'cbor2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { codecError, fromHex, reads, readTree } from './support.ts'

const { cbor } = codecs

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
    ['7f61c361a9ff', 'text string (indefinite length)', "h'c3a9'"],
    ['62c328', 'text string', "h'c328'"],
    ['580101', 'byte string (length in 1 byte)', "h'01'"],
    ['7a0000000161', 'text string (length in 4 bytes)', '"a"'],
    ['9800', 'array (count in 1 byte)', '0 items'],
    ['b90000', 'map (count in 2 bytes)', '0 entries'],
    ['390000', 'integer in 2 bytes', '-1'],
    ['f97e01', 'float 16', "float'7e01'"],
    ['faffc00000', 'float 32', "float'ffc00000'"],
  ])('%s is %s %s', (bytes, type, value) => {
    expect(readTree(cbor, fromHex(bytes))).toMatchObject({ type, value, start: 0, end: bytes.length / 2 })
  })

  test.each([
    ['c11a65e07b30', 'tag 1 (time since 1970)', '2024-02-29T12:40:16Z'],
    ['c1fb41d9781ecc200000', 'tag 1 (time since 1970)', '2024-02-29T12:40:16.5Z'],
    ['c48221196ab3', 'tag 4 (decimal fraction)', '273.15'],
    ['c482 22 39 0004', 'tag 4 (decimal fraction)', '-0.005'],
    ['c482 02 03', 'tag 4 (decimal fraction)', '300'],
    ['c482 21 c249 010000000000000000', 'tag 4 (decimal fraction)', '184467440737095516.16'],
    ['c482 1903e8 01', 'tag 4 (decimal fraction)', '1 × 10^1000'],
    ['c482 01 f93e00', 'tag 4 (decimal fraction)', ''],
    ['c4 83 010203', 'tag 4 (decimal fraction)', ''],
    ['c582 20 03', 'tag 5 (bigfloat)', '1.5'],
    ['c582 21 23', 'tag 5 (bigfloat)', '-1'],
    ['c582 03 05', 'tag 5 (bigfloat)', '40'],
    ['c582 21 00', 'tag 5 (bigfloat)', '0'],
    ['d81e82 01 03', 'tag 30 (rational number)', '1/3'],
    ['d81e82 20 02', 'tag 30 (rational number)', '-1/2'],
    ['d81e82 01 00', 'tag 30 (rational number)', ''],
    ['d825 50 00112233445566778899aabbccddeeff', 'tag 37 (UUID)', '00112233-4455-6677-8899-aabbccddeeff'],
    ['d825 41 00', 'tag 37 (UUID)', ''],
    ['d834 44 c0000201', 'tag 52 (IPv4)', '192.0.2.1'],
    ['d834 82 18 18 43 c00002', 'tag 52 (IPv4)', '192.0.2.0/24'],
    ['d834 82 44 c0000201 18 18', 'tag 52 (IPv4)', '192.0.2.1/24'],
    ['d834 82 44 c0000201 18 21', 'tag 52 (IPv4)', ''],
    ['d836 50 20010db8000000000000000000000001', 'tag 54 (IPv6)', '2001:db8::1'],
    ['d836 50 00000000000000000000000000000000', 'tag 54 (IPv6)', '::'],
    ['d836 50 20010db8000000010000000000000001', 'tag 54 (IPv6)', '2001:db8:0:1::1'],
    ['d836 82 18 30 46 20010db81234', 'tag 54 (IPv6)', '2001:db8:1234::/48'],
    ['d864 19 4d61', 'tag 100 (days since 1970)', '2024-03-27'],
    ['d90104 46 001122334455', 'tag 260 (network address)', '00:11:22:33:44:55'],
    ['d90104 44 7f000001', 'tag 260 (network address)', '127.0.0.1'],
    ['d90105 a1 44 c0a80064 18 18', 'tag 261 (network address with prefix)', '192.168.0.100/24'],
    ['d8454401000200', 'tag 69 (uint 16 array, little endian)', '[1, 2]'],
    ['d841 44 01000200', 'tag 65 (uint 16 array, big endian)', '[256, 512]'],
    ['d840 43 0102ff', 'tag 64 (uint 8 array)', '[1, 2, 255]'],
    ['d848 43 0102ff', 'tag 72 (int 8 array)', '[1, 2, -1]'],
    ['d84f 48 ffffffffffffffff', 'tag 79 (int 64 array, little endian)', '[-1]'],
    ['d850 44 3e008000', 'tag 80 (float 16 array, big endian)', '[1.5, -0]'],
    ['d851 48 3fc000007f800000', 'tag 81 (float 32 array, big endian)', '[1.5, Infinity]'],
    ['d856 48 000000000000f03f', 'tag 86 (float 64 array, little endian)', '[1]'],
    ['d845 43 010002', 'tag 69 (uint 16 array, little endian)', ''],
    ['d84c 41 01', 'tag 76', ''],
    ['d857 50 00000000000000000000000000000000', 'tag 87 (float 128 array, little endian)', ''],
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

  test.each([
    ['c074323031332d30332d32315432303a30343a30305a', '2013-03-21T20:04:00Z'],
    ['c07819323031332d30332d32315432303a30343a30302b30313a3030', '2013-03-21T19:04:00Z'],
    ['c0781e323031332d30332d32315432303a30343a30302e3132333435363738395a', '2013-03-21T20:04:00.123456789Z'],
    ['c074323031332d30322d33305432303a30343a30305a', ''],
    ['c06161', ''],
    ['c000', ''],
    ['d9000000', ''],
  ])('%s means the time %s', (bytes, value) => {
    expect(readTree(cbor, fromHex(bytes))).toMatchObject({ value, exact: value === '' ? null : value })
  })

  test.each([
    ['d9000100', 'tag 1 (time since 1970) in 2 bytes'],
    ['d2843f', 'tag 18 (COSE single signer)'],
    ['d8254101', 'tag 37 (UUID)'],
    ['db000000000000d9f700', 'tag 55799 (self-described CBOR) in 8 bytes'],
    ['d9270f00', 'tag 9999'],
  ])('%s is %s', (bytes, type) => {
    expect(cbor.read?.(fromHex(bytes)).root?.type).toBe(type)
  })

  test('shows encoded CBOR with its offsets in the frame', () => {
    expect(readTree(cbor, fromHex('82 01 d818 46 a1 6161 820203'))).toMatchObject({
      children: [
        { start: 1, end: 2 },
        {
          type: 'tag 24 (encoded CBOR)',
          start: 2,
          end: 11,
          children: [
            {
              type: 'byte string',
              value: '6 bytes of CBOR',
              start: 4,
              end: 11,
              children: [
                {
                  type: 'map',
                  start: 5,
                  end: 11,
                  children: [{ key: 'a', keySpan: { start: 6, end: 8 }, type: 'array', start: 8, end: 11 }],
                },
              ],
            },
          ],
        },
      ],
    })
    const inner = readTree(cbor, fromHex('d818 42 0102'))?.children?.[0]
    expect(inner).toMatchObject({ type: 'byte string', value: "h'0102'", note: 'not one whole CBOR item' })
  })

  test('shows the chunks of an indefinite-length string', () => {
    const tree = readTree(cbor, fromHex('7f 6161 7801c3 60 ff'))
    expect(tree).toMatchObject({ value: "h'61c3'", exact: '61c3', note: 'invalid UTF-8' })
    expect(tree?.children?.map(({ type, value, start, note }) => [type, value, start, note])).toEqual([
      ['text string', '"a"', 1, undefined],
      ['text string (length in 1 byte)', "h'c3'", 3, 'invalid UTF-8'],
      ['text string', '""', 6, undefined],
    ])
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
    expect(tree?.children?.map(({ keySpan, note }) => [keySpan?.start, keySpan?.end, note])).toEqual([
      [1, 3, undefined],
      [6, 8, 'duplicate key'],
      [9, 10, undefined],
      [11, 14, undefined],
      [15, 18, undefined],
    ])
  })

  test.each([
    ['a2 01f6 1801f6', true],
    ['a2 01f6 02f6', false],
    ['a2 01f6 f93c00f6', false],
    ['a2 f93c00f6 fb3ff0000000000000f6', true],
    ['a2 f90000f6 f98000f6', false],
    ['a2 f97e00f6 fa7fc00000f6', true],
    ['a2 f97e00f6 f97e01f6', false],
    ['a2 6161f6 7f6161fff6', true],
    ['a2 6161f6 4161f6', false],
    ['a2 61fff6 61fff6', true],
    ['a2 6131f6 01f6', false],
    ['a2 8101f6 9f01fff6', true],
    ['a2 8101f6 8102f6', false],
    ['a2 a10102f6 a10103f6', false],
    ['a2 c101f6 c201f6', false],
    ['a2 f5f6 f5f6', true],
    ['a2 820102f6 8181 01f6', false],
    ['a2 d8184101f6 d818580101f6', true],
  ])('%s has the same key twice: %s', (bytes, isDuplicate) => {
    const notes = readTree(cbor, fromHex(bytes))?.children?.map(({ note }) => note)
    expect(notes).toEqual([undefined, isDuplicate ? 'duplicate key' : undefined])
  })

  test('a long container key is truncated', () => {
    const [entry] = readTree(cbor, fromHex(`a1 9832 ${'01'.repeat(50)} f6`))?.children ?? []
    expect(entry?.key).toMatch(/^\[1, 1, 1.*\(array\)$/)
    expect(entry?.key?.length).toBeLessThan(120)
    expect(entry?.keySpan).toEqual({ start: 1, end: 53 })
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

describe('rejects', () => {
  test.each([
    ['1c', 0, 1, 'Byte 0 is 1c, which CBOR does not use'],
    ['1f', 0, 1, 'Byte 0 is 1f, which CBOR does not use'],
    ['df', 0, 1, 'Byte 0 is df, which CBOR does not use'],
    ['ff', 0, 1, 'Byte 0 is a break (ff) outside an indefinite length'],
    ['82 01 ff', 2, 1, 'Byte 2 is a break (ff) outside an indefinite length'],
    ['bf 01 ff', 1, 1, 'The key at byte 1 has no value: the map ends after it'],
    ['bf 61 61 ff', 1, 2, 'The key at byte 1 has no value: the map ends after it'],
    ['f8 14', 0, 2, 'Byte 0 starts a simple value in a form CBOR forbids'],
    ['00 ff', 1, 1, 'The value ends at byte 1, with 1 byte left over'],
    ['9f 01', 2, 0, 'Cut short: the array at byte 0 has no break (ff) at its end'],
    [
      '5b ffffffffffffffff 00',
      9,
      1,
      'Cut short: byte string needs 18446744073709551615 bytes at byte 9, with only 1 left',
    ],
    ['9b ffffffffffffffff', 9, 0, 'Cut short: the array at byte 0 has 0 of its 18446744073709551615 items'],
    ['5f 6161 ff', 1, 1, 'Byte 1 neither starts a chunk of the string around it nor ends it'],
    ['7f 7f ff ff', 1, 1, 'Byte 1 neither starts a chunk of the string around it nor ends it'],
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
