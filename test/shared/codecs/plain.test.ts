import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { copyBytesAs } from '../../../src/shared/codecs/copy-as.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { codecError, fromHex, toHex } from './support.ts'

const { text, hex, base64, z85 } = codecs

describe('text', () => {
  test('keeps a byte order mark and every line break', () => {
    const bytes = fromHex('efbbbf 61 0d0a 62 0a 00')
    expect(text.decode(bytes)).toBe('\ufeffa\r\nb\n\0')
    expect(toHex(text.encode('\ufeffa\r\nb\n\0'))).toBe(toHex(bytes))
  })

  test.each([
    ['ff', 0],
    ['61 80', 1],
    ['61 c3', 1],
    ['c0 80', 0],
    ['e0 80 80', 0],
    ['62 ed a0 80', 1],
    ['f4 90 80 80', 0],
    ['f0 9f 98', 0],
    ['f09f9880 f8', 4],
    ['e282ac c3 28', 3],
  ])('refuses %s at byte %i', (bytes, offset) => {
    expect(codecError(() => text.decode(fromHex(bytes)))).toMatchObject({ code: 'decode-failed', offset })
  })

  test('accepts and refuses what the platform does', () => {
    const near = fc.array(fc.constantFrom(0x61, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xef))
    fc.assert(
      fc.property(near, (numbers) => {
        const bytes = Uint8Array.from(numbers)
        if (Buffer.from(bytes).toString().includes('\ufffd')) {
          const { offset } = codecError(() => text.decode(bytes))
          expect(text.decode(bytes.subarray(0, offset))).toBe(Buffer.from(bytes.subarray(0, offset)).toString())
        } else {
          expect(text.decode(bytes)).toBe(Buffer.from(bytes).toString())
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('rejects a lone surrogate at its place', () => {
    expect(codecError(() => text.encode('ab😀\ud83dc'))).toMatchObject({ code: 'encode-failed', offset: 4, length: 1 })
    expect(codecError(() => text.encode('\ude00'))).toMatchObject({ offset: 0 })
  })
})

describe('hex', () => {
  test.each([
    ['deadBEEF', 'deadbeef'],
    ['0xDEAD', 'dead'],
    ['0Xde, 0xad', 'dead'],
    ['de:ad:be:ef', 'deadbeef'],
    [' de\tad\r\nbe\n ef ', 'deadbeef'],
    ['dead beef', 'deadbeef'],
    ['00', '00'],
    [' \n', ''],
    ['0A-FF', '0aff'],
    ['{0x0a, 0xff}', '0aff'],
    ['{0x0a,0xff};', '0aff'],
    ['[0x0a, 0xff]', '0aff'],
    [' (0a, ff)\n', '0aff'],
    ['[]byte{0x0a, 0xff}', '0aff'],
    ['[]', ''],
    ['\\x0a\\xff', '0aff'],
    ['\\x0a \\xFF', '0aff'],
    ['"\\x0a\\xff"', '0aff'],
    ["b'\\x00a\\n\\\\\\''", '00610a5c27'],
    ['b"it\'s"', '69742773'],
    ["b''", ''],
    ['unsigned char x[] = {\n  0x68, 0x69\n};\nunsigned int x_len = 2;\n', '6869'],
    ['00000000: 0aff', '0aff'],
    ['00000000: 6865 6c6c 6f                             hello\n', '68656c6c6f'],
    ['00000010: 0001 0203 0405 0607 0809 0a0b 0c0d 0e0f  aa bb cc\n00000020: FF', '000102030405060708090a0b0c0d0e0fff'],
    ['00000000  68 69                                             |hi|\n00000002\n', '6869'],
    [
      '00000000  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|\r\n*\r\n00000028',
      '61'.repeat(40),
    ],
  ])('reads %j', (typed, bytes) => {
    expect(toHex(hex.encode(typed))).toBe(bytes)
  })

  test.each([
    ['abc', 2],
    ['a', 0],
    ['a b', 0],
    ['0x1, 0x2', 2],
    ['12g4', 2],
    ['1é', 1],
    ['1😀', 1],
    ['ab0x12', 3],
    ['0x', 0],
    ['0x 12', 0],
    ['12;34', 2],
    ['12 3', 3],
    ['{0x0a, 0xfg}', 10],
    ['{10, 0xff}; 5', 0],
    ['[0x0a, 0xfg]', 10],
    ['[0a', 0],
    ['\\xg1', 0],
    ["b'\\x0'", 2],
    ["b'é'", 2],
    ['00000000: 0aff\n00000003: 00', 15],
    ['00000000  61 62  |ab|\n*\n7fffffff', 24],
  ])('refuses %j at %i', (typed, offset) => {
    expect(codecError(() => hex.encode(typed))).toMatchObject({ code: 'encode-failed', offset })
  })

  test.each(['c', 'python', 'hex'] as const)('reads back what Copy as %s gives', (format) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(toHex(hex.encode(copyBytesAs(bytes, format) ?? ''))).toBe(toHex(bytes))
      }),
    )
  })

  test('reads what xxd writes of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), (bytes) => {
        const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => {
          const part = bytes.subarray(16 * row, 16 * row + 16)
          const groups = (toHex(part).match(/.{1,4}/g) ?? []).join(' ').padEnd(39)
          const shown = Array.from(part, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join(
            '',
          )
          return `${(16 * row).toString(16).padStart(8, '0')}: ${groups}  ${shown}\n`
        })
        expect(toHex(hex.encode(lines.join('')))).toBe(toHex(bytes))
      }),
    )
  })

  test('shows sixteen bytes per line', () => {
    const lines = hex.decode(Uint8Array.from({ length: 33 }, (_, index) => index)).split('\n')
    expect(lines).toEqual([
      '00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f',
      '10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f',
      '20',
    ])
  })

  test('handles 1 MiB in both directions', () => {
    const bytes = new Uint8Array(1024 * 1024).map((_, index) => index * 7)
    const shown = hex.decode(bytes)
    expect(shown).toHaveLength(bytes.length * 3 - 1)
    expect(Buffer.compare(hex.encode(shown), bytes)).toBe(0)
  })
})

