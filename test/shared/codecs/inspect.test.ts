import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesAround } from '../../../src/shared/codecs/around.ts'
import { copyBytesAs, copyFormats } from '../../../src/shared/codecs/copy-as.ts'
import { findAllBytes, findBytes } from '../../../src/shared/codecs/find-bytes.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { inspectBytes, inspectText } from '../../../src/shared/codecs/inspect.ts'
import { character, fromHex, toHex } from './support.ts'

const utf8 = new TextEncoder()

const inspected = (hex: string, name: string) => {
  const found = inspectBytes(fromHex(hex), 0).find((value) => value.name === name)
  return [found?.littleEndian, found?.bigEndian]
}

describe('the data inspector', () => {
  test.each([
    ['ff', 'int8', '-1', '-1'],
    ['ff', 'uint8', '255', '255'],
    ['0102', 'int16', '513', '258'],
    ['ff80', 'int16', '-32513', '-128'],
    ['01020304', 'uint32', '67305985', '16909060'],
    ['ffffffffffffffff', 'uint64', '18446744073709551615', '18446744073709551615'],
    ['0000000000000080', 'int64', '-9223372036854775808', '128'],
    ['3f800000', 'float32', '4.6006e-41', '1'],
    ['cdcccc3d', 'float32', '0.1', null],
    ['00000080', 'float32', '-0', '1.79366e-43'],
    ['0000807f', 'float32', 'Infinity', null],
    ['3ff199999999999a', 'float64', null, '1.1'],
    ['5149 4d3c', 'Unix time, s (32-bit)', '2002-01-22T11:13:21Z', '2013-03-20T05:46:36Z'],
    ['000001 8bcfe568 00', 'Unix time, ms (64-bit)', null, '2023-11-14T22:13:20Z'],
  ])('%s as %s', (hex, name, little, big) => {
    const [foundLittle, foundBig] = inspected(hex, name)
    if (little !== null) expect(foundLittle).toBe(little)
    if (big !== null) expect(foundBig).toBe(big)
  })

  test('a number with too few bytes is null', () => {
    expect(inspectBytes(fromHex('0102'), 1).map(({ size, littleEndian }) => [size, littleEndian === null])).toEqual(
      [1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 4, 8, 8].map((size) => [size, size > 1]),
    )
    expect(inspectBytes(new Uint8Array(0), 0).every(({ bigEndian }) => bigEndian === null)).toBe(true)
  })

  test('a float32 is written with the digits that reproduce it', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        const bytes = new Uint8Array(4)
        new DataView(bytes.buffer).setFloat32(0, value)
        const shown = inspectBytes(bytes, 0).find(({ name }) => name === 'float32')?.bigEndian
        expect(Math.fround(Number(shown))).toBe(value)
      }),
    )
  })

  test('text is shown when it is UTF-8, without a cut last character when long', () => {
    expect(inspectText(utf8.encode('Grüße'))).toBe('Grüße')
    expect(inspectText(fromHex('ff'))).toBeNull()
    expect(inspectText(new Uint8Array(0))).toBeNull()
    expect(inspectText(utf8.encode(`${'a'.repeat(63)}é`))).toBe(`${'a'.repeat(63)}…`)
    fc.assert(
      fc.property(
        fc.array(character, { minLength: 70 }).map((all) => all.join('')),
        (text) => {
          const shown = inspectText(utf8.encode(text))
          expect(shown?.endsWith('…')).toBe(true)
          expect(text.startsWith(shown?.slice(0, -1) ?? '?')).toBe(true)
        },
      ),
    )
  })
})

describe('copies', () => {
  test.each([
    ['hex', '00ff41'],
    ['base64', 'AP9B'],
    ['text', null],
    ['json', '[0,255,65]'],
    ['c', 'const unsigned char data[3] = {\n  0x00, 0xff, 0x41,\n};'],
    ['python', "b'\\x00\\xffA'"],
  ] as const)('as %s', (format, expected) => {
    expect(copyBytesAs(fromHex('00ff41'), format)).toBe(expected)
  })

  test('text as JSON and as Python has its escapes', () => {
    expect(copyBytesAs(utf8.encode('a"\n\'\\'), 'json')).toBe('"a\\"\\n\'\\\\"')
    expect(copyBytesAs(utf8.encode('a"\n\'\\'), 'python')).toBe(`b'a"\\n\\'\\\\'`)
  })

  test('of no bytes are valid too', () => {
    expect(copyFormats.map((format) => copyBytesAs(new Uint8Array(0), format))).toEqual([
      '',
      '',
      '',
      '""',
      'const unsigned char data[1] = {0};\nconst size_t data_length = 0;',
      "b''",
    ])
  })

  test('hex and Base64 reproduce the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(toHex(codecs.hex.encode(copyBytesAs(bytes, 'hex') ?? ''))).toBe(toHex(bytes))
        expect(toHex(codecs.base64.encode(copyBytesAs(bytes, 'base64') ?? ''))).toBe(toHex(bytes))
      }),
    )
  })
})

describe('finding bytes', () => {
  test('agrees with the host at every offset', () => {
    const few = fc.uint8Array({ max: 2, maxLength: 60 })
    fc.assert(
      fc.property(few, fc.uint8Array({ max: 2, minLength: 1, maxLength: 4 }), fc.nat(60), (bytes, pattern, from) => {
        expect(findBytes(bytes, pattern, from)).toBe(Buffer.from(bytes).indexOf(Buffer.from(pattern), from))
        for (const start of findAllBytes(bytes, pattern, 100)) {
          expect(toHex(bytes.subarray(start, start + pattern.length))).toBe(toHex(pattern))
        }
      }),
    )
  })

  test('lists overlapping matches up to a limit, and none for an empty pattern', () => {
    expect(findAllBytes(fromHex('00000000'), fromHex('0000'), 10)).toEqual([0, 1, 2])
    expect(findAllBytes(fromHex('00000000'), fromHex('0000'), 2)).toEqual([0, 1])
    expect(findAllBytes(fromHex('00'), new Uint8Array(0), 10)).toEqual([])
  })
})

test.each([
  ['000102030405060708090a0b0c0d0e0f', 8, 1, '… 02 03 04 05 06 07 [08] 09 0a 0b 0c 0d 0e …'],
  ['c1', 0, 1, '[c1]'],
  ['0102', 2, 0, '01 02 [end]'],
  ['', 0, 0, '[end]'],
  ['0102030405060708090a', 1, 100, '01 [02 03 04 05 06 07] 08 09 0a'],
])('the bytes around a fault in %s', (hex, offset, length, expected) => {
  expect(bytesAround(fromHex(hex), offset, length)).toBe(expected)
})
