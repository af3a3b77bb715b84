import { describe, expect, test } from 'vitest'
import { notationLine } from '../../../src/shared/codecs/notation/line.ts'
import { fromHex } from './support.ts'

describe('a line', () => {
  test.each([
    ['cbor', '', 10, undefined],
    ['cbor', '8201', 10, undefined],
    ['cbor', '00ff', 10, undefined],
    ['cbor', '0102', 10, '1, 2'],
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

  test('of a long frame needs only its start', () => {
    const long = new Uint8Array(64 * 1024 * 1024)
    long.set([0xdd, 0x04, 0, 0, 0])
    expect(notationLine(long, 'messagepack', 20)).toBe('[0, 0, 0, 0, 0, 0, …')
    long.set([0xc6, 0x03, 0xff, 0xff, 0xfb])
    expect(notationLine(long, 'messagepack', 20)).toBe("h'00000000000000000…")
    long.fill(0x61)
    long.set([0xdb, 0x03, 0xff, 0xff, 0xfb])
    expect(notationLine(long, 'messagepack', 20)).toBe('"aaaaaaaaaaaaaaaaaa…')
  })
})
