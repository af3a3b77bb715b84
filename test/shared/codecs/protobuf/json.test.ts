import { describe, expect, test } from 'vitest'
import { minifyJson } from '../../../../src/shared/codecs/json/format.ts'
import { protobuf, skeleton } from '../../../../src/shared/codecs/protobuf.ts'
import { codecError, fromHex, toHex } from '../support.ts'
import { everything, known, modernSchema, record } from './schemas.ts'

describe('well-known types', () => {
  test.each([
    ['{"time":"1970-01-01T00:00:00Z"}', '0a00'],
    ['{"time":"1970-01-01T00:00:01.500Z"}', '0a08080110 80cab5ee01'],
    ['{"time":"1969-12-31T23:59:59.999999999Z"}', '0a1108ffffffffffffffffff0110ff93ebdc03'],
    ['{"span":"1.500s"}', '12080801 1080cab5ee01'],
    ['{"span":"-1s"}', '120b08ffffffffffffffffff01'],
    ['{"mask":"aB,c.dE"}', '1a0c 0a03615f62 0a05632e645f65'],
    ['{"struct":{"a":1.5,"b":null}}', ''],
    ['{"value":null}', '2a020800'],
    ['{"value":"x"}', '2a031a0178'],
    ['{"value":[true]}', '2a063204 0a022001'],
    ['{"list":[]}', '3200'],
    ['{"empty":{}}', '4200'],
    ['{"aDouble":0}', '4a00'],
    ['{"anInt64":"5"}', '5a020805'],
    ['{"aBool":true}', '7a020801'],
    ['{"aString":""}', '820100'],
    ['{"someBytes":"AQI="}', '8a01040a020102'],
    ['{"nullChoice":null}', 'a00100'],
    ['{"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":"1s"}}', ''],
    ['{"any":{"@type":"a/test.Everything","anInt32":5}}', '3a170a11612f746573742e45766572797468696e6712021805'],
  ])('%s', (json, digits) => {
    const bytes = protobuf.encode(json, { message: known })
    if (digits !== '') expect(toHex(bytes)).toBe(toHex(fromHex(digits)))
    expect(minifyJson(protobuf.decode(bytes, { message: known }))).toBe(json)
  })

  test('a type whose JSON is not an object', () => {
    const message = { schema: modernSchema, name: 'google.protobuf.Timestamp' }
    expect(protobuf.decode(fromHex('0801'), { message })).toBe('"1970-01-01T00:00:01Z"')
    expect(toHex(protobuf.encode(' "1970-01-01T00:00:01Z"', { message }))).toBe('0801')
  })

  test('times in other zones, and names of both kinds', () => {
    const bytes = protobuf.encode('{"time":"1970-01-01T02:00:01+02:00","an_int32":7}', { message: known })
    expect(minifyJson(protobuf.decode(bytes, { message: known }))).toBe('{"time":"1970-01-01T00:00:01Z","anInt32":7}')
  })
})

describe('values', () => {
  test.each([
    ['{"anInt32":"5"}', '{"anInt32":5}'],
    ['{"anInt32":5e1}', '{"anInt32":50}'],
    ['{"anInt32":5.0}', '{"anInt32":5}'],
    ['{"anInt64":-9223372036854775808}', '{"anInt64":"-9223372036854775808"}'],
    ['{"aDouble":"NaN"}', '{"aDouble":"NaN"}'],
    ['{"aDouble":"-Infinity"}', '{"aDouble":"-Infinity"}'],
    ['{"aDouble":-0}', '{"aDouble":-0}'],
    ['{"aFloat":0.1}', '{"aFloat":0.1}'],
    ['{"color":2}', '{"color":"COLOR_BLUE"}'],
    ['{"color":9}', '{"color":9}'],
    ['{"someBytes":"_-8"}', '{"someBytes":"/+8="}'],
    ['{"aString":null}', '{}'],
    ['{"aBool":false}', '{}'],
    ['{"maybe":0}', '{"maybe":0}'],
    ['{"flags":{"true":"COLOR_RED"}}', '{"flags":{"true":"COLOR_RED"}}'],
    ['{"byId":{"-1":{}}}', '{"byId":{"-1":{}}}'],
    ['{"@unknown":"999: 5","anInt32":1}', '{"anInt32":1,"@unknown":"999: 5"}'],
  ])('%s', (json, shown) => {
    const bytes = protobuf.encode(json, { message: everything })
    expect(minifyJson(protobuf.decode(bytes, { message: everything }))).toBe(shown)
  })
})

