import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { notationLine } from '../../../src/shared/codecs/notation/line.ts'
import { nightly, tries } from '../../support/nightly.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { characterOrHalf, codecError, succeedsOrPointsInto, toHex } from './support.ts'

const { cbor, messagepack } = codecs

describe('means in CBOR', () => {
  test.each([
    // Forms of integers
    ['0x10', '10'],
    ['-0XfF', '38fe'],
    ['0b101', '05'],
    ['0o17', '0f'],
    ['-0x0', '00'],
    ['1_0', '1801'],
    ['1_1', '190001'],
    ['-1_2', '3a00000000'],
    ['0xff_3', '1b00000000000000ff'],
    ['-0x10000000000000001', 'c349010000000000000000'],
    // Floats
    ['1.0', 'f93c00'],
    ['1e0', 'f93c00'],
    ['-0', 'f98000'],
    ['1.5_1', 'f93e00'],
    ['1.5_2', 'fa3fc00000'],
    ['1.5_3', 'fb3ff8000000000000'],
    ['0.1', 'fb3fb999999999999a'],
    ['0.1_2', 'fa3dcccccd'],
    ['0.1_1', 'f92e66'],
    ['5.960464477539063e-8', 'f90001'],
    ['6.103515625e-5_1', 'f90400'],
    ['6.097555160522461e-5', 'f903ff'],
    ['65519_1', '19ffef'],
    ['65519.0_1', 'f97bff'],
    ['0.00048828125', 'f91000'],
    // Halfway between two half floats: the even one.
    ['2049.0_1', 'f96800'],
    ['2051.0_1', 'f96802'],
    ['NaN', 'f97e00'],
    ['NaN_3', 'fb7ff8000000000000'],
    ['-Infinity_2', 'faff800000'],
    ["float'7e01'", 'f97e01'],
    ["float'7fc0 0001'", 'fa7fc00001'],
    ["float'3ff8000000000000'", 'fb3ff8000000000000'],
    // Strings
    ["h'00 fF'", '4200ff'],
    ["h' 0 0 / a comment / 0 1 # and another\n'", '420001'],
    ["h''", '40'],
    ["b64'AQI='", '420102'],
    ["b64'_-8'", '42ffef'],
    ["'a\\'é\\n\\u0041'", '4661 27 c3a9 0a 41'],
    ["''", '40'],
    ['"a"_1', '79000161'],
    ["'a'_0", '580161'],
    ['""_', '7fff'],
    ["''_", '5fff'],
    ["h''_", '5fff'],
    ['""_0', '7800'],
    ['"\\u00e9\\ud83d\\ude00"', '66c3a9f09f9880'],
    ["text(h'ff')", '61ff'],
    ["text( h'ff' )_0", '7801ff'],
    ["text('a')", '6161'],
    [`(_ "a", text(h'c3'), "")`, '7f616161c360ff'],
    [`(_ 'a', h'00'_0, b64'')`, '5f4161580100 40ff'],
    // Simple values
    ['simple(20)', 'f4'],
    ['simple(0)', 'e0'],
    ['simple( 0x20 )', 'f820'],
    // Containers
    ['[_ ]', '9fff'],
    ['[_]', '9fff'],
    ['[_1 1,2]', '9900020102'],
    ['{_0 }', 'b800'],
    ['{_ 1:2,"a":[]}', 'bf0102616180ff'],
    ['{1: 1, 1: 1}', 'a201010101'],
    ["{h'00': [1], {}: null, -1.5: 1(0)}", 'a34100 8101 a0f6 f9be00 c100'],
    // Tags
    ['1_1(0)', 'd9000100'],
    ['0x18(0)', 'd81800'],
    ['18446744073709551615(1(0))', 'dbffffffffffffffffc100'],
    ["2(h'01')", 'c24101'],
    // Encoded CBOR
    ['<<>>', '40'],
    ['<<1, "a", []>>', '4401616180'],
    ['<<1>>_1', '59000101'],
    ['24(<<<<1>>>>)', 'd818424101'],
    // Blanks and comments
    ['/ before / [ # one\n1 / two / , / three\nlines / 2]/after/', '820102'],
    ['# only a comment, then a value\n1', '01'],
    ['1 # without a line break', '01'],
  ])('%s', (text, bytes) => {
    expect(toHex(cbor.encode(text))).toBe(bytes.replaceAll(' ', ''))
  })
})

