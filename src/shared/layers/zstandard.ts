import { Decompress } from 'fzstd'
import { formatCount, formatSize } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { Collector } from './collector.ts'
import { type Layer, LayerError } from './layer.ts'
import { type ZstandardFrame, zstandardFrames } from './zstandard-frames.ts'

/**
 * The library moves its whole window for each block. More than this, in bytes, takes most of a minute, and only a frame
 * made for that asks for it: the largest window and content together need half of it.
 */
const mostMovedBytes = 256 * 1024 ** 3

/**
 * A header that declares no more than the blocks can use: the library allocates the window that it declares, before it
 * reads a block. No content size and no check sum.
 */
function smallestHeader({ windowBytes, mostContentBytes }: ZstandardFrame): {
  header: Uint8Array
  windowBytes: number
} {
  const wanted = Math.min(windowBytes, mostContentBytes)
  let log = 10
  while (2 ** log < wanted) log += 1
  return { header: Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3), windowBytes: 2 ** log }
}

/** Returns the size of the frame's content. */
function openFrame(frame: ZstandardFrame, collector: Collector): number {
  const { header, windowBytes } = smallestHeader(frame)
  if (windowBytes * frame.blockCount > mostMovedBytes) {
    throw new LayerError(
      `It would take too long: it has ${formatCount(frame.blockCount)} blocks with a window of ${formatSize(windowBytes)}`,
    )
  }
  let size = 0
  const decompressor = new Decompress((chunk) => {
    size += chunk.length
    collector.add(chunk)
  })
  decompressor.push(header, false)
  decompressor.push(frame.blocks, true)
  return size
}

async function open(bytes: Uint8Array, maximumBytes: number): Promise<Uint8Array> {
  const collector = new Collector(maximumBytes)
  try {
    for (const frame of zstandardFrames(bytes, maximumBytes)) {
      const size = openFrame(frame, collector)
      const { contentBytes } = frame
      if (contentBytes !== null && contentBytes !== size) {
        throw new LayerError(
          `It is damaged: it declares ${formatSize(contentBytes)} of content and holds ${formatSize(size)}`,
        )
      }
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
