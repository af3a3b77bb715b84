import { describe, expect, test } from 'vitest'
import { protobuf } from '../../../../src/shared/codecs/protobuf.ts'
import type { MessageType } from '../../../../src/shared/codecs/protobuf/schema.ts'
import { fromHex } from '../support.ts'
import { legacy, nodesOf, outline, person, scalars, typeNamed } from './support.ts'

/** The one field in the bytes, as `type|value # note`. */
function only(hex: string, message?: MessageType): string | undefined {
  const lines = outline(fromHex(hex), message)
  return lines[1]?.replace(/^ *[^|]*\|/, '')
}

describe('scalars', () => {
  test.each([
    ['09000000000000f83f', 'double · 64-bit|1.5'],
    ['090000000000000080', 'double · 64-bit|-0.0'],
    ['09000000000000f87f', 'double · 64-bit|NaN'],
    ['09010000000000f8ff', 'double · 64-bit|NaN # bits fff8000000000001'],
    ['15cdcccc3d', 'float · 32-bit|0.1'],
    ['15ffff7f7f', 'float · 32-bit|3.4028235e+38'],
    ['15000080ff', 'float · 32-bit|-Infinity'],
    ['18ffffffffffffffffff01', 'int32 · varint|-1'],
    ['18ffffffff0f', 'int32 · varint|-1 # 32 bits of 4294967295'],
    ['188100', 'int32 · varint|1 # varint of 2 bytes, longer than needed'],
    ['98800001', 'int32 · varint|1 # tag of 3 bytes, longer than needed'],
    ['2080808080808080808001', 'int64 · varint|-9223372036854775808'],
    ['28ffffffff1f', 'uint32 · varint|4294967295 # 32 bits of 8589934591'],
    ['30ffffffffffffffffff01', 'uint64 · varint|18446744073709551615'],
    ['30ffffffffffffffffff7f', 'uint64 · varint|18446744073709551615 # bits beyond the 64th'],
    ['3803', 'sint32 · varint|-2'],
    ['40ffffffffffffffffff01', 'sint64 · varint|-9223372036854775808'],
    ['4dffffffff', 'fixed32 · 32-bit|4294967295'],
    ['51ffffffffffffffff', 'fixed64 · 64-bit|18446744073709551615'],
    ['5dffffffff', 'sfixed32 · 32-bit|-1'],
    ['61ffffffffffffffff', 'sfixed64 · 64-bit|-1'],
    ['6801', 'bool · varint|true'],
    ['6802', 'bool · varint|true # written as 2'],
    ['7203c3a90a', 'string · length-delimited|"é\\n"'],
    ['7202c328', "string · length-delimited|h'c328' # invalid UTF-8"],
    ['72810061', 'string · length-delimited|"a" # length of 2 bytes, longer than needed'],
    ['7a0200ff', "bytes · length-delimited|h'00ff'"],
  ])('%s is %s', (hex, line) => {
    expect(only(hex, scalars)).toBe(line)
  })

  test.each([
    ['6801', 'rich.v1.Color · varint|RED (1)'],
    ['684d', 'rich.v1.Color · varint|77 # no name in the schema'],
    ['68fdffffffffffffffff01', 'rich.v1.Color · varint|NEGATIVE (-3)'],
    ['e00100', 'google.protobuf.NullValue · varint|null'],
  ])('enum %s is %s', (hex, line) => {
    expect(only(hex, person)).toBe(line)
  })

  test('has the exact values beside what is shown', () => {
    const bytes = fromHex('0900000000000004c015cdcccc3d20ffffffffffffffffff01680172016' + '17a01ff')
    const root = protobuf.read?.(bytes, { message: scalars }).root
    expect(root?.children?.map(({ key, exact }) => [key, exact])).toEqual([
      ['a_double', -2.5],
      ['a_float', 0.1],
      ['an_int64', '-1'],
      ['a_bool', true],
      ['a_string', 'a'],
      ['a_bytes', 'ff'],
    ])
  })
})

