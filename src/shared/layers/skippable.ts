import { Cursor } from './cursor.ts'
import { LayerError, startsWith } from './layer.ts'

/** The lowest 4 bits of a skippable frame's magic number are its own. */
const skippableMagic = 0x184d2a50

/** Whether a frame with this magic number is one that Zstandard and LZ4 skip: a program's own data beside the content. */
export const isSkippable = (magic: number): boolean => magic - (magic % 16) === skippableMagic

/** Whether the first frame that is not skippable begins with the given bytes. */
export function firstFrameStartsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  const cursor = new Cursor(bytes)
  try {
    for (let start = 0; bytes.length - start >= 4; start = cursor.offset) {
      if (startsWith(bytes.subarray(start), magic)) return true
      if (!isSkippable(cursor.number(4))) return false
      cursor.skip(cursor.number(4))
    }
  } catch (thrown) {
    if (!(thrown instanceof LayerError)) throw thrown
  }
  return false
}
