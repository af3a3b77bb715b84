import { Decompress } from 'fzstd'
import { formatCount, formatSize } from '../format.ts'
import { reasonOf } from '../reason.ts'
import { Collector } from './collector.ts'
import { type Layer, LayerError } from './layer.ts'
import { firstFrameStartsWith } from './skippable.ts'
import { xxh64 } from './xxh64.ts'
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

/** Adds the frame's content. */
function addContent(frame: ZstandardFrame, collector: Collector): void {
  const { header, windowBytes } = smallestHeader(frame)
  if (windowBytes * frame.blockCount > mostMovedBytes) {
    throw new LayerError(
      `It would take too long: it has ${formatCount(frame.blockCount)} blocks with a window of ${formatSize(windowBytes)}`,
    )
  }
  const decompressor = new Decompress((chunk) => collector.add(chunk))
  decompressor.push(header, false)
  decompressor.push(frame.blocks, true)
}

/** Compares the content from `start` with what the frame says of it. */
function verify(frame: ZstandardFrame, collector: Collector, start: number, isCompared: boolean): void {
  const { contentBytes, checkSum } = frame
  const size = collector.length - start
  if (contentBytes !== null && contentBytes !== size) {
    const [declared, held] = [contentBytes, size].map(formatSize)
    throw new LayerError(`It is damaged: it declares ${declared} of content and holds ${held}`)
  }
  if (checkSum === null) {
    if (isCompared && needsDictionary(frame, collector.since(start))) {
      throw new LayerError('It needs a dictionary, which is not in the message')
    }
    return
  }
  if (Number(BigInt.asUintN(32, xxh64(collector.since(start)))) !== checkSum) {
    throw new LayerError('It is damaged, or needs a dictionary: the check sum does not match')
  }
}

/** Content up to this size, in bytes, and in as many frames, is decompressed again to see whether it needs what is not there. */
const mostComparedBytes = 16 * 1024 * 1024
const mostComparedFrames = 100

/** A block of 128 KiB of the byte 255. Dictionaries seldom are larger. */
const fill = Uint8Array.of(0x02, 0x00, 0x10, 0xff)
const fillBytes = 128 * 1024

/**
 * Whether the content copies from before its beginning, as that does which was made with a dictionary. The library takes
 * zeros there. Without a check sum only that tells: with other bytes there, such content is another.
 */
function needsDictionary(frame: ZstandardFrame, content: Uint8Array): boolean {
  const windowBytes = Math.min(frame.windowBytes, frame.mostContentBytes) + fillBytes
  const { header } = smallestHeader({ ...frame, windowBytes, mostContentBytes: windowBytes })
  let offset = -fillBytes
  let differs = false
  const decompressor = new Decompress((chunk) => {
    if (offset >= 0) differs ||= chunk.some((byte, index) => byte !== content[offset + index])
    offset += chunk.length
  })
  decompressor.push(header, false)
  decompressor.push(fill, false)
  decompressor.push(frame.blocks, true)
  return differs
}

function open(bytes: Uint8Array, maximumBytes: number): Uint8Array {
  const collector = new Collector(maximumBytes)
  try {
    let frames = 0
    for (const frame of zstandardFrames(bytes, maximumBytes)) {
      const start = collector.length
      addContent(frame, collector)
      frames += 1
      verify(frame, collector, start, frames <= mostComparedFrames && collector.length <= mostComparedBytes)
    }
    return collector.finish()
  } catch (thrown) {
    if (thrown instanceof LayerError) throw thrown
    const reason = reasonOf(thrown)
    throw new LayerError(`Could not decompress: ${reason}`, { cause: thrown })
  }
}

/** Zstandard (RFC 8878). The library does not verify the check sum: it is done here. */
export const zstd: Layer = {
  id: 'zstd',
  sign: 'Starts with a Zstandard header',
  recognises: (bytes) => firstFrameStartsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd]),
  open,
}
