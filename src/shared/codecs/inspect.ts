import { decodeUtf8 } from '../utf8.ts'
import { doubleText, singleText } from './float-text.ts'
import { instantText } from './wire/instant.ts'

/** The bytes at an offset as one kind of number or text; null when too few bytes are left. */
export interface InspectedValue {
  readonly name: string
  /** Size in bytes. */
  readonly size: number
  readonly littleEndian: string | null
  /** The same as `littleEndian` for a single byte. */
  readonly bigEndian: string | null
}

type Read = (view: DataView, littleEndian: boolean) => string

/** A calendar time, or that it is out of range. */
const secondsText = (seconds: bigint): string => instantText(seconds, 0) ?? 'out of range'

function millisecondsText(milliseconds: bigint): string {
  const rest = ((milliseconds % 1000n) + 1000n) % 1000n
  return instantText((milliseconds - rest) / 1000n, Number(rest) * 1_000_000) ?? 'out of range'
}

const kinds: readonly { readonly name: string; readonly size: number; readonly read: Read }[] = [
  { name: 'int8', size: 1, read: (view) => String(view.getInt8(0)) },
  { name: 'uint8', size: 1, read: (view) => String(view.getUint8(0)) },
  { name: 'int16', size: 2, read: (view, little) => String(view.getInt16(0, little)) },
  { name: 'uint16', size: 2, read: (view, little) => String(view.getUint16(0, little)) },
  { name: 'int32', size: 4, read: (view, little) => String(view.getInt32(0, little)) },
  { name: 'uint32', size: 4, read: (view, little) => String(view.getUint32(0, little)) },
  { name: 'int64', size: 8, read: (view, little) => String(view.getBigInt64(0, little)) },
  { name: 'uint64', size: 8, read: (view, little) => String(view.getBigUint64(0, little)) },
  { name: 'float32', size: 4, read: (view, little) => singleText(view.getFloat32(0, little)) },
  { name: 'float64', size: 8, read: (view, little) => doubleText(view.getFloat64(0, little)) },
  { name: 'Unix time, s (32-bit)', size: 4, read: (view, little) => secondsText(BigInt(view.getUint32(0, little))) },
  { name: 'Unix time, s (64-bit)', size: 8, read: (view, little) => secondsText(view.getBigInt64(0, little)) },
  { name: 'Unix time, ms (64-bit)', size: 8, read: (view, little) => millisecondsText(view.getBigInt64(0, little)) },
]

/** The bytes at `offset` as every kind of number and time, in both byte orders. */
export function inspectBytes(bytes: Uint8Array, offset: number): InspectedValue[] {
  const left = bytes.length - offset
  return kinds.map(({ name, size, read }) => {
    if (left < size) return { name, size, littleEndian: null, bigEndian: null }
    const view = new DataView(bytes.buffer, bytes.byteOffset + offset, size)
    return { name, size, littleEndian: read(view, true), bigEndian: read(view, false) }
  })
}

/** Most bytes of text that are shown. */
const shownTextBytes = 64

/** The selection as UTF-8 text, truncated when long; null when it is not UTF-8. */
export function inspectText(bytes: Uint8Array): string | null {
  const text = decodeUtf8(bytes.length <= shownTextBytes ? bytes : wholeCharacters(bytes.subarray(0, shownTextBytes)))
  if (text === undefined || text === '') return null
  return bytes.length <= shownTextBytes ? text : `${text}…`
}

/** Drops a last character that was cut in two. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  // A character has at most four bytes: a lead byte and up to three continuation bytes.
  for (let back = 1; back <= 4 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    if (length > back) end = bytes.length - back
    break
  }
  return bytes.subarray(0, end)
}
