import { expect, test } from 'vitest'
import type { CodecOptions } from '../../../../src/shared/codecs/codec.ts'
import { completeProtobuf, messageNames, protobuf, protobufLine } from '../../../../src/shared/codecs/protobuf.ts'
import { codecError, fromHex, toHex } from '../support.ts'
import { classicSchema, everything, known, record } from './schemas.ts'

/** The tree as lines: place, key, type, value, note. */
function lines(digits: string, options: CodecOptions = {}): string[] {
  const root = protobuf.read?.(fromHex(digits), options).root
  return (root?.children ?? []).map(({ key, type, value, start, end, note }) =>
    [`${start}-${end}`, key, type, value, ...(note === undefined ? [] : [note])].join(' | '),
  )
}

test.each([
  ['189601', ['1-3 | an_int32 | int32 · varint | 150']],
  ['189681808000', ['1-6 | an_int32 | int32 · varint of 5 bytes | 150']],
  ['18011802', ['1-2 | an_int32 | int32 · varint | 1 | the last one counts', '3-4 | an_int32 | int32 · varint | 2']],
  ['7202ff41', ["1-4 | a_string | string · length-delimited | h'ff41' | invalid UTF-8"]],
  ['800102', ['2-3 | color | test.Color · varint | COLOR_BLUE (2)']],
  ['1d0000803f', ['1-5 | an_int32 | 32-bit | 1065353216 · float 1 | unknown field: int32 is not written as 32-bit']],
  ['b201050a01611001', ['2-8 | counts["a"] | map entry · length-delimited | 2 fields']],
  ['92010201029001 03', ['2-5 | numbers | repeated int32 · packed | 2 items', '7-8 | numbers[2] | int32 · varint | 3']],
  [
    'ca010161d00101',
    [
      '2-4 | text | string · length-delimited | "a"',
      "6-7 | number | int32 · varint | 1 | replaces 'text': only one of choice can be set",
    ],
  ],
  ['8a0105720561', ['2-6 | nested | test.Everything · length-delimited | 1 field | cut short']],
])('with a type: %s', (digits, expected) => {
  expect(lines(digits, { message: everything })).toEqual(expected)
})

test('exact values', () => {
  const exact = (json: string) => {
    const bytes = protobuf.encode(json, { message: everything })
    return protobuf.read?.(bytes, { message: everything }).root?.children?.[0]?.exact
  }
  expect(exact('{"anInt64":"9223372036854775807"}')).toBe('9223372036854775807')
  expect(exact('{"aDouble":-0}')).toBe('-0')
  expect(exact('{"aFloat":0.1}')).toBe(0.1)
  expect(exact('{"aDouble":"NaN"}')).toBe('NaN')
  expect(exact('{"someBytes":"AQI="}')).toBe('0102')
  expect(exact('{"aBool":true}')).toBe(true)
  expect(exact('{"nested":{}}')).toBe(null)
})

test('well-known types are shown as text, and an Any is opened', () => {
  const json = '{"time":"1970-01-01T00:00:01Z","any":{"@type":"a/test.Everything","anInt32":5}}'
  const root = protobuf.read?.(protobuf.encode(json, { message: known }), { message: known }).root
  expect(root?.children?.[0]).toMatchObject({ key: 'time', value: '"1970-01-01T00:00:01Z"' })
  const value = root?.children?.[1]?.children?.[1]
  expect(value).toMatchObject({ key: 'value', children: [{ key: 'an_int32', value: '5' }] })
})

test('a missing required field is a note', () => {
  expect(protobuf.read?.(fromHex('0801'), { message: record }).root).toMatchObject({ note: 'missing: name' })
})

test('without a type every interpretation is shown', () => {
  expect(lines('0801')).toEqual(['1-2 | 1 | varint | 1 · zigzag -1 · bool true'])
  const root = protobuf.read?.(fromHex('12020805')).root
  expect(root?.children?.[0]?.children?.map(({ key, value }) => [key, value])).toEqual([
    ['bytes', "h'0805'"],
    ['varints', '8, 5'],
    ['message', '1 field'],
  ])
})