describe('repeated fields', () => {
  test('packed, unpacked, and both', () => {
    expect(outline(fromHex('ba06020102b80603ba0603048100'), scalars)).toEqual([
      '|rich.v1.Scalars|3 fields',
      '  int32s|int32 · length-delimited|2 items # packed',
      '    0|int32 · varint|1',
      '    1|int32 · varint|2',
      '  int32s[2]|int32 · varint|3',
      '  int32s|int32 · length-delimited|2 items # packed',
      '    3|int32 · varint|4',
      '    4|int32 · varint|1 # varint of 2 bytes, longer than needed',
    ])
  })

  test('maps by their keys, with the value in the line of the entry', () => {
    expect(outline(fromHex('2a050a0161100c' + '2a021005' + '2a050a01611001' + '32040801' + '1200'), person)).toEqual([
      '|rich.v1.Person|4 fields',
      '  scores["a"]|map<string, int32> · length-delimited|12 # duplicate key: the last one counts',
      '    key|string · length-delimited|"a"',
      '    value|int32 · varint|12',
      '  scores[""]|map<string, int32> · length-delimited|5',
      '    value|int32 · varint|5',
      '  scores["a"]|map<string, int32> · length-delimited|1',
      '    key|string · length-delimited|"a"',
      '    value|int32 · varint|1',
      '  friends[1]|map<int64, rich.v1.Person> · length-delimited|0 fields',
      '    key|int64 · varint|1',
      '    value|rich.v1.Person · length-delimited|0 fields',
    ])
  })
})

describe('what a message has twice or not at all', () => {
  test.each<[string, MessageType, string[]]>([
    ['10011002', person, ['  id|int32 · varint|1 # set 2 times: the last one counts', '  id|int32 · varint|2 # set 2 times: the last one counts']],
    [
      '4a004a00',
      person,
      Array(2).fill('  phone|rich.v1.Person.Phone · length-delimited|0 fields # set 2 times: all are merged'),
    ],
    [
      '42005001',
      person,
      [
        '  mail|string · length-delimited|"" # one of several set in oneof contact: the last one counts',
        '  pager_number|int64 · varint|1 # one of several set in oneof contact: the last one counts',
      ],
    ],
  ])('%s', (hex, message, lines) => {
    expect(outline(fromHex(hex), message).slice(1)).toEqual(lines)
  })

  test('required fields that are missing', () => {
    expect(outline(fromHex('3334'), legacy)).toEqual([
      '|rich.legacy.Legacy|1 field # required field missing: id',
      '  part[0]|rich.legacy.Legacy.Part · group|0 fields # required field missing: good',
    ])
  })
})

describe('groups, extensions and closed enums', () => {
  test('as proto2 has them', () => {
    expect(outline(fromHex('08012b0a01752ca206016e' + '38023809'), legacy)).toEqual([
      '|rich.legacy.Legacy|5 fields',
      '  id|int32 · varint|1',
      '  result|rich.legacy.Legacy.Result · group|1 field',
      '    url|string · length-delimited|"u"',
      '  [rich.legacy.nickname]|string · length-delimited|"n"',
      '  level|rich.legacy.Legacy.Level · varint|HIGH (2)',
      '  7|varint|9 (sint -5) # unknown field, no value of rich.legacy.Legacy.Level, which is closed',
    ])
  })
})

describe('well-known types', () => {
  test.each([
    ['7a060890c2a7af06', 'google.protobuf.Timestamp · length-delimited|2024-03-05T11:53:52Z'],
    ['7a02087b', 'google.protobuf.Timestamp · length-delimited|1970-01-01T00:02:03Z'],
    ['7a0b10ffffffffffffffffff01', 'google.protobuf.Timestamp · length-delimited|0 s and -1 ns # not from the years 1 to 9999'],
    ['8201080801108094ebdc03', 'google.protobuf.Duration · length-delimited|1 s and 1000000000 ns # no valid Duration'],
    ['82010d' + '08ffffffffffffffffff01' + '1000', 'google.protobuf.Duration · length-delimited|-1s'],
    ['aa0103' + '0a0161', 'google.protobuf.FieldMask · length-delimited|"a"'],
    ['ba0100', 'google.protobuf.Int64Value · length-delimited|0'],
    ['ba01020805', 'google.protobuf.Int64Value · length-delimited|5'],
    ['9a0103' + '1a0161', 'google.protobuf.Value · length-delimited|"a"'],
  ])('%s is %s', (hex, line) => {
    expect(only(hex, person)).toBe(line)
  })

  test('an Any is opened when the schema has its type', () => {
    const any = protobuf.encode('{"extra":{"@type":"a/rich.v1.Person.Phone","number":"1"}}', { message: person })
    expect(outline(any, person).slice(1)).toEqual([
      '  extra|google.protobuf.Any · length-delimited|"a/rich.v1.Person.Phone"',
      '    type_url|string · length-delimited|"a/rich.v1.Person.Phone"',
      '    value|bytes holding rich.v1.Person.Phone · length-delimited|1 field',
      '      number|string · length-delimited|"1"',
    ])
    const unknown = protobuf.encode('{"extra":{"typeUrl":"a/b","value":"CAE="}}', { message: person })
    expect(outline(unknown, person).at(-1)).toBe("    value|bytes · length-delimited|h'0801'")
  })
})

