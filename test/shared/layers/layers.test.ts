import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LayerError, layers, openLayers, recogniseLayer } from '../../../src/shared/layers/index.ts'
import { fromHex, toHex } from '../codecs/support.ts'

const text = Buffer.from('{"temperature":21.5}'.repeat(20))
const gzipped = new Uint8Array(gzipSync(text))
const deflated = new Uint8Array(deflateSync(text))
/** `{"temperature":21.5}` five times, compressed by zstd 1.5.4 with its checksum. */
const zstandard = fromHex('28b52ffd0458dd0000a07b2274656d7065726174757265223a32312e357d0100fad0c904d8a2e67e')

async function fault(opening: Promise<unknown>): Promise<LayerError> {
  try {
    await opening
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
  ])('%s by its header', (id, bytes) => {
    expect(recogniseLayer(bytes)?.id).toBe(id)
  })

  test.each(['', '1f', '1f8b07', '7b7d', '28b52f', '78'])('%s is not recognised', (bytes) => {
    expect(recogniseLayer(fromHex(bytes))).toBeUndefined()
  })
})

describe('opening', () => {
  test.each([
    ['gzip', gzipSync],
    ['zlib', deflateSync],
  ] as const)('%s restores what was compressed', async (id, compress) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(toHex(await openLayers(new Uint8Array(compress(bytes)), [id]))).toBe(toHex(bytes))
      }),
      { numRuns: 50 },
    )
  })

  test('zstd, as written by its own program', async () => {
    expect(Buffer.from(await openLayers(zstandard, ['zstd'])).toString()).toBe('{"temperature":21.5}'.repeat(5))
  })

  test.each([5, 12, 20, 30])('zstd truncated after %i bytes is rejected', async (length) => {
    expect((await fault(openLayers(zstandard.subarray(0, length), ['zstd']))).message).toMatch(/^Zstandard: /)
  })

  test('nested layers, the outermost first', async () => {
    const both = new Uint8Array(gzipSync(deflated))
    expect(Buffer.from(await openLayers(both, ['gzip', 'zlib']))).toEqual(text)
    expect(toHex(await openLayers(both, ['gzip']))).toBe(toHex(deflated))
    expect(await openLayers(both, [])).toBe(both)
  })

  test('a decompression bomb stops at the limit', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(10 * 1024 * 1024)))
    expect(bomb.length).toBeLessThan(20_000)
    const opening = layers.gzip.open?.(bomb, 1024 * 1024)
    expect((await fault(opening ?? Promise.resolve())).message).toContain('more than the limit of 1.00 MiB')
    expect((await layers.gzip.open?.(bomb, 10 * 1024 * 1024))?.length).toBe(10 * 1024 * 1024)
  })

  test.each([
    ['cut short', gzipped.subarray(0, gzipped.length - 9)],
    ['of a wrong check sum', gzipped.map((byte, index) => (index === gzipped.length - 8 ? byte ^ 1 : byte))],
    ['with bytes left over', Uint8Array.from([...gzipped, 1, 2, 3])],
    ['that is none', fromHex('1f8b08ffffffff')],
  ])('gzip %s is rejected by name', async (_what, bytes) => {
    expect((await fault(openLayers(bytes, ['gzip']))).message).toMatch(/^gzip: Could not decompress: ./)
  })

  test('random bytes after a header give bytes or a LayerError', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('gzip', 'zlib', 'zstd', 'lz4'),
        fc.constantFrom('1f8b0800000000000003', '789c', '28b52ffd', '04224d18'),
        fc.uint8Array({ maxLength: 100 }),
        async (id, header, rest) => {
          const bytes = Uint8Array.from([...fromHex(header), ...rest])
          await openLayers(bytes, [id]).catch((thrown: unknown) => expect(thrown).toBeInstanceOf(LayerError))
        },
      ),
    )
  })

  test('a format that is only recognised says so', async () => {
    expect((await fault(openLayers(fromHex('04224d18'), ['lz4']))).message).toContain(
      'is recognised but cannot be opened',
    )
  })
})
