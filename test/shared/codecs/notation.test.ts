import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { notationLine } from '../../../src/shared/codecs/notation/line.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { characterOrHalf, codecError, fromHex, succeedsOrPointsInto, toHex } from './support.ts'

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

  test('with characters that are not seen as escapes', () => {
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

  test('with long texts whole, wherever their characters are cut for it', () => {
    for (const shift of ['', 'a']) {
      const bytes = cbor.encode(JSON.stringify(`${shift}${'😀\0'.repeat(500_000)}`))
      expect(Buffer.compare(cbor.encode(cbor.decode(bytes)), bytes)).toBe(0)
    }
  })

  test('but not when no string could hold it', () => {
    const bytes = new Uint8Array(100 * 1024 * 1024)
    bytes.set([0xdb, 0x06, 0x3f, 0xff, 0xfb])
    expect(codecError(() => messagepack.decode(bytes))).toMatchObject({
      code: 'decode-failed',
      message: 'Too large to be shown as text',
    })
  }, 60_000)

  test('however deep it is', () => {
    const deep = `${'[{1: 2('.repeat(333)}0${')}]'.repeat(333)}`
    expect(cbor.encode(cbor.decode(cbor.encode(deep)))).toEqual(cbor.encode(deep))
  })
})

describe('points at the fault', () => {
  const inCbor: [string, number, number, string][] = [
    ['', 0, 0, 'Nothing to encode: CBOR needs a value, such as {}'],
    ['  ', 2, 0, 'A value is missing at the end'],
    ['[1', 2, 0, "Expected ',' or ']', but the text ends"],
    ['[1 2]', 3, 1, "Expected ',' or ']', found '2'"],
    ['[1,]', 2, 1, "Remove this ',': nothing follows it before the ']'"],
    ['{1:2,}', 4, 1, "Remove this ',': nothing follows it before the '}'"],
    ['<<1,>>', 3, 1, "Remove this ',': nothing follows it before the '>>'"],
    ['[,1]', 1, 1, "Expected a value, found ','"],
    ['{"a" 1}', 5, 1, "Expected ':' after the key, found '1'"],
    ['{"a"', 4, 0, "Expected ':' after the key, but the text ends"],
    ['{"a":', 5, 0, 'A value is missing at the end'],
    [
      '{a: 1}',
      1,
      1,
      "Unknown word 'a': expected true, false, null, a number, text in double quotes, or bytes such as h'00ff'",
    ],
    [
      'True',
      0,
      4,
      "Unknown word 'True': expected true, false, null, a number, text in double quotes, or bytes such as h'00ff'",
    ],
    [
      'true_1',
      0,
      6,
      "Unknown word 'true_1': expected true, false, null, a number, text in double quotes, or bytes such as h'00ff'",
    ],
    ['1 2', 2, 1, "Unexpected '2' after the end of the value"],
    ['[] ]', 3, 1, "Unexpected ']' after the end of the value"],
    ['"abc', 0, 4, 'This string has no closing quote'],
    ["['abc]", 1, 5, 'This string has no closing quote'],
    ["h'00", 0, 4, 'This string has no closing quote'],
    ["b64'AA", 0, 6, 'This string has no closing quote'],
    ["'a\nb'", 2, 1, 'Not allowed inside a string: a line break must be written \\n'],
    ["'\\x'", 1, 1, 'A backslash must be followed by one of " \\ / b f n r t u: write \\\\ for the backslash itself'],
    ['["\\ud800"]', 1, 8, 'Half of a character (lone surrogate U+D800) cannot be sent as UTF-8'],
    ["'\\udc00'", 0, 8, 'Half of a character (lone surrogate U+DC00) cannot be sent as UTF-8'],
    ["h'0g'", 3, 1, "Not a hex digit: 'g'"],
    ["[h'000']", 1, 6, 'Half a byte: there is an odd number of hex digits'],
    ["[b64'A']", 5, 1, 'The last group has one character: a byte takes at least two'],
    ["b64'A*=='", 5, 1, "Not a Base64 character: '*'"],
    ['/ comment', 0, 9, "This comment has no closing '/'"],
    ['[1, / comment', 4, 9, "This comment has no closing '/'"],
    ['01', 0, 2, "'01' is not a number: remove the zero at its start"],
    ['0x', 0, 2, "'0x' is not a number: hex digits must follow 0x"],
    ['0xfg', 0, 4, "'0xfg' is not a number: hex digits must follow 0x"],
    ['0b12', 0, 4, "'0b12' is not a number: the digits 0 and 1 must follow 0b"],
    ['0o8', 0, 3, "'0o8' is not a number: digits from 0 to 7 must follow 0o"],
    ['1.', 0, 2, "'1.' is not a number: a digit must follow the '.'"],
    ['1e+', 0, 3, "'1e+' is not a number: digits must follow the exponent sign"],
    ['-', 0, 1, "'-' is not a number: a digit must follow the '-'"],
    ['-x', 0, 2, "'-x' is not a number: a digit must follow the '-'"],
    ['12px', 0, 4, "'12px' is not a number: write digits, such as 12, -1.5, 2e10 or 0xff"],
    ['+1', 0, 2, "'+1' is not a number: it must begin with a digit or '-'"],
    ['.5', 0, 2, "'.5' is not a number: it must begin with a digit or '-'"],
    ['[1e400]', 1, 5, 'The number 1e400 is larger than a 64-bit float can hold'],
    ['1e-999', 0, 6, 'The number 1e-999 is smaller than a 64-bit float can hold'],
    ['65520.0_1', 0, 9, 'The number 65520.0 is larger than a 16-bit float can hold'],
    ['1e39_2', 0, 6, 'The number 1e39 is larger than a 32-bit float can hold'],
    ['1e-9_1', 0, 6, 'The number 1e-9 is smaller than a 16-bit float can hold'],
    ['256_0', 0, 5, 'The number 256 does not fit in 1 byte (_0)'],
    ['-257_0', 0, 6, 'The number -257 does not fit in 1 byte (_0)'],
    ['0x10000000000000000_3', 0, 21, 'The number 0x10000000000000000 does not fit in 8 bytes (_3)'],
    ['1_4', 0, 3, 'The number 1 cannot have the suffix _4: write _0, _1, _2 or _3, or none'],
    ['1_000', 0, 5, 'The number 1 cannot have the suffix _000: write _0, _1, _2 or _3, or none'],
    ['1_u8', 0, 4, 'The number 1 cannot have the suffix _u8: write _0, _1, _2 or _3, or none'],
    ['1.5_0', 0, 5, 'The number 1.5 cannot have the suffix _0: write _1, _2 or _3, or none'],
    ['NaN_toString', 0, 12, 'The number NaN cannot have the suffix _toString: write _1, _2 or _3, or none'],
    ['"a"_', 0, 4, 'This string cannot have the suffix _: write _0, _1, _2 or _3, or none'],
    ['[_4 1]', 1, 2, 'This array cannot have the suffix _4: write _0, _1, _2 or _3, or none'],
    ['{__proto__ }', 1, 9, 'This map cannot have the suffix __proto__: write _0, _1, _2 or _3, or none'],
    ['1.5(0)', 0, 3, 'A tag is an integer from 0 up'],
    ['-1(0)', 0, 2, 'A tag is an integer from 0 up'],
    ['256_0(0)', 0, 5, 'This tag does not fit in 1 byte (_0)'],
    ['18446744073709551616(0)', 0, 20, 'This tag does not fit in 8 bytes (the most that CBOR has)'],
    ['1(0', 3, 0, "Expected ')' after the value of the tag, but the text ends"],
    ['1(0, 1)', 3, 1, "Expected ')' after the value of the tag, found ','"],
    ['1()', 2, 1, "Expected a value, found ')'"],
    ['(1)', 0, 1, "Expected a value, found '('"],
    ['(_ )', 0, 4, `Write ""_ for text or ''_ for bytes without parts`],
    ['(_ 1)', 3, 1, "Expected text or bytes in one piece, found '1'"],
    ['(_ "a", (_ "b"))', 8, 1, "Expected text in one piece, found '('"],
    [`(_ "a", 'b')`, 8, 3, 'Every part of this string must be text in one piece'],
    [`(_ h'', ""_)`, 8, 3, 'Every part of this string must be bytes in one piece'],
    ['(_ true)', 3, 4, 'Every part of this string must be text or bytes in one piece'],
    ['<1>', 0, 1, "Expected a value, found '<'"],
    ['<<1>', 3, 1, "Expected ',' or '>>', found '>'"],
    ['simple(24)', 7, 2, 'Simple values have the numbers 0 to 23 and 32 to 255'],
    ['simple(256)', 7, 3, 'Simple values have the numbers 0 to 23 and 32 to 255'],
    ['simple(x)', 7, 1, "Expected the number of a simple value, found 'x'"],
    ['simple(1.5)', 7, 3, 'The number 1.5 is no integer'],
    ['simple(1', 8, 0, "Expected ')' after the number, but the text ends"],
    ["float'7e'", 0, 9, 'The bits of a float take 4, 8 or 16 hex digits, not 2'],
    ['text(1)', 5, 1, "Expected bytes, such as h'00ff', found '1'"],
    ["text(h'')x", 9, 1, "Unexpected 'x' after the end of the value"],
    ["ext(1, h'')", 0, 3, "CBOR has no extension types: write a tag, such as 1000(h'00')"],
    [
      "timestamp('2024-02-29T12:34:56Z')",
      0,
      33,
      'A timestamp() is no value of CBOR: write 0("2024-02-29T12:34:56Z") or 1(1709210096)',
    ],
    ['\ufeff1', 0, 1, 'Expected a value, found a byte order mark (U+FEFF)'],
    ['[😀]', 1, 2, "Expected a value, found '😀'"],
    [
      "hello('x')",
      0,
      5,
      "Unknown word 'hello': expected true, false, null, a number, text in double quotes, or bytes such as h'00ff'",
    ],
    [
      "H'00'",
      0,
      1,
      "Unknown word 'H': expected true, false, null, a number, text in double quotes, or bytes such as h'00ff'",
    ],
  ]
  test.each(inCbor)('CBOR %j', (text, offset, length, message) => {
    expect(codecError(() => cbor.encode(text))).toMatchObject({ code: 'encode-failed', offset, length, message })
  })

  const inMessagePack: [string, number, number, string][] = [
    ['', 0, 0, 'Nothing to encode: MessagePack needs a value, such as {}'],
    ['[1(0)]', 1, 2, "MessagePack has no tags: write an extension, such as ext(1, h'00')"],
    ['[undefined]', 1, 9, 'MessagePack has no undefined: write null'],
    ['simple(1)', 0, 6, 'MessagePack has no simple values beside true, false and null'],
    ['[_ 1]', 1, 1, 'MessagePack has no indefinite lengths'],
    ['{_ }', 1, 1, 'MessagePack has no indefinite lengths'],
    ['(_ "a")', 0, 2, 'MessagePack has no indefinite lengths'],
    ['""_', 0, 3, 'MessagePack has no indefinite lengths'],
    ['<<1>>', 0, 5, 'This byte string is encoded CBOR, which MessagePack has no place for'],
    ['1_1', 0, 3, 'The number 1 cannot have the suffix _1: write _u8 to _u64 or _i8 to _i64, or none'],
    ['-1_u8', 0, 5, 'The number -1 does not fit in an unsigned integer of 8 bits (_u8)'],
    ['128_i8', 0, 6, 'The number 128 does not fit in a signed integer of 8 bits (_i8)'],
    ['-32769_i16', 0, 10, 'The number -32769 does not fit in a signed integer of 16 bits (_i16)'],
    ['18446744073709551616', 0, 20, 'The number 18446744073709551616 does not fit in 64 bits'],
    ['-9223372036854775809', 0, 20, 'The number -9223372036854775809 does not fit in 64 bits'],
    ['1.5_1', 0, 5, 'The number 1.5 cannot have the suffix _1: write _2 or _3, or none'],
    [`"${'a'.repeat(256)}"_0`, 0, 260, 'This string does not fit in 1 byte (_0)'],
    ['""_3', 0, 4, 'This string cannot have the suffix _3: write _0, _1 or _2, or none'],
    ['[_0 1]', 1, 2, 'This array cannot have the suffix _0: write _1 or _2, or none'],
    ["float'7e00'", 0, 11, 'The bits of a float take 8 or 16 hex digits, not 4'],
    ["ext(128, h'')", 4, 3, 'Extension types go from -128 to 127'],
    ["ext(h'')", 4, 1, "Expected an extension type, found 'h'"],
    ["ext(1 h'')", 6, 1, "Expected ',' after the extension type, found 'h'"],
    ['ext(1, 2)', 7, 1, "Expected bytes, such as h'00ff', found '2'"],
    ["ext_3(1, h'')", 0, 13, 'This extension cannot have the suffix _3: write _0, _1 or _2, or none'],
    ['ext_0', 5, 0, "Expected '(' after ext, but the text ends"],
    ['timestamp(1)', 10, 1, "Expected a time in quotes, found '1'"],
    [
      "timestamp('2024-02-30T00:00:00Z')",
      10,
      22,
      'Not a time: write it as 2024-02-29T12:34:56.789Z, with nine digits of a second at most',
    ],
    [
      "timestamp('2024-02-29')",
      10,
      12,
      'Not a time: write it as 2024-02-29T12:34:56.789Z, with nine digits of a second at most',
    ],
  ]
  test.each(inMessagePack)('MessagePack %j', (text, offset, length, message) => {
    expect(codecError(() => messagepack.encode(text))).toMatchObject({ code: 'encode-failed', offset, length, message })
  })

  test.each(['[', '{', '{[', '1(', '<<', '[_ ', '{1:'])('more than a thousand levels of %s', (opening) => {
    expect(codecError(() => cbor.encode(opening.repeat(100_000))).message).toBe('More than 1000 levels of nesting')
  })

  test('a thousand levels are taken', () => {
    expect(cbor.encode(`${'['.repeat(1000)}${']'.repeat(1000)}`)).toHaveLength(1000)
    expect(cbor.encode(`${'1('.repeat(1000)}(_ "a")${')'.repeat(1000)}`)).toHaveLength(1004)
  })

  test('strings in strings are refused at once', () => {
    expect(codecError(() => cbor.encode('(_ '.repeat(100_000))).offset).toBe(3)
  })

  test('more than two million values', () => {
    const error = codecError(() => cbor.encode(`[${'1,'.repeat(2_000_000)}1]`))
    expect(error.message).toBe('More than 2000000 values')
  })
})