describe('base64', () => {
  test('agrees with the platform', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const buffer = Buffer.from(bytes)
        expect(base64.decode(bytes)).toBe(buffer.toString('base64'))
        expect(toHex(base64.encode(buffer.toString('base64')))).toBe(toHex(bytes))
        expect(toHex(base64.encode(buffer.toString('base64url')))).toBe(toHex(bytes))
      }),
    )
  })

  test('ignores white space, in the padding too', () => {
    expect(toHex(base64.encode(' 3q\n2+ 7w =\r\n= '))).toBe('deadbeef')
  })

  test.each([
    ['AAA*', 3],
    ['QQ==QQ==', 4],
    ['QQ=', 2],
    ['QUI==', 4],
    ['QUJD=', 4],
    ['=', 0],
    ['QUJDR', 4],
    ['Q', 0],
    ['Q===', 0],
    ['QR==', 1],
    ['QUJ', 2],
    ['QQ=é', 3],
  ])('refuses %j at %i', (typed, offset) => {
    expect(codecError(() => base64.encode(typed))).toMatchObject({ code: 'encode-failed', offset })
  })
})

describe('z85', () => {
  test('agrees with the example of RFC 32', () => {
    expect(z85.decode(fromHex('864fd26fb559f75b'))).toBe('HelloWorld')
    expect(toHex(z85.encode('HelloWorld'))).toBe('864fd26fb559f75b')
  })

  test('holds the largest group', () => {
    expect(z85.decode(fromHex('ffffffff'))).toBe('%nSc0')
    expect(toHex(z85.encode('%nSc0'))).toBe('ffffffff')
  })

  test('reproduces any groups of four', () => {
    const groups = fc.array(fc.nat({ max: 0xffffffff }), { maxLength: 20 })
    fc.assert(
      fc.property(groups, (numbers) => {
        const buffer = Buffer.alloc(numbers.length * 4)
        for (const [index, number] of numbers.entries()) buffer.writeUInt32BE(number, index * 4)
        const shown = z85.decode(buffer)
        expect(shown).toHaveLength(numbers.length * 5)
        expect(toHex(z85.encode(shown))).toBe(buffer.toString('hex'))
      }),
    )
  })

  test.each([
    ['Hello Worl', 5, 1],
    ['HelloWorld1', 10, 1],
    ['Hell', 0, 4],
    ['00000%nSc1', 5, 5],
    ['#####', 0, 5],
    ['Hell"', 4, 1],
    ['Hello\n', 5, 1],
  ])('refuses %j at %i', (typed, offset, length) => {
    expect(codecError(() => z85.encode(typed))).toMatchObject({ code: 'encode-failed', offset, length })
  })

  test('shows only groups of four bytes', () => {
    expect(codecError(() => z85.decode(fromHex('0102030405')))).toMatchObject({
      code: 'decode-failed',
      offset: 4,
      length: 1,
    })
  })
})
