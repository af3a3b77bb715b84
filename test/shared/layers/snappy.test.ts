import fc from 'fast-check'
import { compress } from 'snappyjs'
import { describe, expect, test } from 'vitest'
import { crc32c } from '../../../src/shared/layers/crc32c.ts'
import { LayerError, layers } from '../../../src/shared/layers/index.ts'
import { fromHex } from '../codecs/support.ts'

const start = fromHex('ff060000734e61507059')

/** A chunk with the sum of its content, as the format's description has it. */
function chunkOf(type: number, content: Uint8Array, data: Uint8Array = content): Uint8Array {
  const sum = crc32c(content)
  const masked = (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0
  const head = Buffer.alloc(8)
  head.writeUInt8(type)
  head.writeUIntLE(data.length + 4, 1, 3)
  head.writeUInt32LE(masked, 4)
  return Uint8Array.from([...head, ...data])
}

const streamOf = (...chunks: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from([start, ...chunks].flatMap((each) => [...each]))
const abc = new TextEncoder().encode('abc')
const open = (bytes: Uint8Array): Buffer => Buffer.from(layers.snappy.open(bytes, 1024 * 1024))

test('the check sum is the one of RFC 3720', () => {
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283)
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa)
})

describe('a Snappy stream', () => {
  test('of compressed chunks, stored ones and ones to skip is opened', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 500 })), (contents) => {
        const chunks = contents.map((content, index) =>
          index % 2 === 0 ? chunkOf(0, content, compress(content)) : chunkOf(1, content),
        )
        const bytes = streamOf(...chunks, fromHex('fe030000 000000'), start)
        expect(open(bytes).equals(Buffer.concat(contents))).toBe(true)
      }),
    )
  })

  test.each([
    [
      'a wrong check sum',
      streamOf(chunkOf(1, abc, fromHex('616264'))),
      /^It is damaged: the check sum does not match$/,
    ],
    ['a damaged chunk', streamOf(chunkOf(0, abc, fromHex('05ff'))), /^Could not decompress: Invalid Snappy bitstream$/],
    ['a chunk of 1 GiB', streamOf(chunkOf(0, abc, fromHex('8080808004 00'))), /is too big/],
    ['an unknown chunk', streamOf(fromHex('02000000')), /^It has a chunk of type 2, which is not known/],
    ['a chunk without its sum', streamOf(fromHex('01010000 61')), /^It is damaged: a chunk has no check sum$/],
    ['a chunk that is cut short', streamOf(chunkOf(1, abc)).subarray(0, -1), /^It is cut short$/],
    ['another start', fromHex('00000000'), /^It is damaged: it does not begin as a stream$/],
  ])('with %s is refused', (_what, bytes, expected) => {
    expect(() => open(bytes)).toThrow(LayerError)
    expect(() => open(bytes)).toThrow(expected)
  })
})
