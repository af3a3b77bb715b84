import { formatSize } from '../format.ts'
import { Cursor } from './cursor.ts'
import { LayerError } from './layer.ts'
import { isSkippable } from './skippable.ts'

/** A frame as its header and the heads of its blocks describe it. */
export interface ZstandardFrame {
  /** Of how many bytes before it the content may be made. */
  readonly windowBytes: number
  /** As declared; null where it is not. */
  readonly contentBytes: number | null
  /** At most what the blocks can hold. */
  readonly mostContentBytes: number
  readonly blockCount: number
  /** The blocks, without the header and the check sum. */
  readonly blocks: Uint8Array
  /** The lowest 32 bits of the content's XXH64; null without. */
  readonly checkSum: number | null
}

const frameMagic = 0xfd2fb528
const mostBlockBytes = 128 * 1024
const leastWindowLog = 10

interface Header {
  readonly windowBytes: number
  readonly contentBytes: number | null
  readonly hasCheckSum: boolean
}

/** Reads a frame's header. Nothing is allocated by what it says; whoever does checks it first. */
function readHeader(cursor: Cursor): Header {
  const flags = cursor.number(1)
  if ((flags & 0x08) !== 0) throw new LayerError('It is damaged: its header has a bit that has no meaning')
  const isSingleSegment = (flags & 0x20) !== 0
  const window = isSingleSegment ? null : cursor.number(1)
  const dictionary = cursor.number([0, 1, 2, 4][flags & 3] ?? 0)
  if (dictionary !== 0) throw new LayerError(`It needs the dictionary ${dictionary}, which is not in the message`)
  const sizeFlag = flags >> 6
  const sizeBytes = sizeFlag === 0 ? Number(isSingleSegment) : 2 ** sizeFlag
  const size = cursor.number(sizeBytes) + (sizeBytes === 2 ? 256 : 0)
  const base = 2 ** (leastWindowLog + ((window ?? 0) >> 3))
  return {
    windowBytes: window === null ? size : base + (base / 8) * (window & 7),
    contentBytes: sizeBytes === 0 ? null : size,
    hasCheckSum: (flags & 0x04) !== 0,
  }
}

function checkHeader({ windowBytes, contentBytes }: Header, maximumBytes: number): void {
  const limit = formatSize(maximumBytes)
  if (contentBytes !== null && contentBytes > maximumBytes) {
    throw new LayerError(`It declares ${formatSize(contentBytes)} of content; the limit is ${limit}`)
  }
  if (windowBytes > maximumBytes) {
    throw new LayerError(`It asks for a window of ${formatSize(windowBytes)}; the limit is ${limit}`)
  }
}

function readFrame(bytes: Uint8Array, cursor: Cursor, maximumBytes: number): ZstandardFrame {
  const header = readHeader(cursor)
  checkHeader(header, maximumBytes)
  const start = cursor.offset
  let mostContentBytes = 0
  let blockCount = 0
  for (let isLast = false; !isLast; blockCount += 1) {
    const head = cursor.number(3)
    isLast = (head & 1) === 1
    const type = (head >> 1) & 3
    const size = head >> 3
    if (type === 3 || size > mostBlockBytes) throw new LayerError('It is damaged: a block has a wrong head')
    // The one byte of a block of type 1 is repeated `size` times.
    cursor.skip(type === 1 ? 1 : size)
    mostContentBytes += type === 2 ? mostBlockBytes : size
  }
  const blocks = bytes.subarray(start, cursor.offset)
  const checkSum = header.hasCheckSum ? cursor.number(4) : null
  return { ...header, mostContentBytes, blockCount, blocks, checkSum }
}

/**
 * The frames of Zstandard (RFC 8878), without the skippable ones. Throws `LayerError` for one that is damaged, needs a
 * dictionary, or declares more than `maximumBytes`, before anything is allocated for it.
 */
export function* zstandardFrames(bytes: Uint8Array, maximumBytes: number): Generator<ZstandardFrame> {
  const cursor = new Cursor(bytes)
  while (!cursor.isAtEnd) {
    const magic = cursor.number(4)
    if (magic === frameMagic) yield readFrame(bytes, cursor, maximumBytes)
    else if (isSkippable(magic)) cursor.skip(cursor.number(4))
    else throw new LayerError(`It is damaged: no frame begins at offset ${cursor.offset - 4}`)
  }
}
