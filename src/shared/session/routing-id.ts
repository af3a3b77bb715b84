import { InspectorError } from '../errors.ts'
import type { Frame } from '../message.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8.ts'

/** The most bytes of a routing id. */
export const maximumRoutingIdBytes = 255

const hexForm = /^0x((?:[0-9a-f]{2})+)$/i
const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

const bytesOfHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

/** The bytes of a routing id as people write it: text, or hex digits after `0x`. Throws `InspectorError`. */
export function parseRoutingId(text: string): Frame {
  const [, digits] = hexForm.exec(text) ?? []
  const bytes = digits === undefined ? encodeUtf8(text) : bytesOfHex(digits)
  if (bytes.byteLength >= 1 && bytes.byteLength <= maximumRoutingIdBytes) return bytes
  throw new InspectorError(
    'invalid-argument',
    bytes.byteLength === 0
      ? 'Choose the peer to send to.'
      : `A routing id has ${maximumRoutingIdBytes} bytes at most; this one has ${bytes.byteLength}.`,
  )
}

/** A routing id, given as hex digits, as people read it and as `parseRoutingId` reads it back. */
export function formatRoutingId(digits: string): string {
  const text = decodeUtf8(bytesOfHex(digits))
  return text !== undefined && printable.test(text) && !hexForm.test(text) ? text : `0x${digits}`
}
