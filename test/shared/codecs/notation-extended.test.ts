import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cborDialect } from '../../../src/shared/codecs/cbor/dialect.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { parseNotationSequence } from '../../../src/shared/codecs/notation/parse.ts'
import { tries } from '../../support/nightly.ts'
import { cborFrame } from './arbitraries.ts'
import { character, codecError, succeedsOrPointsInto, toHex } from './support.ts'

const { cbor, messagepack } = codecs

/** The texts mean the same as the plainer ones beside them. */
const equal: readonly (readonly [string, string])[] = [
  // Bytes in other bases
  ["b32'AD7Q'", "h'00ff'"],
  ["b32'ad7q===='", "h'00ff'"],
  ["h32'03VG'", "h'00ff'"],
  ["b32' AD /a comment/ 7Q # to the end'", "h'00ff'"],
  ["b32'MZXW6YTBOI======'", "'foobar'"],
  ["h32'CPNMUOJ1E8'", "'foobar'"],
  ["b32''", "h''"],
  ['h`00ff`', "h'00ff'"],
  ['b64`AP8`', "h'00ff'"],
  ["b64'AP # a comment\n8='", "h'00ff'"],
  ["b64'//8= # /'", "h'ffff'"],
  ["h'00 // a comment\n /another/ ff /* a third */'", "h'00ff'"],
  ["h'00ff # it ends with the quote'", "h'00ff'"],
  // Strings of several parts
  ['"a" "b"', '"ab"'],
  ['"a" + "b"', '"ab"'],
  ['"a"+"b" /c/ "d"', '"abd"'],
  ['["a" "b", "c"]', '["ab", "c"]'],
  ['{"a" "b": "c" + "d"}', '{"ab": "cd"}'],
  ["h'00' h'ff'", "h'00ff'"],
  ["'a' b64'AP8' + h''", "h'6100ff'"],
  [`"Hello" h'20' "world"`, '"Hello world"'],
  [`"" h'48656c6c6f20776f726c64' ""`, '"Hello world"'],
  [`"" + h'c3' + h'a9'`, '"é"'],
  ['`a` "b" `c`', '"abc"'],
  ['"a" "b"_1', '"ab"_1'],
  ["[h'00' h'ff'_0, 1]", "[h'00ff'_0, 1]"],
  // Raw strings and characters by number
  ['`a\\n"b"`', '"a\\\\n\\"b\\""'],
  ['``a`b``', '"a`b"'],
  ['```a = ``b`````', '"a = ``b``"'],
  ['```\n``a``\n```', '"``a``\\n"'],
  ['`\r\na\r\nb`', '"a\\nb"'],
  ['"\\u{1F600}\\u{e9}\\u{0041}"', '"😀éA"'],
  ["'\\u{1f600}'", "'😀'"],
  // Hex floats
  ['0x1.8p3', '12.0'],
  ['-0x18P-4', '-1.5'],
  ['0x1p-1074', '5e-324'],
  ['0x1.8p-1075', '5e-324'],
  ['0x1.fffffffffffffp1023', '1.7976931348623157e308'],
  ['0x1.00000000000008p0', '1.0'],
  ['0x1.000000000000080000001p0', '1.0000000000000002'],
  ['0x1.00000000000018p0', '1.0000000000000004'],
  ['0x0p9', '0.0'],
  ['-0x0.0p0', '-0.0'],
  ['0x1.8p0_2', '1.5_2'],
  // Comments
  ['// before\n[1, // one\n2 /* two */, /* three\n lines ** / */ 3] // after', '[1, 2, 3]'],
  ['/**/ 1', '1'],
  // Commas
  ['[1, 2,]', '[1, 2]'],
  ['[1 2]', '[1, 2]'],
  ['[1 2, 3 ,]', '[1, 2, 3]'],
  ['[1/**/2#\n[] []]', '[1, 2, [], []]'],
  ['{1: 2,}', '{1: 2}'],
  ['{1: 2 "a": 3 , }', '{1: 2, "a": 3}'],
]

describe.each([['cbor'], ['messagepack']] as const)('in %s', (id) => {
  test.each(equal)('%j is %j', (text, plain) => {
    expect(toHex(codecs[id].encode(text))).toBe(toHex(codecs[id].encode(plain)))
  })
})

describe('literals of times and addresses', () => {
  test.each([
    ["dt'1969-07-21T02:56:16Z'", '-14159024'],
    ["dt'1969-07-21T02:56:16.0Z'", '-14159024.0'],
    ["dt'1969-07-21T02:56:16.5Z'", '-14159023.5'],
    ['dt`1969-07-21T02:56:16.5Z`', '-14159023.5'],
    ["dt'1970-01-01T01:00:00+01:00'_2", '0_2'],
    ["dt'1970-01-01T00:00:00.1Z'", '0.1'],
    ["DT'1969-07-21T02:56:16Z'", '1(-14159024)'],
    ["ip'192.0.2.42'", "h'c000022a'"],
    ["IP'192.0.2.42'", "52(h'c000022a')"],
    ["IP'2001:db8::42'", "54(h'20010db8000000000000000000000042')"],
    ["IP'192.0.2.0/24'", "52([24, h'c00002'])"],
    ["ip'192.0.2.0/24'", "[24, h'c00002']"],
    ["IP'2001:db8::/56'", "54([56, h'20010db8'])"],
    ["IP'::/0'", "54([0, h''])"],
    ["ip'::ffff:192.0.2.1'", "h'00000000000000000000ffffc0000201'"],
    ["ip'1:2:3:4:5:6:7::'", "h'00010002000300040005000600070000'"],
    ["ip'1:2:3:4:5:6:7:8'", "h'00010002000300040005000600070008'"],
  ])('%s is %s', (text, plain) => {
    expect(toHex(cbor.encode(text))).toBe(toHex(cbor.encode(plain)))
  })

  test('are numbers and bytes in MessagePack', () => {
    const text = "[dt'1970-01-01T00:00:01.5Z', dt'1970-01-01T00:00:01Z', ip'::1', ip'10.0.0.0/8']"
    const plain = "[1.5, 1, h'00000000000000000000000000000001', [8, h'0a']]"
    expect(toHex(messagepack.encode(text))).toBe(toHex(messagepack.encode(plain)))
  })

  test.each([
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '1:2:3:4::5:6:7:8',
    '12345::',
    '1.2.3.4::',
    '01.2.3.4',
    '256.1.1.1',
    ':1',
    'g::',
    '::1/',
  ])('%s is no address', (text) => {
    expect(codecError(() => cbor.encode(`ip'${text}'`)).message).toMatch(/^Expected an address/)
  })
})

