import { uncompress } from 'snappyjs'
import { reasonOf } from '../reason.ts'
import { Collector } from './collector.ts'
import { crc32c } from './crc32c.ts'
import { Cursor } from './cursor.ts'
import { type Layer, LayerError, startsWith } from './layer.ts'

const identifierType = 0xff
const identifier = [0x73, 0x4e, 0x61, 0x50, 0x70, 0x59]
const streamStart = [identifierType, 6, 0, 0, ...identifier]

/** The most content that a chunk may hold. */
const mostChunkBytes = 64 * 1024

/** As the format stores it: rotated, and with a constant added, so that a sum of sums is no sum. */
const masked = (sum: number): number => (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0

function contentOf(type: number, data: Uint8Array): Uint8Array {
  if (type === 1) return data
  try {
    return uncompress(data, mostChunkBytes)
  } catch (thrown) {
    throw new LayerError(`Could not decompress: ${reasonOf(thrown)}`, { cause: thrown })
  }
}

function openChunk(type: number, cursor: Cursor, size: number, collector: Collector): void {
  if (type === identifierType) {
    if (size !== identifier.length || !startsWith(cursor.take(size), identifier)) {
      throw new LayerError('It is damaged: a stream begins with another name')
    }
  } else if (type <= 1) {
    const sum = cursor.number(4)
    const content = contentOf(type, cursor.take(size - 4))
    if (masked(crc32c(content)) !== sum) throw new LayerError('It is damaged: the check sum does not match')
    collector.add(content)
  } else if (type < 0x80) {
    throw new LayerError(`It has a chunk of type ${type}, which is not known and must not be skipped`)
  } else {
    cursor.skip(size)
  }
}

/** Snappy's framing format. Bare Snappy has no header and is not recognised. */
export const snappy: Layer = {
  id: 'snappy',
  sign: 'Starts with the header of a Snappy stream',
  recognises: (bytes) => startsWith(bytes, streamStart),
  open(bytes, maximumBytes) {
    if (!startsWith(bytes, streamStart)) throw new LayerError('It is damaged: it does not begin as a stream')
    const cursor = new Cursor(bytes)
    const collector = new Collector(maximumBytes)
    while (!cursor.isAtEnd) {
      const type = cursor.number(1)
      const size = cursor.number(3)
      if (type <= 1 && size < 4) throw new LayerError('It is damaged: a chunk has no check sum')
      openChunk(type, cursor, size, collector)
    }
    return collector.finish()
  },
}
