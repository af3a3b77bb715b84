import { Decompress } from 'fzstd'
import { reasonOf } from '../reason.ts'
import { Collector } from './collector.ts'
import { type Layer, LayerError } from './layer.ts'

const pieceBytes = 64 * 1024

async function open(bytes: Uint8Array, maximumBytes: number): Promise<Uint8Array> {
  const collector = new Collector(maximumBytes)
  const decompressor = new Decompress((chunk) => collector.add(chunk))
  try {
    for (let start = 0; start < bytes.length; start += pieceBytes) {
      decompressor.push(bytes.subarray(start, start + pieceBytes), start + pieceBytes >= bytes.length)
    }
    return collector.finish()
  } catch (thrown) {
    if (thrown instanceof LayerError) throw thrown
    const reason = reasonOf(thrown)
    throw new LayerError(`Could not decompress: ${reason}`, { cause: thrown })
  }
}

/** Zstandard (RFC 8878). The library does not verify its checksum. */
export const zstd: Layer = {
  id: 'zstd',
  label: 'Zstandard',
  recognises: (bytes) => bytes[0] === 0x28 && bytes[1] === 0xb5 && bytes[2] === 0x2f && bytes[3] === 0xfd,
  open,
}
