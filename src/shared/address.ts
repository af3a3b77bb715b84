/**
 * The four numbers of an IPv4 address; undefined when the text is not one. Leading zeros, which some parsers read as
 * octal, are rejected.
 */
export function ipv4Numbers(text: string): readonly number[] | undefined {
  if (!/^(?:\d{1,3}\.){3}\d{1,3}$/.test(text)) return undefined
  const parts = text.split('.')
  if (parts.some((part) => Number(part) > 255 || String(Number(part)) !== part)) return undefined
  return parts.map(Number)
}

/** The eight groups of an IPv6 address, with or without a zone (`fe80::1%eth0`); undefined when the text is not one. */
export function ipv6Groups(text: string): readonly number[] | undefined {
  const [, address, zone] = /^([^%]*)(%[A-Za-z0-9_.-]+)?$/.exec(text) ?? []
  if (address === undefined || (zone === undefined && text.includes('%'))) return undefined
  const halves = address.split('::')
  if (halves.length > 2) return undefined
  const [first, second] = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  if (first === undefined) return undefined
  if (halves.length === 1) return first.length === 8 ? first : undefined
  // The double colon stands for at least one group of zeros.
  if (second === undefined || first.length + second.length > 7) return undefined
  return [...first, ...new Array<number>(8 - first.length - second.length).fill(0), ...second]
}

function groupsOf(half: string, isLast: boolean): readonly number[] | undefined {
  if (half === '') return []
  const groups: number[] = []
  const parts = half.split(':')
  for (const [index, part] of parts.entries()) {
    // The last 32 bits may be written as an IPv4 address.
    const numbers = isLast && index === parts.length - 1 ? ipv4Numbers(part) : undefined
    if (numbers !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = numbers
      groups.push((a << 8) | b, (c << 8) | d)
    } else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16))
    } else {
      return undefined
    }
  }
  return groups
}

/** Whether the text can name a host or a network interface. Underscores, common in container networks, are allowed. */
export function isHostName(text: string): boolean {
  if (text.length > 253 || /^[\d.]+$/.test(text)) return false
  const labels = text.replace(/\.$/, '').split('.')
  return labels.every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))
}

/** Whether the host is a loopback address, which no other machine can reach. */
export function isLoopbackHost(host: string): boolean {
  if (/^localhost\.?$/i.test(host) || ipv4Numbers(host)?.[0] === 127) return true
  const groups = ipv6Groups(host)
  if (groups === undefined || groups.slice(0, 5).some((group) => group !== 0)) return false
  const [, , , , , mark = 0, high = 0, low = 0] = groups
  // ::1, or an IPv4-mapped loopback address (::ffff:127.0.0.1).
  return (mark === 0 && high === 0 && low === 1) || (mark === 0xffff && high >> 8 === 127)
}
