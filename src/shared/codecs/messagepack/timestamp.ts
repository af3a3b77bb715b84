import { instantText } from '../wire/instant.ts'
import { ByteReader } from '../wire/reader.ts'

/** The time in a timestamp of 4, 8 or 12 bytes; undefined when the bytes are none. */
export function timestampOf(bytes: Uint8Array): string | undefined {
  const reader = new ByteReader(bytes)
  if (bytes.length === 4) return instantText(BigInt(reader.uint32()), 0)
  if (bytes.length === 8) {
    const both = reader.uint64()
    return instantText(both & 0x3ffffffffn, Number(both >> 34n))
  }
  if (bytes.length === 12) {
    const nanoseconds = reader.uint32()
    return instantText(reader.int64(), nanoseconds)
  }
  return undefined
}
