import { ipv4Numbers, ipv6Groups, isHostName } from '../address.ts'
import type { EndpointOptions, EndpointRole } from '../endpoint.ts'
import { quoted, Refusal } from './refusal.ts'

export interface HostAndPort {
  readonly host: string
  readonly port: number | '*'
}

/** What surrounds the part that is parsed, to suggest a whole endpoint. */
export interface Surroundings {
  readonly before: string
  readonly after: string
}

/** Where the address stands: what a socket binds or connects to, or what it connects from. */
export type AddressRole = EndpointRole | 'source'

/** Parses `host:port`. Throws `Refusal`. */
export function parseHostAndPort(
  address: string,
  role: AddressRole,
  options: EndpointOptions,
  { before, after }: Surroundings,
): HostAndPort {
  const meant = (changed: string): string => `${before}${changed}${after}`
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(address)
  if (bracketed) {
    const [, host = '', port = ''] = bracketed
    if (ipv6Groups(host) === undefined) {
      throw new Refusal(`[${host}] is not an IPv6 address: write one such as [::1]`, {
        candidate: meant(`${host}:${port}`),
      })
    }
    if (role !== 'bind' && options.ipv6 !== true) {
      throw new Refusal(
        `Connecting ${role === 'source' ? 'from' : 'to'} [${host}] needs IPv6: turn on IPv6 in the options`,
        {
          details: { needsIpv6: true },
        },
      )
    }
    return { host, port: parsePort(port, role, meant(`[${host}]:5555`)) }
  }
  if (address.startsWith('[')) {
    const [, host, port] = /^(\[[^\]]*\])(\d+)$/.exec(address) ?? []
    throw new Refusal("Expected ']' after the IPv6 address, then ':' and the port, such as tcp://[::1]:5555", {
      ...(host === undefined ? {} : { candidate: meant(`${host}:${port}`) }),
    })
  }
  const colon = address.lastIndexOf(':')
  const host = colon < 0 ? address : address.slice(0, colon)
  const port = colon < 0 ? '' : address.slice(colon + 1)
  if (host.includes(':')) throw withoutBrackets(address, host, port, meant)
  checkHost(host, role, address, meant)
  return { host, port: parsePort(port, role, meant(`${host}:5555`)) }
}

/** The address as libzmq reads it. */
export const formatHostAndPort = ({ host, port }: HostAndPort): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`

type Meant = (changed: string) => string

function checkHost(host: string, role: AddressRole, address: string, meant: Meant): void {
  if (host === '') {
    throw new Refusal('The host is missing before the port: write one such as 127.0.0.1', {
      candidate: meant(`127.0.0.1${address}`),
    })
  }
  if (host === '*') {
    if (role === 'bind') return
    if (role === 'source') throw new Refusal("The source cannot be '*': write an address of this computer before ';'")
    throw new Refusal("'*' means every interface when binding; to connect, write a host such as 127.0.0.1", {
      candidate: meant(`127.0.0.1${address.slice(1)}`),
    })
  }
  if (role === 'source' && host === 'localhost') {
    throw new Refusal('The source must be an address or a network interface: write 127.0.0.1 for localhost', {
      candidate: meant(`127.0.0.1${address.slice(host.length)}`),
    })
  }
  if (isHostName(host) || ipv4Numbers(host) !== undefined) return
  if (/^\d{1,5}$/.test(address)) {
    throw new Refusal('The host is missing before the port: write one such as 127.0.0.1', {
      candidate: meant(`127.0.0.1:${address}`),
    })
  }
  if (/^[\d.]+$/.test(host))
    throw new Refusal(
      `${quoted(host).slice(1, -1)} is not an IPv4 address: write four numbers from 0 to 255, such as 127.0.0.1`,
    )
  if (/\s/.test(host)) throw new Refusal(`The host ${quoted(host)} contains white space: remove it`)
  throw new Refusal(`${quoted(host)} is not a host name or address: use letters, digits, '-' and '.'`)
}

function parsePort(text: string, role: AddressRole, example: string): number | '*' {
  if (text === '') throw new Refusal(`The port is missing: write one after a colon, such as ${example}`)
  const isWildcard = text === '*' || /^0+$/.test(text)
  if (isWildcard && role !== 'connect') return '*'
  if (isWildcard) {
    throw new Refusal(`Port ${text} lets the system choose when binding; to connect, write the server's port`)
  }
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (port >= 1 && port <= 65535) return port
  throw new Refusal(`Port ${quoted(text)} does not exist: write a number from 1 to 65535`)
}

function withoutBrackets(address: string, host: string, port: string, meant: Meant): Refusal {
  if (ipv6Groups(host) !== undefined) {
    return new Refusal('Put an IPv6 address in brackets before the port', {
      candidate: meant(`[${host}]:${port}`),
      ending: 'write',
    })
  }
  if (ipv6Groups(address) !== undefined) {
    return new Refusal(`Put an IPv6 address in brackets before the port: write ${meant(`[${address}]:`)} and the port`)
  }
  return new Refusal(`${quoted(address)} has more than one colon: write host:port, and an IPv6 address in brackets`)
}