describe('any text', () => {
  test('is the same in raw quotes, in parts and with its characters by number', () => {
    const text = fc.string({ unit: character }).filter((some) => !some.includes('\r'))
    fc.assert(
      fc.property(text, fc.nat(), (whole, place) => {
        const characters = [...whole]
        const cut = place % (characters.length + 1)
        const parts = [characters.slice(0, cut).join(''), characters.slice(cut).join('')]
        const expected = toHex(cbor.encode(JSON.stringify(whole)))
        expect(toHex(cbor.encode(parts.map((part) => JSON.stringify(part)).join(' /and/ ')))).toBe(expected)
        const numbered = characters.map((one) => `\\u{${one.codePointAt(0)?.toString(16)}}`).join('')
        expect(toHex(cbor.encode(`"${numbered}"`))).toBe(expected)
        const longest = Math.max(0, ...(whole.match(/`+/g) ?? []).map(({ length }) => length))
        const quotes = '`'.repeat(longest + 1)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what raw strings cannot hold.
        if (whole === '' || /[\x00-\x09\x0b-\x1f]/.test(whole)) return
        expect(toHex(cbor.encode(`${quotes}\n${whole}${quotes}`))).toBe(expected)
      }),
      tries(300, 1000),
    )
  })

  test('a hex float is the number that JavaScript divides', () => {
    const digits = fc.bigInt({ min: 0n, max: 1n << 53n })
    fc.assert(
      fc.property(digits, fc.integer({ min: -1000, max: 900 }), (significand, power) => {
        const value = Number(significand) * 2 ** power
        expect(toHex(cbor.encode(`0x${significand.toString(16)}p${power}`))).toBe(toHex(cbor.encode(floatText(value))))
      }),
      tries(300, 1000),
    )
  })
})

const floatText = (value: number): string =>
  Number.isInteger(value) && !/e/.test(`${value}`) ? `${value}.0` : `${value}`

describe('a sequence', () => {
  const kinds = (text: string) =>
    parseNotationSequence(text, cborDialect).map(({ kind, start, end }) => [kind, start, end])

  test('has its values between commas or white space', () => {
    expect(kinds('1, [2] "a" # c\n {},')).toEqual([
      ['integer', 0, 1],
      ['array', 3, 6],
      ['text', 7, 10],
      ['map', 16, 18],
    ])
    expect(kinds('"a" "b"')).toEqual([['text', 0, 7]])
  })

  test.each([
    ['1 ]', 2, 1, "Unexpected ']' after the end of the value"],
    ['[][]', 2, 1, "Unexpected '[' after the end of the value"],
    ['1,,2', 2, 1, "Expected a value, found ','"],
    [', 1', 0, 1, "Expected a value, found ','"],
  ])('%j has a fault', (text, offset, length, message) => {
    expect(codecError(() => parseNotationSequence(text, cborDialect))).toMatchObject({ offset, length, message })
  })

  test('of any values is those values', () => {
    const separator = fc.constantFrom(', ', ',', ' , ', '\n,')
    fc.assert(
      fc.property(fc.array(cborFrame, { minLength: 1, maxLength: 4 }), separator, (frames, between) => {
        const texts = frames.map((frame) => cbor.decode(frame))
        const values = parseNotationSequence(texts.join(between), cborDialect)
        expect(values).toHaveLength(frames.length)
        const offset = (index: number) => texts.slice(0, index).join(between).length + (index > 0 ? between.length : 0)
        for (const [index, value] of values.entries()) {
          expect(value.start).toBe(offset(index))
          expect(value.kind).toBe(parseNotationSequence(texts[index] ?? '', cborDialect)[0]?.kind)
        }
      }),
      tries(100, 300),
    )
  })

  test('of garbage has a fault inside it', () => {
    const pieces = fc.constantFrom(...'[]{}(),:"\'`/#+* \n01ah', '//', '/*', '1(', "h'", '<<', '>>')
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('')
        succeedsOrPointsInto(text.length, () => parseNotationSequence(text, cborDialect))
      }),
      tries(500, 2000),
    )
  })
})

describe('takes time that grows only with the text, for', () => {
  test.each([
    ['many strings with comments', `[${"h'#',".repeat(50_000)}]`],
    ['one string of many parts', '"a" '.repeat(50_000)],
    ['many raw strings', '`a` '.repeat(50_000)],
    ['many escapes', `"${'\\u{e9}'.repeat(50_000)}"`],
  ])('%s', (_, text) => {
    expect(cbor.encode(text).length).toBeGreaterThan(40_000)
  })
})
