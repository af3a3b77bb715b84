import { type Instant, instantText } from '../wire/instant.ts'
import type { WireExtension } from '../wire/value.ts'
import { ByteWriter } from '../wire/writer.ts'
import { shortestSize } from './forms.ts'

/** The extension type of a timestamp. */
export const timestampType = -1

/** The time of a timestamp of 4, 8 or 12 bytes; undefined when the bytes are not one. */
export function timestampText(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 4 && bytes.length !== 8 && bytes.length !== 12) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length === 4) return instantText(BigInt(view.getUint32(0)), 0)
  if (bytes.length === 8) {
    const both = view.getBigUint64(0)
    return instantText(both & 0x3ffffffffn, Number(both >> 34n))
  }
  return instantText(view.getBigInt64(4), view.getUint32(0))
}

/** The time in the shortest of the three timestamp forms. */
export function timestampOf({ seconds, nanoseconds }: Instant): WireExtension {
  const writer = new ByteWriter()
  if (seconds >= 0n && seconds < 1n << 34n) {
    if (nanoseconds === 0 && seconds < 1n << 32n) writer.uint32(Number(seconds))
    else writer.uint64((BigInt(nanoseconds) << 34n) | seconds)
  } else {
    writer.uint32(nanoseconds)
    writer.uint64(seconds)
  }
  const bytes = writer.finish()
  return { kind: 'extension', type: timestampType, bytes, width: shortestSize('extension', bytes.length) }
}
