import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EncodingId } from '../../../src/shared/codecs/codec.ts'
import { codecs, formatJson, minifyJson } from '../../../src/shared/codecs/index.ts'
import { suggestViews } from '../../../src/shared/codecs/suggest-views.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { codecError, fromHex, toHex } from './support.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const read = (encoding: EncodingId, bytes: Uint8Array) => codecs[encoding].read?.(bytes)

/** The values of the documents at the top of a tree. */
const documentsOf = (encoding: EncodingId, bytes: Uint8Array) =>
  read(encoding, bytes)?.root?.children?.map(({ key, type, value, start, end }) => [key, type, value, start, end])

describe('several documents in a frame', () => {
  test('of CBOR are a sequence (RFC 8742)', () => {
    const bytes = fromHex('0102')
    expect(read('cbor', bytes)).toMatchObject({ fault: undefined, documents: 2, root: { type: 'sequence' } })
    expect(documentsOf('cbor', bytes)).toEqual([
      ['0', 'integer', '1', 0, 1],
      ['1', 'integer', '2', 1, 2],
    ])
    expect(codecs.cbor.decode(bytes)).toBe('1,\n2')
    expect(toHex(codecs.cbor.encode('1, 2'))).toBe('0102')
  })

  test('of MessagePack are a stream', () => {
    const bytes = fromHex('81a16101 9102 c0')
    expect(read('messagepack', bytes)).toMatchObject({ fault: undefined, documents: 3 })
    expect(codecs.messagepack.decode(bytes)).toBe('{"a": 1},\n[2],\nnull')
  })

  test('of text are not taken for a stream of numbers', () => {
    expect(read('messagepack', utf8('hello'))?.fault?.message).toBe('The value ends at byte 1, with 4 bytes left over')
    expect(read('messagepack', utf8('hello'))?.documents).toBeUndefined()
  })

  test.each([
    ['cbor', cborFrame],
    ['messagepack', messagePackFrame],
  ] as const)('of any kind in %s are written as they were read', (encoding, frame) => {
    const { decode, encode, line } = codecs[encoding]
    fc.assert(
      fc.property(fc.array(frame, { minLength: 2, maxLength: 4 }), (frames) => {
        const bytes = Uint8Array.from(frames.flatMap((each) => [...each]))
        const documents = read(encoding, bytes)?.documents
        fc.pre(documents !== undefined)
        expect(documents).toBe(frames.length)
        expect(toHex(encode(decode(bytes)))).toBe(toHex(bytes))
        expect(line?.(bytes, Number.MAX_SAFE_INTEGER)).toBe(
          frames.map((each) => line?.(each, Number.MAX_SAFE_INTEGER)).join(', '),
        )
      }),
    )
  })

  test('that break off are shown up to there', () => {
    const bytes = fromHex('a10102 8103 8204')
    const reading = read('cbor', bytes)
    expect(reading?.root?.children).toHaveLength(3)
    expect(reading?.fault?.message).toMatch(/^Cut short: the array at byte 5/)
  })

  test('are suggested where each is a list or a map', () => {
    const reasons = suggestViews(fromHex('81a16101 9102')).map(({ reason }) => reason)
    expect(reasons).toContain('Complete MessagePack documents, 2 of them, no bytes left over')
    expect(suggestViews(fromHex('0102')).map(({ what }) => what)).toEqual([{ encoding: 'hex' }])
  })
})

describe('several JSON documents', () => {
  const lines = '{"a": 1}\n{"b": [2]}\n'

  test.each([
    ['on lines (NDJSON)', lines, 2],
    ['one after the other', '{"a":1}{"b":2}[3]', 3],
    ['with scalars on lines', '1\n"two"\nnull', 3],
  ])('%s are read and written', (_what, text, count) => {
    const bytes = utf8(text)
    expect(read('json', bytes)).toMatchObject({ fault: undefined, documents: count, root: { type: 'sequence' } })
    expect(codecs.json.decode(bytes)).toBe(text)
    expect(toHex(codecs.json.encode(text))).toBe(toHex(bytes))
  })

  test('have their places in the bytes', () => {
    expect(documentsOf('json', utf8(lines))).toEqual([
      ['0', 'object', '1 entry', 0, 8],
      ['1', 'object', '1 entry', 9, 19],
    ])
  })

  test('that break off are shown up to there', () => {
    const reading = read('json', utf8('{"a":1}\n{"b":2}\n{"c":'))
    expect(reading?.root?.children?.map(({ key, note }) => [key, note])).toEqual([
      ['0', undefined],
      ['1', undefined],
      ['2', 'cut short'],
    ])
    expect(reading?.fault?.message).toBe('A value is missing at the end')
  })

  test('followed by something else show it', () => {
    const reading = read('json', utf8('{"a":1}\n{"b":2}\nend'))
    expect(reading?.root?.children?.at(-1)).toMatchObject({ key: '2', type: 'left over', start: 16, end: 19 })
  })

  test('are formatted one by one', () => {
    expect(formatJson(lines)).toBe('{\n  "a": 1\n}\n{\n  "b": [\n    2\n  ]\n}\n')
    expect(minifyJson('{"a": 1} {"b": 2}')).toBe('{"a":1}\n{"b":2}')
  })
})

describe('NULs at the end, as strings in C have', () => {
  test.each([
    ['{"a":1}\0', 'followed by a NUL'],
    ['[1]\0\0\0', 'followed by 3 NULs'],
  ])('of %j are no part of the JSON, and marked', (text, note) => {
    const bytes = utf8(text)
    expect(read('json', bytes)).toMatchObject({ fault: undefined, root: { note } })
    expect(codecs.json.decode(bytes)).toBe(text)
    expect(toHex(codecs.json.encode(text))).toBe(toHex(bytes))
    expect(suggestViews(bytes)[0]).toMatchObject({ what: { encoding: 'json' }, certain: true })
  })

  test('of a text are said in its reason', () => {
    expect(suggestViews(utf8('ready\0'))[0]).toEqual({
      what: { encoding: 'text' },
      reason: 'Valid UTF-8 without control characters, followed by a NUL as in C',
      certain: true,
    })
  })

  test('are kept when the JSON is formatted', () => {
    expect(minifyJson('{ "a": 1 }\0')).toBe('{"a":1}\0')
  })

  test.each(['\0', '{"a":1\0}', '\0{}'])('elsewhere are no JSON: %j', (text) => {
    expect(codecError(() => codecs.json.encode(text))).toMatchObject({ code: 'encode-failed' })
    expect(read('json', utf8(text))?.fault).toBeDefined()
  })
})
