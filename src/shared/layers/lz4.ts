import { xxHash32 } from 'js-xxhash'
import { formatSize } from '../format.ts'
import { Cursor } from './cursor.ts'
import { type Layer, LayerError } from './layer.ts'
import { Lz4Output, openLz4Block } from './lz4-block.ts'
import { firstFrameStartsWith, isSkippable } from './skippable.ts'

const frameMagic = 0x184d2204
const magicBytes = [0x04, 0x22, 0x4d, 0x18]

interface Header {
  /** Whether blocks repeat nothing from the blocks before. */
  readonly independent: boolean
  readonly hasBlockSums: boolean
  readonly hasContentSum: boolean
  /** As declared; null where it is not. */
  readonly contentBytes: number | null
  /** At most in one block, decompressed. */
  readonly blockBytes: number
}

/** Reads a frame's header and verifies its check sum. */
function readHeader(bytes: Uint8Array, cursor: Cursor, maximumBytes: number): Header {
  const start = cursor.offset
  const flags = cursor.number(1)
  const sizes = cursor.number(1)
  const version = flags >> 6
  if (version !== 1) throw new LayerError(`It is of version ${version} of LZ4's frames; only 1 is known`)
  const sizeCode = (sizes >> 4) & 7
  if ((flags & 0x02) !== 0 || (sizes & 0x8f) !== 0 || sizeCode < 4) {
    throw new LayerError('It is damaged: its header has a bit that has no meaning')
  }
  const contentBytes = (flags & 0x08) !== 0 ? cursor.number(8) : null
  const dictionary = (flags & 0x01) !== 0 ? cursor.number(4) : null
  const sum = (xxHash32(bytes.subarray(start, cursor.offset)) >>> 8) & 0xff
  if (cursor.number(1) !== sum) throw new LayerError("It is damaged: the header's check sum does not match")
  if (dictionary !== null) throw new LayerError(`It needs the dictionary ${dictionary}, which is not in the message`)
  if (contentBytes !== null && contentBytes > maximumBytes) {
    throw new LayerError(`It declares ${formatSize(contentBytes)} of content; the limit is ${formatSize(maximumBytes)}`)
  }
  return {
    independent: (flags & 0x20) !== 0,
    hasBlockSums: (flags & 0x10) !== 0,
    hasContentSum: (flags & 0x04) !== 0,
    contentBytes,
    blockBytes: 2 ** (8 + 2 * sizeCode),
  }
}

function verify(sum: number, bytes: Uint8Array, what: string): void {
  if (xxHash32(bytes) !== sum) throw new LayerError(`It is damaged: the check sum${what} does not match`)
}

/** Reads a frame after its magic number. */
function openFrame(bytes: Uint8Array, cursor: Cursor, output: Lz4Output, maximumBytes: number): void {
  const header = readHeader(bytes, cursor, maximumBytes)
  const start = output.length
  for (let head = cursor.number(4); head !== 0; head = cursor.number(4)) {
    const stored = head >= 0x80000000
    const size = head % 0x80000000
    if (size > header.blockBytes) throw new LayerError('It is damaged: a block is larger than the header says')
    const block = cursor.take(size)
    if (header.hasBlockSums) verify(cursor.number(4), block, ' of a block')
    if (stored) output.add(block)
    else openLz4Block(block, output, header.independent ? output.length : start, header.blockBytes)
  }
  const content = output.from(start)
  if (header.hasContentSum) verify(cursor.number(4), content, '')
  if (header.contentBytes !== null && header.contentBytes !== content.length) {
    const [declared, held] = [header.contentBytes, content.length].map(formatSize)
    throw new LayerError(`It is damaged: it declares ${declared} of content and holds ${held}`)
  }
}

/**
 * LZ4's frame format, with its check sums. Decompressed here: the libraries that need neither a native module nor
 * WebAssembly, which the page's rules do not allow, check neither bounds nor sums.
 */
export const lz4: Layer = {
  id: 'lz4',
  sign: 'Starts with an LZ4 header',
  recognises: (bytes) => firstFrameStartsWith(bytes, magicBytes),
  open(bytes, maximumBytes) {
    const cursor = new Cursor(bytes)
    const output = new Lz4Output(maximumBytes)
    while (!cursor.isAtEnd) {
      const magic = cursor.number(4)
      if (magic === frameMagic) openFrame(bytes, cursor, output, maximumBytes)
      else if (isSkippable(magic)) cursor.skip(cursor.number(4))
      else throw new LayerError(`It is damaged: no frame begins at offset ${cursor.offset - 4}`)
    }
    return output.from(0).slice()
  },
}