describe('unknown fields', () => {
  test('are kept, with all that they may be', () => {
    expect(outline(fromHex('c23e03089601'), scalars)).toEqual([
      '|rich.v1.Scalars|1 field',
      '  1000|length-delimited|3 bytes # unknown field',
      '    message|message|1 field',
      '      1|varint|150 (sint 75)',
      "    bytes|bytes|h'089601'",
      '    packed varints|packed varints|[8, 150]',
    ])
  })

  test('of a wrong wire type say what was expected', () => {
    expect(only('1d00000000', scalars)).toBe('32-bit|0 (float 0.0) # unknown field, wrong wire type: an_int32 is written as varint')
  })
})

describe('without a message type', () => {
  test.each([
    ['0800', 'varint|0 (bool false)'],
    ['0801', 'varint|1 (sint -1, bool true)'],
    ['089601', 'varint|150 (sint 75)'],
    ['08ffffffff0f', 'varint|4294967295 (int32 -1, sint -2147483648)'],
    ['08ffffffffffffffffff01', 'varint|18446744073709551615 (int64 -1, sint -9223372036854775808)'],
    ['0d0000c03f', '32-bit|1069547520 (float 1.5)'],
    ['0dffffffff', '32-bit|4294967295 (sfixed32 -1, float NaN)'],
    ['09000000000000f8bf', '64-bit|13832806255468478464 (sfixed64 -4613937818241073152, double -1.5)'],
    ['0a00', 'length-delimited|empty'],
    ['0a0568656c6c6f', 'length-delimited|"hello"'],
    ['0a02ffff', "length-delimited|h'ffff'"],
    ['0b10010c', 'group|1 field'],
  ])('%s is %s', (hex, line) => {
    expect(only(hex)).toBe(line)
  })

  test('bytes of a length are shown as all that they may be', () => {
    const types = (hex: string) => nodesOf(protobuf.read?.(fromHex(hex)).root?.children?.[0]).slice(1).map(({ type }) => type)
    expect(types('0a0568656c6c6f')).toEqual(['text', 'bytes', 'packed varints'])
    expect(types('0a02ffff')).toEqual(['bytes'])
    expect(types('0a04ffffffff')).toEqual(['bytes', 'packed 32-bit integers', 'packed floats'])
    expect(types('0a08ffffffffffffff01')).toEqual([
      'bytes',
      'packed varints',
      'packed 32-bit integers',
      'packed floats',
      'packed 64-bit integers',
      'packed doubles',
    ])
    expect(types('0a020801')).toEqual(['message', 'varint', 'bytes', 'packed varints'])
  })

  test('every node stands where it is written', () => {
    const bytes = fromHex('0a020801' + '1008')
    expect(nodesOf(protobuf.read?.(bytes).root).map(({ type, start, end, keySpan }) => [type, start, end, keySpan])).toEqual([
      ['message', 0, 6, undefined],
      ['length-delimited', 1, 4, { start: 0, end: 1 }],
      ['message', 2, 4, undefined],
      ['varint', 3, 4, { start: 2, end: 3 }],
      ['bytes', 2, 4, undefined],
      ['packed varints', 2, 4, undefined],
      ['varint', 5, 6, { start: 4, end: 5 }],
    ])
    const group = protobuf.read?.(fromHex('0a020801' + '1314')).root?.children?.[1]
    expect(group).toMatchObject({ type: 'group', start: 5, end: 6, keySpan: { start: 4, end: 5 } })
  })

  test('a long list of numbers is cut, and says how long it is', () => {
    const bytes = new Uint8Array(104).fill(1)
    bytes.set([0x0a, 102])
    const list = nodesOf(protobuf.read?.(bytes).root).find(({ type }) => type === 'packed varints')
    expect(list?.value).toMatch(/^\[1, 1, .*, … 102 in all\]$/)
  })
})

test('a message type without fields reads everything as unknown', () => {
  expect(only('0801', typeNamed('google.protobuf.Empty'))).toBe('varint|1 (sint -1, bool true) # unknown field')
})
