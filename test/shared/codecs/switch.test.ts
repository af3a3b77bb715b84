import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CodecError, codecs, encodingIds } from '../../../src/shared/codecs/index.ts'
import { switchEncoding } from '../../../src/shared/codecs/switch.ts'
import { toHex } from './support.ts'

describe('keeps the bytes', () => {
  test.each([
    ['Hello', 'text', 'hex', '48 65 6c 6c 6f'],
    ['0x48 656C6c6f', 'hex', 'text', 'Hello'],
    ['{ "a": 1.10 }', 'json', 'text', '{ "a": 1.10 }'],
    ['{ "a": 1.10 }', 'text', 'json', '{ "a": 1.10 }'],
    ['{"a":[1,2.0]}', 'messagepack', 'hex', '81 a1 61 92 01 cb 40 00 00 00 00 00 00 00'],
    ['81a16192 01cb4000000000000000', 'hex', 'messagepack', '{\n  "a": [1, 2.0]\n}'],
    ['{"a":[1,2.5]}', 'json', 'text', '{"a":[1,2.5]}'],
    ["[h'00ff', 1(5_0)]", 'cbor', 'hex', '82 42 00 ff c1 18 05'],
    ['c4 01 00', 'hex', 'messagepack', "h'00'"],
    ['HelloWorld', 'z85', 'base64', 'hk/Sb7VZ91s='],
    ['hk_Sb7VZ91s', 'base64', 'z85', 'HelloWorld'],
    ['0x DE', 'hex', 'hex', '0x DE'],
    ['[1,', 'json', 'json', '[1,'],
  ] as const)('%j from %s to %s', (text, from, to, shown) => {
    expect(switchEncoding(text, codecs[from], codecs[to])).toEqual({ text: shown, kept: true })
  })

  test('empty text switches freely', () => {
    for (const from of encodingIds) {
      for (const to of encodingIds)
        expect(switchEncoding('', codecs[from], codecs[to])).toEqual({ text: '', kept: true })
    }
  })
})

describe('keeps the text, and says why', () => {
  test.each([
    [
      'Hello World!',
      'text',
      'messagepack',
      'These bytes are not valid MessagePack. Your text is unchanged. The value ends at byte 1, with 11 bytes left over.',
    ],
    ['ff', 'hex', 'text', 'These bytes are not valid Text. Your text is unchanged. Byte 0 is not valid UTF-8.'],
    [
      '[1]',
      'messagepack',
      'cbor',
      'These bytes are not valid CBOR. Your text is unchanged. Cut short: the array at byte 0 has 1 of its 17 items.',
    ],
    ['{"a":}', 'json', 'hex', "This text is not valid JSON. Your text is unchanged. Expected a value, found '}'."],
    [
      'abc',
      'text',
      'z85',
      'These bytes are not valid Z85. Your text is unchanged. Z85 needs groups of 4 bytes, and 3 is not a multiple of 4.',
    ],
    [
      '  ',
      'hex',
      'json',
      'These bytes are not valid JSON. Your text is unchanged. Nothing to decode: the frame is empty.',
    ],
  ] as const)('%j from %s to %s', (text, from, to, reason) => {
    expect(switchEncoding(text, codecs[from], codecs[to])).toEqual({ text, kept: false, reason })
  })
})

test('never changes a byte, in either case', () => {
  const id = fc.constantFrom(...encodingIds)
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.json().map((text) => new TextEncoder().encode(text)),
    fc.json().map((text) => codecs.messagepack.encode(text.replaceAll(/\d{19,}/g, '1'))),
  )
  let kept = 0
  fc.assert(
    fc.property(bytes, id, id, (original, from, to) => {
      const text = shownAs(from, original)
      if (text === undefined) return
      const switched = switchEncoding(text, codecs[from], codecs[to])
      if (!switched.kept) {
        expect(switched.text).toBe(text)
      } else if (text !== '') {
        kept += from === to ? 0 : 1
        expect(toHex(codecs[to].encode(switched.text))).toBe(toHex(original))
      }
    }),
    { numRuns: 500 },
  )
  expect(kept).toBeGreaterThan(20)
})

function shownAs(id: (typeof encodingIds)[number], bytes: Uint8Array): string | undefined {
  try {
    return codecs[id].decode(bytes)
  } catch (error) {
    if (error instanceof CodecError) return undefined
    throw error
  }
}
