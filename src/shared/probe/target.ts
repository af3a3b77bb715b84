import { isLoopbackHost } from '../address.ts'
import { formatHostAndPort } from '../endpoint/host-and-port.ts'
import { parseEndpoint, type TcpEndpoint } from '../endpoint.ts'
import { InspectorError } from '../errors.ts'

/** Ports of this machine, the last one included. */
export interface PortRange {
  readonly host: string
  readonly from: number
  readonly to: number
}

const form = /^(tcp:\/\/(?:\[[^\]]*\]|[^:/;]+):)(\d+)-(\d+)$/

const refused = (message: string) => new InspectorError('invalid-endpoint', message)

/**
 * A range of ports as people write it, such as `tcp://127.0.0.1:5000-6000`; null when the text is none. Throws
 * `InspectorError` ('invalid-endpoint') when it is one that cannot be probed: only ports of this machine are, because on
 * others that is an attack.
 */
export function parsePortRange(text: string): PortRange | null {
  const [, before, from, to] = form.exec(text.trim()) ?? []
  if (before === undefined || from === undefined || to === undefined) return null
  const [first, last] = [from, to].map((port) => parseEndpoint(`${before}${port}`, 'connect', { ipv6: true }))
  if (first?.scheme !== 'tcp' || last?.scheme !== 'tcp') return null
  if (!isLoopbackHost(first.host)) {
    throw refused(
      'Only ports of this machine are probed as a range: write 127.0.0.1, localhost or [::1]. Of another machine, probe one endpoint at a time',
    )
  }
  const range = { host: first.host, from: portOf(first), to: portOf(last) }
  if (range.from > range.to) throw refused(`The range ends before it begins: write ${before}${to}-${from}`)
  return range
}

// An endpoint to connect to has a port.
const portOf = ({ port }: TcpEndpoint): number => Number(port)

/** The range in parts of this many ports, as endpoints to probe one after the other: between two, a person can stop. */
export function partsOf(range: PortRange, ports: number): readonly string[] {
  const parts: string[] = []
  for (let from = range.from; from <= range.to; from += ports) {
    parts.push(formatRange({ ...range, from, to: Math.min(range.to, from + ports - 1) }))
  }
  return parts
}

const formatRange = ({ host, from, to }: PortRange): string => `tcp://${formatHostAndPort({ host, port: from })}-${to}`