describe.each([
  ['cbor', cborFrame],
  ['messagepack', messagePackFrame],
] as const)('%s', (id, frame) => {
  const codec = codecs[id]

  test('any text stands for bytes or has a fault in it', () => {
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
      { numRuns: 3000 },
    )
  })

  test('JSON means in it what it means in JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\\ud[89a-f]|\d{18}/.test(text))
        const value: unknown = JSON.parse(text)
        const shown: unknown = JSON.parse(codec.decode(codec.encode(text)))
        expect(shown).toEqual(value)
      }),
    )
  })

  test('a line is the text without its line breaks, cut to its length', () => {
    fc.assert(
      fc.property(frame, fc.integer({ min: 1, max: 60 }), (bytes, length) => {
        const whole = notationLine(bytes, id, 100_000) ?? ''
        expect(toHex(codec.encode(whole))).toBe(toHex(bytes))
        const line = notationLine(bytes, id, length) ?? ''
        expect(line.length).toBeLessThanOrEqual(length)
        if (whole.length <= length) expect(line).toBe(whole)
        else expect(line.endsWith('…')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a line', () => {
  test.each([
    ['cbor', '', 10, undefined],
    ['cbor', '8201', 10, undefined],
    ['cbor', '0000', 10, undefined],
    ['messagepack', 'c1', 10, undefined],
    ['messagepack', '82a16192010203c0', 100, '{"a": [1, 2], 3: null}'],
    ['messagepack', '82a16192010203c0', 22, '{"a": [1, 2], 3: null}'],
    ['messagepack', '82a16192010203c0', 21, '{"a": [1, 2], 3: nul…'],
    ['messagepack', 'a8f09f9880f09f9880', 4, '"😀…'],
    ['messagepack', 'a8f09f9880f09f9880', 3, '"…'],
    ['messagepack', 'ac616161616161616161616161', 6, '"aaaa…'],
  ] as const)('of %s %s in %i characters is %s', (id, hex, length, line) => {
    expect(notationLine(fromHex(hex), id, length)).toBe(line)
  })

  test('of a long frame needs no more than its beginning', () => {
    const long = new Uint8Array(64 * 1024 * 1024)
    long.set([0xdd, 0x04, 0, 0, 0])
    const began = performance.now()
    expect(notationLine(long, 'messagepack', 20)).toBe('[0, 0, 0, 0, 0, 0, …')
    long.set([0xc6, 0x03, 0xff, 0xff, 0xfb])
    expect(notationLine(long, 'messagepack', 20)).toBe("h'00000000000000000…")
    long.fill(0x61)
    long.set([0xdb, 0x03, 0xff, 0xff, 0xfb])
    expect(notationLine(long, 'messagepack', 20)).toBe('"aaaaaaaaaaaaaaaaaa…')
    expect(performance.now() - began).toBeLessThan(1000)
  })
})
