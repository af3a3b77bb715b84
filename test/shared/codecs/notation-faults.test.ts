import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { nightly } from '../../support/nightly.ts'
import { codecError } from './support.ts'

const { cbor, messagepack } = codecs

describe('points at the fault', () => {
  const inCbor: [string, number, number, string][] = [
    ['', 0, 0, 'Nothing to encode: CBOR needs a value, such as {}'],
    ['  ', 2, 0, 'A value is missing at the end'],
    ['[1', 2, 0, "Expected ',' or ']', but the text ends"],
    ['[[][]]', 3, 1, "Expected ',' or ']', found '['"],
    ['[1,,]', 3, 1, "Expected a value, found ','"],
    ['[1 )]', 3, 1, "Expected ',' or ']', found ')'"],
    ['{1: "n" "x": 2}', 11, 1, "Expected ',' or '}', found ':'"],
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
    ['1,, 2', 2, 1, "Expected a value, found ','"],
    ['{}true', 2, 1, "Unexpected 't' after the end of the value"],
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
    ["b32'AD8Q'", 6, 1, "Not a base32 digit: '8'"],
    ["h32'0W'", 5, 1, "Not a base32hex digit: 'W'"],
    ["b32'AD7QAA'", 9, 1, 'The last character is one too many, or others are missing after it'],
    ["b32'AD7R'", 7, 1, 'The last character has extra bits: the text may be cut short'],
    ["b32'AD7Q='", 8, 1, "Write as many '=' as fill the last group of 8 characters, or none"],
    ["b32'========'", 4, 1, "Write as many '=' as fill the last group of 8 characters, or none"],
    ['\'a\' + "b"', 6, 3, 'Text cannot be added to bytes: write the text in single quotes'],
    ['"a" + 1', 6, 1, "Expected a string after the '+', found '1'"],
    ['"a" +', 5, 0, "Expected a string after the '+', but the text ends"],
    [`["a"_1 "b"]`, 4, 6, 'Strings next to each other are one, with its suffix at its end: write a comma for two'],
    [`"" h'ff'`, 0, 8, "Together these parts are not UTF-8: write text(h'…') for such a string"],
    ['"\\u{}"', 1, 3, "Hex digits and a '}' must follow \\u{"],
    ['"\\u{110000}"', 1, 10, 'The last character is \\u{10ffff}'],
    ["'\\u{d800}'", 1, 8, 'Half of a character cannot be sent as UTF-8'],
    ['`a', 0, 2, 'This string has no closing quote'],
    ['``', 0, 2, 'This string has no closing quote'],
    ['`a\tb`', 2, 1, 'Not allowed inside a raw string: U+0009. Write the string in double quotes'],
    [
      "[dt'2024-02-30T00:00:00Z']",
      3,
      22,
      'Expected a time such as 2024-02-29T12:34:56.789Z, with at most nine fractional digits',
    ],
    ["dt'2024-02-29T12:34:56Z'_0", 0, 26, 'This time does not fit in 1 byte (_0)'],
    ["ip'1.2.3'", 2, 7, 'Expected an address such as 192.0.2.1, 2001:db8::1 or 192.0.2.0/24'],
    ["IP'1.2.3.4/33'", 2, 12, 'A prefix of this address has at most 32 bits'],
    ["IP'1.2.3.4/24'", 2, 12, 'The bits after the first 24 must be zero'],
    [
      'hash<<1>>',
      0,
      4,
      "Unknown word 'hash': expected true, false, null, a number, text in double quotes, or bytes such as h'00ff'",
    ],
    ["[b64'A']", 5, 1, 'The last group has one character; a byte takes at least two'],
    ["b64'A*=='", 5, 1, "Not a Base64 character: '*'"],
    ['/ comment', 0, 9, "This comment has no closing '/'"],
    ["h'00 / it's/'", 5, 4, "This comment has no closing '/'"],
    ['1 /* comment /', 2, 12, "This comment has no closing '*/'"],
    ['[1, / comment', 4, 9, "This comment has no closing '/'"],
    ['01', 0, 2, "'01' is not a number: remove the zero at its start"],
    ['0x', 0, 2, "'0x' is not a number: hex digits must follow 0x"],
    ['0xfg', 0, 4, "'0xfg' is not a number: hex digits must follow 0x"],
    ['0x1.8', 0, 5, "'0x1.8' is not a number: a hex float has digits around its point and an exponent, as in 0x1.8p3"],
    ['0x1p', 0, 4, "'0x1p' is not a number: digits must follow the exponent sign"],
    ['0x1p1024', 0, 8, 'The number 0x1p1024 is larger than a 64-bit float can hold'],
    ['0x1p-1076', 0, 9, 'The number 0x1p-1076 is smaller than a 64-bit float can hold'],
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
    ['1.5(0)', 0, 3, 'A tag must be an integer from 0 up'],
    ['-1(0)', 0, 2, 'A tag must be an integer from 0 up'],
    ['256_0(0)', 0, 5, 'This tag does not fit in 1 byte (_0)'],
    ['18446744073709551616(0)', 0, 20, 'This tag does not fit in 8 bytes (the largest in CBOR)'],
    ['1(0', 3, 0, "Expected ')' after the value of the tag, but the text ends"],
    ['1(0, 1)', 3, 1, "Expected ')' after the value of the tag, found ','"],
    ['1()', 2, 1, "Expected a value, found ')'"],
    ['(1)', 0, 1, "Expected a value, found '('"],
    ['(_ )', 0, 4, `Expected ""_ for text or ''_ for bytes without parts`],
    ['(_ 1)', 3, 1, "Expected text or bytes in one piece, found '1'"],
    ['(_ "a", (_ "b"))', 8, 1, "Expected text in one piece, found '('"],
    [`(_ "a", 'b')`, 8, 3, 'Every part of this string must be text in one piece'],
    [`(_ h'', ""_)`, 8, 3, 'Every part of this string must be bytes in one piece'],
    ['(_ true)', 3, 4, 'Every part of this string must be text or bytes in one piece'],
    ['<1>', 0, 1, "Expected a value, found '<'"],
    ['<<1>', 3, 1, "Expected ',' or '>>', found '>'"],
    ['simple(24)', 7, 2, 'Simple values are numbered 0 to 23 and 32 to 255'],
    ['simple(256)', 7, 3, 'Simple values are numbered 0 to 23 and 32 to 255'],
    ['simple(x)', 7, 1, "Expected the number of a simple value, found 'x'"],
    ['simple(1.5)', 7, 3, 'The number 1.5 is not an integer'],
    ['simple(1', 8, 0, "Expected ')' after the number, but the text ends"],
    ["float'7e'", 0, 9, 'The bits of a float take 4, 8 or 16 hex digits, not 2'],
    ['text(1)', 5, 1, "Expected bytes, such as h'00ff', found '1'"],
    ["text(h'')x", 9, 1, "Unexpected 'x' after the end of the value"],
    ["ext(1, h'')", 0, 3, "CBOR has no extension types: write a tag, such as 1000(h'00')"],
    [
      "timestamp('2024-02-29T12:34:56Z')",
      0,
      33,
      'A timestamp() does not exist in CBOR: write 0("2024-02-29T12:34:56Z") or 1(1709210096)',
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
    ["DT'2024-02-29T12:34:56Z'", 0, 24, "MessagePack has no tags: write an extension, such as ext(1, h'00')"],
    ["[IP'1.2.3.4']", 1, 11, "MessagePack has no tags: write an extension, such as ext(1, h'00')"],
    ['[undefined]', 1, 9, 'MessagePack has no undefined: write null'],
    ['simple(1)', 0, 6, 'MessagePack has no simple values besides true, false and null'],
    ['[_ 1]', 1, 1, 'MessagePack has no indefinite lengths'],
    ['{_ }', 1, 1, 'MessagePack has no indefinite lengths'],
    ['(_ "a")', 0, 2, 'MessagePack has no indefinite lengths'],
    ['""_', 0, 3, 'MessagePack has no indefinite lengths'],
    ['<<1>>', 0, 5, 'This byte string is encoded CBOR, which MessagePack does not have'],
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
      'Expected a time such as 2024-02-29T12:34:56.789Z, with at most nine fractional digits',
    ],
    [
      "timestamp('2024-02-29')",
      10,
      12,
      'Expected a time such as 2024-02-29T12:34:56.789Z, with at most nine fractional digits',
    ],
  ]
  test.each(inMessagePack)('MessagePack %j', (text, offset, length, message) => {
    expect(codecError(() => messagepack.encode(text))).toMatchObject({ code: 'encode-failed', offset, length, message })
  })

  test.each(['[', '{', '{[', '1(', '<<', '[_ ', '{1:'])('more than a thousand levels of %s', (opening) => {
    expect(codecError(() => cbor.encode(opening.repeat(100_000))).message).toBe('More than 1000 levels of nesting')
  })

  test('a thousand levels are accepted', () => {
    expect(cbor.encode(`${'['.repeat(1000)}${']'.repeat(1000)}`)).toHaveLength(1000)
    expect(cbor.encode(`${'1('.repeat(1000)}(_ "a")${')'.repeat(1000)}`)).toHaveLength(1004)
  })

  test('strings in strings are rejected at once', () => {
    expect(codecError(() => cbor.encode('(_ '.repeat(100_000))).offset).toBe(3)
  })

  test.runIf(nightly)('more than two million values', () => {
    const error = codecError(() => cbor.encode(`[${'1,'.repeat(2_000_000)}1]`))
    expect(error.message).toBe('More than 2000000 values')
  })
})
