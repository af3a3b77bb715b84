import { ipv4Numbers, ipv6Groups, isHostName, isLoopbackHost } from './address.ts'
import { type ErrorDetails, InspectorError } from './errors.ts'
import { utf8Length } from './utf8.ts'

/** Where a socket binds or connects. Port `*` lets the system choose one when binding. */
export type Endpoint =
  | { readonly scheme: 'tcp'; readonly host: string; readonly port: number | '*' }
  | { readonly scheme: 'ipc'; readonly path: string }
  | { readonly scheme: 'inproc'; readonly name: string }

export type EndpointRole = 'bind' | 'connect'

export interface EndpointOptions {
  /** Whether the socket may use IPv6, which libzmq disables by default. */
  readonly ipv6?: boolean
}

const unsupported = ['pgm', 'epgm', 'udp', 'norm', 'ws', 'wss', 'vmci', 'tipc']

/** Most bytes in the path of a socket address, without its final zero (Linux: 108 bytes). */
const maximumPathBytes = 107

/**
 * Parses an endpoint as people write it. Throws `InspectorError` ('invalid-endpoint'), which names cause and cure, for
 * anything that libzmq would reject or, like port 70000, silently change. Port 0 means the same as `*`.
 *
 * The form `tcp://source:port;destination:port`, which selects the outgoing interface, is rejected: nothing here could
 * show which of the two addresses a fact refers to.
 */
export function parseEndpoint(text: string, role: EndpointRole, options: EndpointOptions = {}): Endpoint {
  const trimmed = text.trim()
  if (trimmed === '') throw invalid('The endpoint is empty: write one such as tcp://127.0.0.1:5555')
  const [, scheme, address] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(trimmed) ?? []
  if (scheme === undefined || address === undefined) throw withoutScheme(trimmed)
  switch (scheme) {
    case 'tcp':
      return parseTcp(address, role, options)
    case 'ipc':
      return parseIpc(address, role)
    case 'inproc':
      if (address === '') throw invalid('The inproc name is missing: write one such as inproc://name')
      return { scheme, name: address }
    default:
      throw unknownScheme(scheme, address)
  }
}

/** The endpoint in libzmq's form. */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.scheme) {
    case 'tcp': {
      const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host
      return `tcp://${host}:${endpoint.port}`
    }
    case 'ipc':
      return `ipc://${endpoint.path}`
    case 'inproc':
      return `inproc://${endpoint.name}`
  }
}

/** The same endpoint with another port; unchanged when it has no port. */
export function withPort(endpoint: Endpoint, port: number | '*'): Endpoint {
  return endpoint.scheme === 'tcp' ? { ...endpoint, port } : endpoint
}

/** Whether other machines may reach a socket bound to the endpoint. */
export function reachableFromOutside(endpoint: Endpoint): boolean {
  return endpoint.scheme === 'tcp' && !isLoopbackHost(endpoint.host)
}

function parseTcp(address: string, role: EndpointRole, options: EndpointOptions): Endpoint {
  refuseExtras(address)
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/s.exec(address)
  if (bracketed) {
    const [, host = '', port = ''] = bracketed
    if (ipv6Groups(host) === undefined) throw invalid(`[${host}] is not an IPv6 address: write one such as [::1]`)
    if (role === 'connect' && options.ipv6 !== true) {
      throw invalid(`Connecting to [${host}] needs IPv6: turn on IPv6 in the options`, { needsIpv6: true })
    }
    return { scheme: 'tcp', host, port: parsePort(port, role, `tcp://[${host}]`) }
  }
  if (address.startsWith('[')) {
    throw invalid("Expected ']' after the IPv6 address, then ':' and the port, such as tcp://[::1]:5555")
  }
  const colon = address.lastIndexOf(':')
  const host = colon < 0 ? address : address.slice(0, colon)
  if (host.includes(':')) throw withoutBrackets(address, host, address.slice(colon + 1))
  checkHost(host, role, address)
  return { scheme: 'tcp', host, port: parsePort(colon < 0 ? '' : address.slice(colon + 1), role, `tcp://${host}`) }
}

/** Rejects what other kinds of URL may contain, each with its own cure. */
function refuseExtras(address: string): void {
  if (address.includes(';')) {
    throw invalid("A source address before ';' is not supported: write only the address to connect to")
  }
  const slash = address.indexOf('/')
  if (slash >= 0) {
    const suggestion = `tcp://${address.slice(0, slash)}`
    throw invalid(`A TCP endpoint has no path: remove '${address.slice(slash)}'`, { suggestion })
  }
  const at = address.lastIndexOf('@')
  if (at >= 0) {
    const suggestion = `tcp://${address.slice(at + 1)}`
    throw invalid(`A TCP endpoint has no user name: remove '${address.slice(0, at + 1)}'`, { suggestion })
  }
}

