import { describe, expect, test } from 'vitest'
import { checkedReading, outline, type Structured } from './readings.ts'
import { fromHex } from './support.ts'

const utf8 = new TextEncoder()

describe('shows what there is of a truncated frame', () => {
  test.each<[Structured, string, string[], number, string]>([
    [
      'messagepack',
      '93 01 cb 3ff0',
      ['fixarray 1 of 3 items (cut short)', '  0: positive fixint 1', "  1: float 64 h'3ff0' (cut short)"],
      3,
      'Cut short: float 64 needs 8 bytes at byte 3, with only 2 left',
    ],
    [
      'messagepack',
      '82 a161 92 01',
      ['fixmap 1 of 2 entries (cut short)', '  a: fixarray 1 of 2 items (cut short)', '    0: positive fixint 1'],
      5,
      'Cut short: the array at byte 3 has 1 of its 2 items',
    ],
    [
      'messagepack',
      'de0002 a161 01 a162',
      ['map 16 1 of 2 entries (cut short)', '  a: positive fixint 1', '  b: missing  (cut short)'],
      8,
      'Cut short: the key at byte 6 has no value',
    ],
    [
      'messagepack',
      '81 a5 6162',
      ['fixmap 0 of 1 entry (cut short)', '  "ab" (fixstr): missing  (cut short)'],
      2,
      'Cut short: fixstr needs 5 bytes at byte 2, with only 2 left',
    ],
    [
      'messagepack',
      'a4 61e282',
      ['fixstr "a" (cut short)'],
      1,
      'Cut short: fixstr needs 4 bytes at byte 1, with only 3 left',
    ],
    [
      'messagepack',
      'a4 e282',
      ["fixstr h'e282' (cut short)"],
      1,
      'Cut short: fixstr needs 4 bytes at byte 1, with only 2 left',
    ],
    [
      'messagepack',
      'a4 ff',
      ["fixstr h'ff' (cut short)"],
      1,
      'Cut short: fixstr needs 4 bytes at byte 1, with only 1 left',
    ],
    [
      'messagepack',
      'c5 01',
      ["bin 16 h'01' (cut short)"],
      1,
      'Cut short: bin 16 length needs 2 bytes at byte 1, with only 1 left',
    ],
    [
      'messagepack',
      'd7 05 00',
      ["fixext 8 (type 5) h'00' (cut short)"],
      2,
      'Cut short: fixext 8 needs 8 bytes at byte 2, with only 1 left',
    ],
    [
      'messagepack',
      'c7 03',
      ["ext 8 h'' (cut short)"],
      2,
      'Cut short: ext 8 type needs 1 byte at byte 2, with only 0 left',
    ],
    [
      'messagepack',
      'dd ffffffff 00',
      ['array 32 1 of 4294967295 items (cut short)', '  0: positive fixint 0'],
      6,
      'Cut short: the array at byte 0 has 1 of its 4294967295 items',
    ],
    [
      'cbor',
      'bf 6161 9f 01',
      [
        'map (indefinite length) 1 entry (cut short)',
        '  a: array (indefinite length) 1 item (cut short)',
        '    0: integer 1',
      ],
      5,
      'Cut short: the array at byte 3 has no break (ff) at its end',
    ],
    [
      'cbor',
      '5f 4101',
      ["byte string (indefinite length) h'01' (cut short)", "  byte string h'01'"],
      3,
      'Cut short: the string at byte 0 has no break (ff) at its end',
    ],
    [
      'cbor',
      '7f 6161 62c3',
      ['text string (indefinite length) "a" (cut short)', '  text string "a"', "  text string h'c3' (cut short)"],
      4,
      'Cut short: text string needs 2 bytes at byte 4, with only 1 left',
    ],
    [
      'cbor',
      '81 c1',
      ['array 1 of 1 item (cut short)', '  0: tag 1 (time since 1970)  (cut short)', '    missing  (cut short)'],
      2,
      'Cut short: tag 1 at byte 1 has no value',
    ],
    [
      'cbor',
      '9b ffffffffffffffff',
      ['array 0 of 18446744073709551615 items (cut short)'],
      9,
      'Cut short: the array at byte 0 has 0 of its 18446744073709551615 items',
    ],
    [
      'cbor',
      '1a 0102',
      ["integer h'0102' (cut short)"],
      1,
      'Cut short: integer needs 4 bytes at byte 1, with only 2 left',
    ],
    [
      'cbor',
      'f9 3c',
      ["float 16 h'3c' (cut short)"],
      1,
      'Cut short: float 16 needs 2 bytes at byte 1, with only 1 left',
    ],
    ['cbor', 'd9', ["tag h'' (cut short)"], 1, 'Cut short: tag number needs 2 bytes at byte 1, with only 0 left'],
    [
      'cbor',
      'd818 43 8201',
      ['tag 24 (encoded CBOR)  (cut short)', "  byte string h'8201' (cut short)"],
      3,
      'Cut short: byte string needs 3 bytes at byte 3, with only 2 left',
    ],
  ])('%s %s', (id, hex, lines, offset, message) => {
    const { root, fault } = checkedReading(id, fromHex(hex))
    expect(outline(root)).toEqual(lines)
    expect(fault).toMatchObject({ offset, message })
  })

  test.each<[string, string[], number, string]>([
    [
      '[1,2',
      ['array 2 items (cut short)', '  0: number 1', '  1: number 2'],
      4,
      "Expected ',' or ']', but the text ends",
    ],
    [
      '{"a":{"b":"x',
      ['object 1 entry (cut short)', '  a: object 1 entry (cut short)', '    b: string "x (cut short)'],
      10,
      'This string has no closing quote',
    ],
    [
      '{"a":1,"b"',
      ['object 1 entry (cut short)', '  a: number 1', '  b: missing  (cut short)'],
      10,
      "Expected ':' after the key, but the text ends",
    ],
    [
      '{"a":1,',
      ['object 1 entry (cut short)', '  a: number 1'],
      7,
      'Expected a key in double quotes, but the text ends',
    ],
    [
      '[tr',
      ['array 1 item (cut short)', '  0: boolean tr (cut short)'],
      1,
      "Unknown word 'tr': expected true, false, null, a number, or text in double quotes",
    ],
    [
      '[1e',
      ['array 1 item (cut short)', '  0: number 1e (cut short)'],
      1,
      "'1e' is not a JSON number: digits must follow the exponent sign",
    ],
    [
      '[-',
      ['array 1 item (cut short)', '  0: number - (cut short)'],
      1,
      "'-' is not a JSON number: a digit must follow the '-'",
    ],
    [
      'nul',
      ['null nul (cut short)'],
      0,
      "Unknown word 'nul': expected true, false, null, a number, or text in double quotes",
    ],
    [
      '"a\\',
      ['string "a\\ (cut short)'],
      2,
      'A backslash must be followed by one of " \\ / b f n r t u: write \\\\ for the backslash itself',
    ],
  ])('json %s', (text, lines, offset, message) => {
    const { root, fault } = checkedReading('json', utf8.encode(text))
    expect(outline(root)).toEqual(lines)
    expect(fault).toMatchObject({ offset, message })
  })
})