describe('means in MessagePack', () => {
  test.each([
    ['5_u8', 'cc05'],
    ['5_u16', 'cd0005'],
    ['5_u32', 'ce00000005'],
    ['5_u64', 'cf0000000000000005'],
    ['-5_i8', 'd0fb'],
    ['5_i16', 'd10005'],
    ['-5_i32', 'd2fffffffb'],
    ['-5_i64', 'd3fffffffffffffffb'],
    ['0xff', 'ccff'],
    ['1.5', 'cb3ff8000000000000'],
    ['1.5_2', 'ca3fc00000'],
    ['0.1_2', 'ca3dcccccd'],
    ['1.5_3', 'cb3ff8000000000000'],
    ['NaN', 'cb7ff8000000000000'],
    ['Infinity_2', 'ca7f800000'],
    ["float'7fc00001'", 'ca7fc00001'],
    ['"a"_2', 'db0000000161'],
    ["'a'", 'c40161'],
    ["h'00'_1", 'c5000100'],
    ["text(h'ff')_0", 'd901ff'],
    ['[_2 1]', 'dd0000000101'],
    ['{_1 1: 2}', 'de00010102'],
    ["ext(5, h'00ff')", 'd50500ff'],
    ["ext(-1,h'')", 'c700ff'],
    ["ext_2(127, 'a')", 'c9000000017f61'],
    ["timestamp('1970-01-01T00:00:00Z')", 'd6ff00000000'],
    ['timestamp("1970-01-01T01:00:00.5+01:00")', 'd7ff7735940000000000'],
    ["timestamp('1969-12-31T23:59:59.999999999Z')", 'c70cff3b9ac9ffffffffffffffffff'],
    ["timestamp('+010000-01-01T00:00:00Z')", 'c70cff00000000000000 3afff44180'],
  ])('%s', (text, bytes) => {
    expect(toHex(messagepack.encode(text))).toBe(bytes.replaceAll(' ', ''))
  })
})

describe('is laid out', () => {
  test('with short lists on a line and two spaces a level', () => {
    const text =
      '{"id": 7, "list": [1, 2, {"a": []}], 24(<<{"z": [1, [2]]}>>): 1(2), "e": 24(<<[[1]]>>), "t": [_ 1], "u": [_1 [0]]}'
    expect(cbor.decode(cbor.encode(text))).toBe(`{
  "id": 7,
  "list": [
    1,
    2,
    {
      "a": []
    }
  ],
  24(<<{"z": [1, [2]]}>>): 1(2),
  "e": 24(<<[
    [1]
  ]>>),
  "t": [_ 1],
  "u": [_1
    [0]
  ]
}`)
  })

  test('with a line for each item of lists that are wider than eighty columns', () => {
    const words = (length: number) => `["${'a'.repeat(length)}", "b"]`
    expect(cbor.decode(cbor.encode(words(71)))).toBe(words(71))
    expect(words(71)).toHaveLength(80)
    expect(cbor.decode(cbor.encode(words(72)))).toBe(`[\n  "${'a'.repeat(72)}",\n  "b"\n]`)
    // Indentation and key count too.
    expect(cbor.decode(cbor.encode(`{"k": [${words(64)}]}`))).toContain(words(64))
    expect(cbor.decode(cbor.encode(`{"k": [${words(68)}]}`))).not.toContain(words(68))
  })

  test('with invisible characters as escapes', () => {
    const text = '"\\u007f\\u0085\\u200e\\u202e\\u2028\\ufeff\\u0000é"'
    expect(cbor.decode(cbor.encode(text))).toBe(text)
  })

  test('on one line where the indentation would be larger than memory', () => {
    const text = `${'['.repeat(999)}${'[],'.repeat(100_000)}0${']'.repeat(999)}`
    const bytes = messagepack.encode(text)
    const shown = messagepack.decode(bytes)
    expect(shown).not.toContain('\n')
    expect(Buffer.compare(messagepack.encode(shown), bytes)).toBe(0)
  })

  test('with long texts complete, wherever they are split', () => {
    for (const shift of ['', 'a']) {
      const bytes = cbor.encode(JSON.stringify(`${shift}${'😀\0'.repeat(500_000)}`))
      expect(Buffer.compare(cbor.encode(cbor.decode(bytes)), bytes)).toBe(0)
    }
  })

  // 100 MiB take some seconds.
  test.runIf(nightly)(
    'but not when no string could hold it',
    () => {
      const bytes = new Uint8Array(100 * 1024 * 1024)
      bytes.set([0xdb, 0x06, 0x3f, 0xff, 0xfb])
      expect(codecError(() => messagepack.decode(bytes))).toMatchObject({
        code: 'decode-failed',
        message: 'Too large to be shown as text',
      })
    },
    60_000,
  )

  test('however deep it is', () => {
    const deep = `${'[{1: 2('.repeat(333)}0${')}]'.repeat(333)}`
    expect(cbor.encode(cbor.decode(cbor.encode(deep)))).toEqual(cbor.encode(deep))
  })
})