describe('faults', () => {
  test.each([
    [
      '{"anInt3":1}',
      1,
      8,
      "test.Everything has no field 'anInt3': expected 'anInt32', 'anInt64' or 'aUint32'. All names: aDouble, aFloat, " +
        'anInt32, anInt64, aUint32, aUint64, aSint32, aSint64, aFixed32, aFixed64, aSfixed32, aSfixed64, aBool, aString, ' +
        'someBytes, color, nested, numbers, loose, names, children, counts, byId, flags, text, number, message, maybe, ' +
        'doubles, colors, zigzags, blobs',
    ],
    ['{"anInt32":2147483648}', 11, 10, 'Out of range for int32: -2147483648 to 2147483647'],
    ['{"anInt32":1.5}', 11, 3, "Expected a whole number for 'anInt32' (int32), found 1.5"],
    ['{"aUint64":-1}', 11, 2, 'Out of range for uint64: 0 to 18446744073709551615'],
    ['{"aFloat":1e39}', 10, 4, 'Out of range for float'],
    ['{"aBool":1}', 9, 1, "Expected true or false for 'aBool' (bool), found 1"],
    ['{"color":"RED"}', 9, 5, /^test\.Color has no value 'RED': expected 'COLOR_/],
    ['{"someBytes":"?"}', 13, 3, "Not a Base64 character: '?'"],
    ['{"text":"a","number":1}', 12, 8, "Only one of 'text' and 'number' may be given: both belong to choice"],
    ['{"text":"a","text":"b"}', 12, 6, "'text' is given twice"],
    ['{"numbers":1}', 11, 1, "Expected a list for 'numbers' (repeated), found 1"],
    ['{"numbers":[null]}', 12, 4, "Expected a whole number for 'numbers' (int32), found null"],
    ['{"nested":[]}', 10, 2, 'Expected an object for a message (test.Everything), found a list'],
    ['{"@unknown":"1"}', 12, 3, /^Not wire notation: Expected ':' after/],
    ['{"anInt32":1', 12, 0, "Expected ',' or '}', but the text ends"],
  ])('%s', (json, offset, length, message) => {
    const error = codecError(() => protobuf.encode(json, { message: everything }))
    expect(error).toMatchObject({ code: 'encode-failed', offset, length })
    if (typeof message === 'string') expect(error.message).toBe(message)
    else expect(error.message).toMatch(message)
  })

  test('a missing required field is named', () => {
    const error = codecError(() => protobuf.encode(' {"id":1}', { message: record }))
    expect(error).toMatchObject({ offset: 1, message: "Required by old.Record, but missing: 'name'" })
  })

  test.each(['"2024-02-30T00:00:00Z"', '"0000-01-01T00:00:00Z"', '"now"', '5'])('no time: %s', (time) => {
    const error = codecError(() => protobuf.encode(`{"time":${time}}`, { message: known }))
    expect(error).toMatchObject({ offset: 8, length: time.length })
  })

  test('JSON needs a message type', () => {
    const error = codecError(() => protobuf.encode('  {"a":1}'))
    expect(error).toMatchObject({ offset: 2, length: 1 })
    expect(error.message).toMatch(/^JSON needs a message type: /)
  })
})

test.each([everything, known, record])('a skeleton of $name encodes', (message) => {
  expect(() => protobuf.encode(skeleton(message), { message })).not.toThrow()
})
