import type { EndpointOptions, EndpointRole, TcpEndpoint, WebSocketEndpoint } from '../endpoint.ts'
import { parseHostAndPort } from './host-and-port.ts'
import { quoted, Refusal } from './refusal.ts'

/** Parses what follows `tcp://`: `host:port`, or `source:port;host:port` to connect from an address of this computer. */
export function parseTcp(address: string, role: EndpointRole, options: EndpointOptions): TcpEndpoint {
  refuseUser(address, 'tcp')
  const slash = address.indexOf('/')
  if (slash >= 0) {
    throw new Refusal(`A TCP endpoint has no path: remove ${quoted(address.slice(slash))}`, {
      candidate: `tcp://${address.slice(0, slash)}`,
    })
  }
  const [first = '', second, ...more] = address.split(';')
  if (second === undefined) return { scheme: 'tcp', ...parseHostAndPort(first, role, options, around('tcp://', '')) }
  if (role === 'bind') {
    throw new Refusal("Only a connecting socket has a source before ';': write only the address to bind to", {
      candidate: `tcp://${first}`,
    })
  }
  if (more.length > 0) throw new Refusal("Expected one ';', between the source and the address to connect to")
  if (first === '') {
    throw new Refusal("The source before ';' is missing", { candidate: `tcp://${second}`, ending: 'write' })
  }
  // The port of the source is seldom chosen, and easily forgotten.
  if (/^(?:\[[^\]]*\]|[^:]+)$/.test(first)) {
    throw new Refusal("The source needs a port before ';', where * is any", {
      candidate: `tcp://${first}:*;${second}`,
      ending: 'write',
    })
  }
  const source = parseHostAndPort(first, 'source', options, around('tcp://', `;${second}`))
  return { scheme: 'tcp', ...parseHostAndPort(second, 'connect', options, around(`tcp://${first};`, '')), source }
}

/**
 * Parses what follows `ws://`: `host:port`, and a path of one part at most. libzmq would keep only what follows the last
 * slash.
 */
export function parseWebSocket(address: string, role: EndpointRole, options: EndpointOptions): WebSocketEndpoint {
  refuseUser(address, 'ws')
  const [, authority = '', path = ''] = /^([^/]*)(\/.*)?$/s.exec(address) ?? []
  if (/\s/.test(path)) throw new Refusal(`The path ${quoted(path)} contains white space: remove it`)
  const last = path.lastIndexOf('/')
  if (last > 0) {
    throw new Refusal(`The path of a ws endpoint has one part here: ZeroMQ keeps only ${quoted(path.slice(last))}`, {
      candidate: `ws://${authority}${path.slice(last)}`,
    })
  }
  const parsed = parseHostAndPort(authority, role, options, around('ws://', path))
  if (role === 'bind' && /^localhost\.?$/i.test(parsed.host)) {
    throw new Refusal('ws cannot bind to a name: write an address or a network interface', {
      candidate: `ws://127.0.0.1:${parsed.port}${path}`,
    })
  }
  return { scheme: 'ws', ...parsed, path }
}

const around = (before: string, after: string) => ({ before, after })

function refuseUser(address: string, scheme: string): void {
  const at = address.lastIndexOf('@')
  if (at < 0) return
  throw new Refusal(
    `A ${scheme === 'tcp' ? 'TCP' : scheme} endpoint has no user name: remove ${quoted(address.slice(0, at + 1))}`,
    {
      candidate: `${scheme}://${address.slice(at + 1)}`,
    },
  )
}
