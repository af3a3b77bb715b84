import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  LayerError,
  type LayerId,
  layerIds,
  layers,
  openLayers,
  recogniseLayer,
} from '../../../src/shared/layers/index.ts'
import { fromHex, toHex } from '../codecs/support.ts'

const text = Buffer.from('{"temperature":21.5}'.repeat(20))
const gzipped = new Uint8Array(gzipSync(text))
const deflated = new Uint8Array(deflateSync(text))
/** `{"temperature":21.5}` five times, compressed by zstd 1.5.4 with its checksum. */
const zstandard = fromHex('28b52ffd0458dd0000a07b2274656d7065726174757265223a32312e357d0100fad0c904d8a2e67e')

function fault(bytes: Uint8Array, opened: readonly LayerId[]): LayerError {
  try {
    openLayers(bytes, opened)
  } catch (thrown) {
    if (thrown instanceof LayerError) return thrown
    throw thrown
  }
  throw new Error('Expected a LayerError, but nothing was thrown')
}

describe('recognising', () => {
  test.each([
    ['gzip', gzipped],
    ['zlib', deflated],
    ['zstd', zstandard],
    ['lz4', fromHex('04224d18 6440a7 00000000 05b89a2c')],
    ['zstd', fromHex('502a4d1802000000ffff 28b52ffd')],
    ['lz4', fromHex('5f2a4d1800000000 512a4d1800000000 04224d18')],
    ['snappy', fromHex('ff060000734e61507059')],
  ])('%s by its header', (id, bytes) => {
    expect(recogniseLayer(bytes)?.id).toBe(id)
  })

  test.each(['', '1f', '1f8b07', '7b7d', '28b52f', '78', '502a4d1802000000ffff', '502a4d1802000000ff'])(
    '%s is not recognised',
    (bytes) => {
      expect(recogniseLayer(fromHex(bytes))).toBeUndefined()
    },
  )
})

describe('opening', () => {
  test.each([
    ['gzip', gzipSync],
    ['zlib', deflateSync],
  ] as const)('%s restores what was compressed', async (id, compress) => {
    await fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(toHex(openLayers(new Uint8Array(compress(bytes)), [id]))).toBe(toHex(bytes))
      }),
      { numRuns: 50 },
    )
  })

  test('zstd, as written by its own program', () => {
    expect(Buffer.from(openLayers(zstandard, ['zstd'])).toString()).toBe('{"temperature":21.5}'.repeat(5))
  })

  test.each([5, 12, 20, 30])('zstd truncated after %i bytes is rejected', (length) => {
    expect(fault(zstandard.subarray(0, length), ['zstd']).message).toMatch(/^Zstandard: /)
  })

  test('nested layers, the outermost first', () => {
    const both = new Uint8Array(gzipSync(deflated))
    expect(Buffer.from(openLayers(both, ['gzip', 'zlib']))).toEqual(text)
    expect(toHex(openLayers(both, ['gzip']))).toBe(toHex(deflated))
    expect(openLayers(both, [])).toBe(both)
  })

  test('a decompression bomb stops at the limit', () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(10 * 1024 * 1024)))
    expect(bomb.length).toBeLessThan(20_000)
    expect(() => layers.gzip.open(bomb, 1024 * 1024)).toThrow('more than the limit of 1.00 MiB')
    expect(layers.gzip.open(bomb, 10 * 1024 * 1024).length).toBe(10 * 1024 * 1024)
  })

  test.each([
    ['of a wrong check sum', gzipped.map((byte, index) => (index === gzipped.length - 8 ? byte ^ 1 : byte))],
    ['with bytes left over', Uint8Array.from([...gzipped, 1, 2, 3])],
    ['that is none', fromHex('1f8b08ffffffff')],
  ])('gzip %s is rejected by name', (_what, bytes) => {
    expect(fault(bytes, ['gzip']).message).toMatch(/^gzip: Could not decompress: ./)
  })

  test.each([1, 9, 100])('gzip without its last %i bytes is cut short', (missing) => {
    expect(fault(gzipped.subarray(0, -missing), ['gzip']).message).toBe('gzip: It is cut short')
  })

  test('random bytes after a header give bytes or a LayerError', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...layerIds),
        fc.constantFrom(
          '1f8b0800000000000003',
          '789c',
          '28b52ffd',
          '04224d18',
          '04224d1860407300',
          'ff060000734e61507059',
          '',
        ),
        fc.uint8Array({ maxLength: 100 }),
        (id, header, rest) => {
          const bytes = Uint8Array.from([...fromHex(header), ...rest])
          try {
            openLayers(bytes, [id])
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(LayerError)
          }
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('gzip', () => {
  const lines = '{"first": 1}\n{"second": 2}\n'
  const members = fromHex(
    '1f8b0800000000000003ab564acb2c2a2e51b25230ace502003df057890d000000' +
      '1f8b0800000000000003ab562a4e4dcecf4b51b25230aae50200a939678a0e000000',
  )

  test('of two members is opened whole', () => {
    expect(Buffer.from(openLayers(members, ['gzip'])).toString()).toBe(lines)
  })

  test('followed by zeros is opened', () => {
    const padded = Uint8Array.from([...members, ...new Uint8Array(512)])
    expect(Buffer.from(openLayers(padded, ['gzip'])).toString()).toBe(lines)
  })

  test.each([
    ['zeros and then something else', [...members, 0, 0, 7], /bytes before the end$/],
    ['a second member that is cut short', [...members.subarray(0, -5)], /^gzip: It is cut short$/],
    [
      'a second member of a wrong check sum',
      [...members.with(-6, 9)],
      /^gzip: Could not decompress: incorrect data check$/,
    ],
  ])('with %s is refused', (_what, bytes, expected) => {
    expect(fault(Uint8Array.from(bytes), ['gzip']).message).toMatch(expected)
  })

  test('members at any place in the input are opened', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), (contents) => {
        const bytes = Buffer.concat(contents.map((content) => gzipSync(content)))
        expect(toHex(openLayers(bytes, ['gzip']))).toBe(toHex(Buffer.concat(contents)))
      }),
      { numRuns: 50 },
    )
  })
})

describe('raw deflate', () => {
  test('is recognised where the whole frame is text in it', () => {
    expect(recogniseLayer(new Uint8Array(deflateRawSync(text)))?.id).toBe('deflate')
    expect(Buffer.from(openLayers(new Uint8Array(deflateRawSync(text)), ['deflate']))).toEqual(text)
  })

  test.each([
    ['something follows', Buffer.concat([deflateRawSync(text), Buffer.of(0)])],
    ['it holds no text', deflateRawSync(Buffer.alloc(100, 1))],
    ['it holds little', deflateRawSync('{"a":1}')],
  ])('is not when %s', (_what, bytes) => {
    expect(recogniseLayer(new Uint8Array(bytes))).toBeUndefined()
  })

  test('no random frame is taken for it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(layers.deflate.recognises(bytes)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})