function checkHost(host: string, role: EndpointRole, address: string): void {
  if (host === '') {
    throw invalid('The host is missing before the port: write one such as 127.0.0.1', {
      suggestion: `tcp://127.0.0.1${address}`,
    })
  }
  if (host === '*') {
    if (role === 'bind') return
    const suggestion = `tcp://127.0.0.1${address.slice(1)}`
    throw invalid("'*' means every interface when binding; to connect, write a host such as 127.0.0.1", {
      suggestion,
    })
  }
  if (isHostName(host) || ipv4Numbers(host) !== undefined) return
  if (/^[\d.]+$/.test(host))
    throw invalid(`${host} is not an IPv4 address: write four numbers from 0 to 255, such as 127.0.0.1`)
  if (/\s/.test(host)) throw invalid(`The host '${host}' contains white space: remove it`)
  throw invalid(`'${host}' is not a host name or address: use letters, digits, '-' and '.'`)
}

function parsePort(text: string, role: EndpointRole, before: string): number | '*' {
  if (text === '') throw invalid(`The port is missing: write one after a colon, such as ${before}:5555`)
  const isWildcard = text === '*' || /^0+$/.test(text)
  if (isWildcard && role === 'bind') return '*'
  if (isWildcard) {
    throw invalid(`Port ${text} lets the system choose when binding; to connect, write the server's port`)
  }
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (port >= 1 && port <= 65535) return port
  throw invalid(`Port '${text}' does not exist: write a number from 1 to 65535`)
}

function parseIpc(path: string, role: EndpointRole): Endpoint {
  if (path === '') throw invalid('The ipc path is missing: write one such as ipc:///tmp/name')
  if (path === '@') throw invalid("The abstract name after '@' is missing: write one such as ipc://@name")
  if (path === '*' && role === 'connect') {
    throw invalid("'*' lets the system choose a path when binding; to connect, write the server's path")
  }
  if (path.includes('\0')) throw invalid('The ipc path contains a zero character: remove it')
  const length = utf8Length(path)
  if (length > maximumPathBytes) {
    throw invalid(`The ipc path has ${length} bytes, but the system allows ${maximumPathBytes}: choose a shorter one`)
  }
  return { scheme: 'ipc', path }
}

function withoutBrackets(address: string, host: string, port: string): InspectorError {
  if (ipv6Groups(host) !== undefined) {
    const suggestion = `tcp://[${host}]:${port}`
    return invalid(`Put an IPv6 address in brackets before the port: write ${suggestion}`, { suggestion })
  }
  if (ipv6Groups(address) !== undefined) {
    return invalid(`Put an IPv6 address in brackets before the port: write tcp://[${address}]: and the port`)
  }
  return invalid(`'${address}' has more than one colon: write host:port, and an IPv6 address in brackets`)
}

function withoutScheme(text: string): InspectorError {
  const [, scheme, rest] = /^(tcp|ipc|inproc):\/{0,2}(.*)$/s.exec(text) ?? []
  if (scheme !== undefined && rest !== undefined) {
    const suggestion = `${scheme}://${rest}`
    return invalid(`Expected '${scheme}://': write ${suggestion}`, { suggestion })
  }
  if (/^\.{0,2}\//.test(text)) {
    const suggestion = `ipc://${text}`
    return invalid(`A path needs ipc:// before it: write ${suggestion}`, { suggestion })
  }
  const port = /^:?(\d{1,5})$/.exec(text)?.[1]
  const suggestion = `tcp://${port === undefined ? text : `127.0.0.1:${port}`}`
  return invalid(`Missing transport. Did you mean ${suggestion}?`, { suggestion })
}

function unknownScheme(scheme: string, address: string): InspectorError {
  const lower = scheme.toLowerCase()
  const known = 'use tcp, ipc or inproc'
  if (lower === 'tcp' || lower === 'ipc' || lower === 'inproc') {
    const suggestion = `${lower}://${address}`
    return invalid(`The transport must be in lower case: write ${suggestion}`, { suggestion })
  }
  if (unsupported.includes(lower)) return invalid(`${scheme}:// is not supported here: ${known}`)
  return invalid(`There is no ${scheme}:// in ZeroMQ: ${known}`, { suggestion: `tcp://${address}` })
}

function invalid(message: string, details?: ErrorDetails): InspectorError {
  return new InspectorError('invalid-endpoint', message, details)
}
