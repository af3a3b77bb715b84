/** An internet address, or one with the length of its prefix in bits. */
export interface InternetAddress {
  /** 4 or 16 of them. */
  readonly bytes: Uint8Array
  readonly prefix: number | undefined
}

const fourNumbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** The address of a text such as `192.0.2.1`, `2001:db8::1` or `192.0.2.0/24`; a text says why there is none. */
export function parseAddress(text: string): InternetAddress | string {
  const [, written = '', length] = /^([^/]*)(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? []
  const bytes = bytesOfV4(written) ?? bytesOfV6(written)
  if (!bytes) return 'Expected an address such as 192.0.2.1, 2001:db8::1 or 192.0.2.0/24'
  if (length === undefined) return { bytes, prefix: undefined }
  const prefix = Number(length)
  if (prefix > bytes.length * 8) return `A prefix of this address has at most ${bytes.length * 8} bits`
  if (!isZeroFrom(bytes, prefix)) return `The bits after the first ${prefix} must be zero`
  return { bytes, prefix }
}

function bytesOfV4(text: string): Uint8Array | undefined {
  const numbers = fourNumbers.exec(text)?.slice(1)
  if (!numbers?.every((number) => Number(number) < 256 && String(Number(number)) === number)) return undefined
  return Uint8Array.from(numbers, Number)
}

/** In the forms of RFC 4291: eight groups, `::` for groups of zeros, and an IPv4 address as the last two groups. */
function bytesOfV6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [before, after] = halves.map((half, index) => bytesOfGroups(half, index === halves.length - 1))
  if (!before) return undefined
  if (halves.length === 1) return before.length === 16 ? Uint8Array.from(before) : undefined
  // `::` stands for at least one group.
  if (!after || before.length + after.length > 14) return undefined
  const bytes = new Uint8Array(16)
  bytes.set(before)
  bytes.set(after, 16 - after.length)
  return bytes
}

function bytesOfGroups(text: string, isLast: boolean): readonly number[] | undefined {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [index, group] of groups.entries()) {
    const four = isLast && index === groups.length - 1 ? bytesOfV4(group) : undefined
    if (four) {
      bytes.push(...four)
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
      const number = Number.parseInt(group, 16)
      bytes.push(number >> 8, number & 0xff)
    }
  }
  return bytes
}

function isZeroFrom(bytes: Uint8Array, bit: number): boolean {
  return bytes.every((byte, index) => (byte & (0xff >> Math.min(8, Math.max(0, bit - index * 8)))) === 0)
}

/** The bytes of a prefix as RFC 9164 has them, without the zeros at their end. */
export function withoutZeros(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex((byte) => byte !== 0)
  return bytes.slice(0, last + 1)
}
