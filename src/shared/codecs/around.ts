const before = 6
const after = 6

const pair = (byte: number): string => byte.toString(16).padStart(2, '0')

/** The bytes around a fault in hex, with the faulty ones in brackets: `… 61 01 [c1] 00 …`; at the end `61 01 [end]`. */
export function bytesAround(bytes: Uint8Array, offset: number, length: number): string {
  const start = Math.max(0, offset - before)
  const faultEnd = Math.min(bytes.length, offset + Math.min(length, after))
  const end = Math.min(bytes.length, faultEnd + after)
  const fault = offset >= bytes.length ? 'end' : Array.from(bytes.subarray(offset, faultEnd), pair).join(' ')
  const parts = [
    start > 0 ? '…' : '',
    ...Array.from(bytes.subarray(start, offset), pair),
    `[${fault}]`,
    ...Array.from(bytes.subarray(faultEnd, end), pair),
    end < bytes.length ? '…' : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}
