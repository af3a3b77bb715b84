import { isLoopbackHost } from './address.ts'
import { formatHostAndPort, type HostAndPort } from './endpoint/host-and-port.ts'
import { parseInproc, parseIpc } from './endpoint/local.ts'
import { findMistake } from './endpoint/mistakes.ts'
import { Refusal } from './endpoint/refusal.ts'
import { parseTcp, parseWebSocket } from './endpoint/tcp.ts'
import { unknownScheme, withoutScheme } from './endpoint/transports.ts'
import { InspectorError } from './errors.ts'

/** Port `*` lets the system choose one: when binding, or for the source of a connection. */
export interface TcpEndpoint extends HostAndPort {
  readonly scheme: 'tcp'
  /** The address of this computer, or its network interface, to connect from. */
  readonly source?: HostAndPort
}

export interface WebSocketEndpoint extends HostAndPort {
  readonly scheme: 'ws'
  /** Empty, or a slash and one part. */
  readonly path: string
}

/** Where a socket binds or connects. */
export type Endpoint =
  | TcpEndpoint
  | WebSocketEndpoint
  | { readonly scheme: 'ipc'; readonly path: string }
  | { readonly scheme: 'inproc'; readonly name: string }

export type EndpointRole = 'bind' | 'connect'

export interface EndpointOptions {
  /** Whether the socket may use IPv6, which libzmq disables by default. */
  readonly ipv6?: boolean
}

/** More mistakes than this in one text, and there is no telling what was meant. */
const mostMistakes = 16

/**
 * Parses an endpoint as people write it. Throws `InspectorError` ('invalid-endpoint'), which names cause and cure, for
 * anything that libzmq would reject or, like port 70000, silently change. Port 0 means the same as `*`. Where it can be
 * told what was meant, `details.suggestion` is that endpoint.
 */
export function parseEndpoint(text: string, role: EndpointRole, options: EndpointOptions = {}): Endpoint {
  try {
    return parseAsWritten(text.trim(), role, options)
  } catch (thrown) {
    throw thrown instanceof Refusal ? errorOf(thrown, role) : thrown
  }
}

function parseAsWritten(text: string, role: EndpointRole, options: EndpointOptions): Endpoint {
  if (text === '') throw new Refusal('The endpoint is empty: write one such as tcp://127.0.0.1:5555')
  const mistake = findMistake(text)
  if (mistake) throw mistake
  const [, scheme, address] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? []
  if (scheme === undefined || address === undefined) throw withoutScheme(text)
  switch (scheme) {
    case 'tcp':
      return parseTcp(address, role, options)
    case 'ws':
      return parseWebSocket(address, role, options)
    case 'ipc':
      return parseIpc(address, role)
    case 'inproc':
      return parseInproc(address)
    default:
      throw unknownScheme(scheme, address)
  }
}

/** The endpoint that a candidate stands for, which may have further mistakes; undefined when it cannot be told. */
function settle(candidate: string, role: EndpointRole): string | undefined {
  let text: string | undefined = candidate
  for (let count = 0; text !== undefined && count < mostMistakes; count += 1) {
    try {
      return formatEndpoint(parseAsWritten(text.trim(), role, { ipv6: true }))
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      text = thrown.more.candidate
    }
  }
  return undefined
}

function errorOf({ message, more }: Refusal, role: EndpointRole): InspectorError {
  const suggestion = more.candidate === undefined ? undefined : settle(more.candidate, role)
  const details = suggestion === undefined ? more.details : { ...more.details, suggestion }
  return new InspectorError('invalid-endpoint', inWords(message, more.ending, suggestion), details)
}

function inWords(cause: string, ending: Refusal['more']['ending'], suggestion: string | undefined): string {
  if (ending === undefined) return cause
  if (suggestion === undefined) return `${cause}: write an endpoint such as tcp://127.0.0.1:5555`
  return ending === 'write' ? `${cause}: write ${suggestion}` : `${cause}. Did you mean ${suggestion}?`
}

/** The endpoint in libzmq's form. */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.scheme) {
    case 'tcp': {
      const source = endpoint.source ? `${formatHostAndPort(endpoint.source)};` : ''
      return `tcp://${source}${formatHostAndPort(endpoint)}`
    }
    case 'ws':
      return `ws://${formatHostAndPort(endpoint)}${endpoint.path}`
    case 'ipc':
      return `ipc://${endpoint.path}`
    case 'inproc':
      return `inproc://${endpoint.name}`
  }
}

/** Whether the endpoint has a host and a port. */
export const isOverNetwork = (endpoint: Endpoint): endpoint is TcpEndpoint | WebSocketEndpoint =>
  endpoint.scheme === 'tcp' || endpoint.scheme === 'ws'

/** Whether the endpoint has an IPv6 address, which a socket must be allowed to use. */
export const usesIpv6 = (endpoint: Endpoint): boolean =>
  isOverNetwork(endpoint) &&
  (endpoint.host.includes(':') || (endpoint.scheme === 'tcp' && endpoint.source?.host.includes(':') === true))

/** The same endpoint with another port; unchanged when it has no port. */
export function withPort(endpoint: Endpoint, port: number | '*'): Endpoint {
  return isOverNetwork(endpoint) ? { ...endpoint, port } : endpoint
}

/**
 * Whether other machines may reach a socket bound to the endpoint. `addresses` are those of each network interface of
 * this computer, by its name.
 */
export function reachableFromOutside(
  endpoint: Endpoint,
  addresses: Readonly<Record<string, readonly string[]>> = {},
): boolean {
  if (!isOverNetwork(endpoint)) return false
  const own = Object.hasOwn(addresses, endpoint.host) ? (addresses[endpoint.host] ?? []) : []
  return !(isLoopbackHost(endpoint.host) || (own.length > 0 && own.every(isLoopbackHost)))
}
