import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { cborFrame, messagePackFrame } from './arbitraries.ts'
import { fromHex, toHex } from './support.ts'
import { appendixA } from './vectors/cbor-appendix-a.ts'
import { messagePackTypes } from './vectors/messagepack-types.ts'

/** Puts a laid-out text on one line, as the vectors are written. */
const onOneLine = (text: string): string =>
  text
    .replace(/\n\s*/g, ' ')
    .replace(/([[{]) /g, '$1')
    .replace(/ ([\]}])/g, '$1')

describe('CBOR, RFC 8949 Appendix A', () => {
  const vectors = appendixA.map(([bytes, diagnostic, ours = diagnostic]) => ({ bytes, diagnostic, ours }))
  test.each(vectors)('$bytes is $diagnostic', ({ bytes, ours }) => {
    expect(onOneLine(codecs.cbor.decode(fromHex(bytes)))).toBe(onOneLine(ours))
    expect(toHex(codecs.cbor.encode(ours))).toBe(bytes)
  })

  test('its notation encodes to the bytes, except for the widths of NaN and the infinities', () => {
    for (const [bytes, diagnostic, ours] of appendixA) {
      if (ours === undefined || !/NaN|Infinity/.test(ours)) expect(toHex(codecs.cbor.encode(diagnostic))).toBe(bytes)
    }
  })
})

describe('MessagePack, the table of formats', () => {
  test.each(messagePackTypes.map(([bytes, type, notation]) => ({ start: bytes.slice(0, 24), bytes, type, notation })))(
    '$start… is $type',
    ({ bytes, type, notation }) => {
      const reading = codecs.messagepack.read?.(fromHex(bytes))
      expect(reading?.fault).toBeUndefined()
      expect(reading?.root?.type).toBe(type)
      expect(onOneLine(codecs.messagepack.decode(fromHex(bytes)))).toBe(onOneLine(notation))
      expect(toHex(codecs.messagepack.encode(notation))).toBe(bytes)
    },
  )

  test('has every first byte except the unused one', () => {
    const codes = new Set(messagePackTypes.map(([bytes]) => Number.parseInt(bytes.slice(0, 2), 16)))
    const isRange = (code: number) => code < 0xc0 || code >= 0xe0
    for (let code = 0xc0; code < 0xe0; code += 1) expect(codes.has(code) || code === 0xc1).toBe(true)
    expect([...codes].filter(isRange)).toEqual([0, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xe0, 0xff])
  })
})

describe.each([
  ['cbor', cborFrame],
  ['messagepack', messagePackFrame],
] as const)('%s', (id, frame) => {
  test('any frame, in whatever forms, becomes text that encodes to the same bytes', () => {
    fc.assert(
      fc.property(frame, (bytes) => {
        expect(toHex(codecs[id].encode(codecs[id].decode(bytes)))).toBe(toHex(bytes))
      }),
      { numRuns: 2000 },
    )
  })

  test('the text of the text is the same', () => {
    fc.assert(
      fc.property(frame, (bytes) => {
        const text = codecs[id].decode(bytes)
        expect(codecs[id].decode(codecs[id].encode(text))).toBe(text)
      }),
      { numRuns: 200 },
    )
  })
})