test.each([
  ['00', 0, 'The tag at byte 0 has field number 0: they begin at 1'],
  ['0e', 0, 'The tag at byte 0 has wire type 6: only 0 to 5 exist'],
  ['0c', 0, 'Byte 0 ends a group of field 1, but no group is open'],
  ['0b14', 1, 'Byte 1 ends a group of field 2, but the group of field 1 is open'],
  ['08ffffffffffffffffffff', 1, 'The varint at byte 1 has more than 10 bytes'],
  ['0a0561', 2, 'Cut short: 5 bytes needed at byte 2, with only 1 left'],
  ['0b', 0, 'Cut short: the group of field 1, which begins at byte 0, has no end'],
])('not a message: %s', (digits, offset, message) => {
  expect(codecError(() => protobuf.decode(fromHex(digits)))).toMatchObject({ code: 'decode-failed', offset, message })
  expect(protobuf.read?.(fromHex(digits)).fault).toMatchObject({ offset, message })
  expect(protobufLine(fromHex(digits), {}, 50)).toBeUndefined()
})

test.each([
  ['1: 150', '089601'],
  ['2: {"testing"}', '120774657374696e67'],
  ['3: {1: 5}', '1a020805'],
  ['4: 1i32', '2501000000'],
  ['5: 1.5i64', '29000000000000f83f'],
  ['6: -3z', '3005'],
  ['7: !{1: true} # group', '3b08013c'],
  ['8: {1 2 300 "a\\xff" `00ff` {"b"}}', '420a0102ac0261ff00ff0162'],
  ['9: -inf32', '4d000080ff'],
  ['`00ff`', '00ff'],
  ['', ''],
])('notation: %s', (text, digits) => {
  expect(toHex(protobuf.encode(text))).toBe(digits)
})

test.each([
  ['1', 0, 1, /^Expected ':' after the field number/],
  ['0: 1', 0, 1, /^A field number must be a whole number from 1/],
  ['1: "a"', 3, 1, /^Put text and bytes in braces: 1: \{"text"\}/],
  ['1: {', 3, 1, /has no closing/],
  ['}', 0, 1, /closes no/],
  ['1: abc', 3, 3, /^Expected a number such as 150, -3z, 7i32 or 1\.5i64, found 'abc'/],
  ['1: 18446744073709551616', 3, 20, /^Out of range/],
  ['1: {`0`}', 5, 1, /^Half a byte/],
  ['1: long-form:9 300', 3, 1, /^A varint has at most 10 bytes/],
  ['1:', 0, 2, /^Expected a value after/],
])('notation at fault: %s', (text, offset, length, message) => {
  const error = codecError(() => protobuf.encode(text))
  expect(error).toMatchObject({ offset, length })
  expect(error.message).toMatch(message)
})

test.each([
  ['{"co|', 'counts', '"counts": ', 1, 4],
  ['{"nested":{"a_|', 'aDouble', '"aDouble": ', 11, 14],
  ['{"color": |', 'COLOR_RED', '"COLOR_RED"', 10, 10],
  ['{"color": "CO|"}', 'COLOR_RED', '"COLOR_RED"', 10, 14],
  ['{"aBool": t|', 'true', 'true', 10, 11],
  ['{"byId": {"1": {|', 'aBool', '"aBool": ', 16, 16],
  ['{"children": [{}, {|}]', 'aBool', '"aBool": ', 19, 19],
  ['{"co|, "aBool": true}', 'counts', '"counts": ', 1, 4],
  ['{"colors": [|', 'COLOR_BLUE', '"COLOR_BLUE"', 12, 12],
])('completes %s', (marked, label, insert, from, to) => {
  const completion = completeProtobuf(marked.replace('|', ''), marked.indexOf('|'), everything)
  expect(completion).toMatchObject({ from, to })
  expect(completion?.options).toContainEqual(expect.objectContaining({ label, insert }))
})

test('completes no key that already exists, before or after the caret', () => {
  const completion = completeProtobuf('{"aBool": true, , "maybe": 1}', 16, everything)
  const labels = completion?.options.map(({ label }) => label) ?? []
  expect(labels).toContain('text')
  expect(labels).not.toContain('aBool')
  expect(labels).not.toContain('maybe')
})

test.each(['', '1: 5', '{"aBool": true |', '}}}|', '{"unknown": {|', '{"aString": |'])(
  'completes nothing in %s',
  (text) => {
    expect(completeProtobuf(text.replace('|', ''), text.length - 1, everything)).toBeNull()
  },
)

test('lines and names', () => {
  expect(protobufLine(fromHex('1801'), { message: everything }, 50)).toBe('{"anInt32":1}')
  expect(protobufLine(fromHex('18011802'), {}, 50)).toBe('3: 1 3: 2')
  expect(protobufLine(fromHex('720a61616161616161616161'), { message: everything }, 10)).toBe('{"aString…')
  expect(messageNames(classicSchema).filter((name) => name.startsWith('old'))).toEqual([
    'old.Record',
    'old.Record.Inner',
  ])
})