describe.each([
  ['cbor', cborFrame],
  ['messagepack', messagePackFrame],
] as const)('%s', (id, frame) => {
  const codec = codecs[id]

  test('any text encodes or has a fault inside it', () => {
    const pieces = fc.constantFrom(
      ...'[]{}(),:<>"\'/#_-+.\\ \n0123abefhxt\ud800é',
      ...["h'", "b64'", '<<', '>>', '(_ ', '_1', '_u8', 'text(', 'ext(5, ', 'simple(', 'timestamp(', "float'"],
      ...[
        'NaN',
        'Infinity',
        'true',
        'null',
        'undefined',
        '1(',
        '24(<<',
        '""_',
        "''_",
        '1.5',
        '0x',
        '18446744073709551616',
      ],
      ...[
        '//',
        '/*',
        '*/',
        '`',
        '``',
        "b32'",
        "h32'",
        "dt'2024-02-29T12:34:56.5Z'",
        "IP'::1/64'",
        ' + ',
        '\\u{',
        '0x1.8p',
      ],
    )
    const garbage = fc.oneof(
      fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join('')),
      fc.string({ unit: characterOrHalf }),
    )
    const changed = fc.tuple(frame, fc.nat(), pieces).map(([bytes, place, piece]) => {
      const text = codec.decode(bytes)
      const cut = place % (text.length + 1)
      return text.slice(0, cut) + piece + text.slice(cut + 1)
    })
    fc.assert(
      fc.property(fc.oneof(garbage, changed), (text) => {
        succeedsOrPointsInto(text.length, () => {
          const bytes = codec.encode(text)
          expect(codec.read?.(bytes).fault).toBeUndefined()
          expect(toHex(codec.encode(codec.decode(bytes)))).toBe(toHex(bytes))
        })
      }),
      tries(1000, 3000),
    )
  })

  test('JSON has the same meaning in it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\\ud[89a-f]|\d{18}/.test(text))
        const value: unknown = JSON.parse(text)
        const shown: unknown = JSON.parse(codec.decode(codec.encode(text)))
        expect(shown).toEqual(value)
      }),
    )
  })

  test('a line is the text without line breaks, truncated to its length', () => {
    fc.assert(
      fc.property(frame, fc.integer({ min: 1, max: 60 }), (bytes, length) => {
        const whole = notationLine(bytes, id, 100_000) ?? ''
        expect(toHex(codec.encode(whole))).toBe(toHex(bytes))
        const line = notationLine(bytes, id, length) ?? ''
        expect(line.length).toBeLessThanOrEqual(length)
        if (whole.length <= length) expect(line).toBe(whole)
        else expect(line.endsWith('…')).toBe(true)
      }),
      tries(200, 500),
    )
  })
})
