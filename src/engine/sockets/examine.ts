import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { dirname, resolve } from 'node:path'
import type { Duplex } from 'node:stream'
import { type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import { formatHostAndPort, type HostAndPort } from '../../shared/endpoint/host-and-port.ts'
import { type Endpoint, formatEndpoint, type TcpEndpoint, type WebSocketEndpoint } from '../../shared/endpoint.ts'
import { type ForeignProtocol, foreignProtocols } from '../../shared/probe/protocols.ts'
import type { ProbeAnswer } from '../../shared/probe/report.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { systemCode } from '../failures.ts'
import { converse, type Said } from '../probe/conversation.ts'
import { converseByWebSocket } from '../probe/web-socket.ts'
import { connectTo, type TransportAddress } from './greeting.ts'
import { ownExaminations, placeOf } from './own-examinations.ts'

export type Examined =
  /** It speaks ZMTP, of whatever version. */
  | { readonly protocol: 'zmtp'; readonly answer: ProbeAnswer }
  /** Connecting fails, or something else answers, and this is why. */
  | { readonly protocol: 'none'; readonly finding: Finding }
  /** Nothing was learned. */
  | { readonly protocol: 'unknown' }

/** From where an endpoint is examined. */
export interface Reach {
  readonly ipv6: boolean
  /** Whether to leave the source port of the endpoint to the system. */
  readonly anySourcePort: boolean
}

/** Longer than a TCP connection takes that will still be made; a dropped packet is sent again after a second. */
const connectMs = 3000

/** Longer than a peer takes that answers at all. */
const answerMs = 1000

const none = (found: Finding): Examined => ({ protocol: 'none', finding: found })

/** What the system's code for a failed TCP connection means. `address`: a host and port, or the host alone. */
const connectFailures: Readonly<Record<string, Finding['diagnosis']>> = {
  ECONNREFUSED: 'nobody-listening',
  ENETUNREACH: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  EHOSTUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ETIMEDOUT: 'no-answer',
}

/** The same where the endpoint says what to connect from. */
const sourceFailures: Readonly<Record<string, Finding['diagnosis']>> = {
  EADDRNOTAVAIL: 'source-not-here',
  EADDRINUSE: 'source-in-use',
}

/** Link-local: fe80::/10. */
const isLinkLocal = (host: string): boolean => /^fe[89ab][0-9a-f]:/i.test(host)

/** Where a connection comes from, as far as the endpoint says. */
interface LocalEnd {
  readonly localAddress?: string
  readonly localPort?: number
}

/** `host` is what was connected to, and `local` where from, if that was given. */
export function tcpFinding(code: string, host: string, local: LocalEnd = {}): Finding {
  const source = local.localAddress
  const port = local.localPort ? `:${local.localPort}` : ''
  if (code === 'EINVAL' && isLinkLocal(host)) {
    const [, zone] = host.split('%')
    return zone === undefined
      ? finding('zone-missing', { address: host })
      : finding('no-such-interface', { name: zone })
  }
  // Node.js says so of what is neither an address nor the name of an interface.
  if (code === 'ERR_INVALID_IP_ADDRESS' && source !== undefined) return finding('no-such-interface', { name: source })
  const diagnosis = source === undefined ? connectFailures[code] : (sourceFailures[code] ?? connectFailures[code])
  if (!diagnosis) return finding('cannot-connect', { code })
  return finding(diagnosis, { address: code in sourceFailures ? `${source ?? host}${port}` : host })
}

/** All addresses of a name, in the system's order; of an address, itself. */
export async function lookUp(name: string): Promise<readonly LookupAddress[] | Finding> {
  const family = isIP(name.split('%')[0] ?? '')
  if (family !== 0) return [{ address: name, family }]
  try {
    return await lookup(name, { all: true, verbatim: true })
  } catch (thrown) {
    const code = systemCode(thrown)
    return finding(code === 'EAI_AGAIN' ? 'name-lookup-failed' : 'name-not-resolved', { name })
  }
}

/** The address that libzmq takes for a name: its first of IPv6 where that is on, else of IPv4. */
export async function addressOf(name: string, ipv6: boolean): Promise<string | Finding> {
  const found = await lookUp(name)
  if ('diagnosis' in found) return found
  if (isIP(name.split('%')[0] ?? '') !== 0) return name
  const first = (wanted: 4 | 6) => found.find(({ family }) => family === wanted)?.address
  return (ipv6 ? first(6) : undefined) ?? first(4) ?? finding('name-needs-ipv6', { name })
}

/** The host of an endpoint as the system reads it. */
export const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '')

/** Where a connection is to come from: an address of this machine, or the first one of a network interface. */
export function localEnd(
  source: HostAndPort | undefined,
  { ipv6, anySourcePort }: Reach,
): { localAddress?: string; localPort?: number } {
  if (!source) return {}
  const localPort = source.port === '*' || anySourcePort ? 0 : source.port
  if (source.host === '*') return { localPort }
  const host = withoutBrackets(source.host)
  const addresses = networkInterfaces()[host] ?? []
  // As libzmq chooses, even if the other end then is of the other family.
  const address = addresses.find(({ family }) => family === (ipv6 ? 'IPv6' : 'IPv4'))?.address
  return { localAddress: address ?? host, localPort }
}

type Talk = (transport: Duplex, limit: AbortSignal, connectNs: number) => Promise<Said>

/** Connects and talks. Rejects with the system's error when connecting fails. */
async function talkTo(address: TransportAddress, talk: Talk): Promise<Examined> {
  const startNs = monotonicNanoseconds()
  const transport = await connectTo(address, connectMs)
  const { answer } = await talk(transport, AbortSignal.timeout(answerMs), monotonicNanoseconds() - startNs)
  return answer.protocol === 'zmtp' ? { protocol: 'zmtp', answer } : none(strangeAnswer(answer))
}

/** What is wrong with an answer that is no ZMTP. */
function strangeAnswer({ protocol, start }: ProbeAnswer): Finding {
  const isForeign = (name: string): name is ForeignProtocol => Object.hasOwn(foreignProtocols, name)
  const found = start === null ? {} : { start }
  switch (protocol) {
    case 'unfinished':
      return finding('greeting-unfinished')
    case 'silent':
      return finding('silent-peer')
    case 'closed':
      return finding('closes-at-once')
    default:
      return finding('not-zeromq', isForeign(protocol) ? { ...found, protocol: foreignProtocols[protocol] } : found)
  }
}

async function examineTcp(endpoint: TcpEndpoint | WebSocketEndpoint, reach: Reach): Promise<Examined> {
  const { port } = endpoint
  if (port === '*') return { protocol: 'unknown' }
  const host = await addressOf(withoutBrackets(endpoint.host), reach.ipv6)
  if (typeof host !== 'string') return none(host)
  const local = endpoint.scheme === 'tcp' ? localEnd(endpoint.source, reach) : {}
  try {
    if (endpoint.scheme === 'tcp') return await talkTo({ host, port, ...local }, converse)
    const place = { host: formatHostAndPort({ host: endpoint.host, port }), path: endpoint.path }
    const said = await talkTo({ host, port }, (transport, limit) => converseByWebSocket(transport, place, limit))
    // What breaks a WebSocket off, the socket's own events tell.
    return said.protocol === 'zmtp' && said.answer.version !== null ? said : { protocol: 'unknown' }
  } catch (thrown) {
    return none(tcpFinding(systemCode(thrown) ?? String(thrown), host, local))
  }
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'folder'
  if (found.isFIFO()) return 'named pipe'
  return found.isCharacterDevice() || found.isBlockDevice() ? 'device' : 'file'
}

/** What the system says of a path where no socket is listened on. */
const absences = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTDIR', 'ENOTSOCK'])

/** Why a path cannot be connected to, given the system's code for the attempt. */
async function pathFinding(path: string, code: string): Promise<Finding> {
  if (code === 'EACCES' || code === 'EPERM') return finding('ipc-not-permitted', { path })
  if (code === 'EPROTOTYPE') return finding('ipc-other-kind', { path })
  if (!absences.has(code)) return finding('cannot-connect', { code })
  try {
    const found = await stat(path)
    if (found.isSocket()) return finding('ipc-nobody-listening', { path })
    return finding('ipc-not-a-socket', { path, what: kindOf(found) })
  } catch (thrown) {
    const why = systemCode(thrown)
    if (why === 'EACCES') return finding('ipc-not-permitted', { path })
    if (why !== 'ENOENT' && why !== 'ENOTDIR') return finding('cannot-connect', { code })
    return await missingPath(path)
  }
}

/** Which part of a path is missing: the first one from the root that is no folder. */
async function missingPath(path: string): Promise<Finding> {
  const folder = dirname(path)
  try {
    const found = await stat(folder)
    return found.isDirectory() ? finding('ipc-no-socket', { path }) : finding('ipc-not-a-folder', { folder })
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOTDIR') return finding('ipc-no-folder', { folder })
    return await missingPath(folder)
  }
}

/** The socket of an ipc endpoint, whose path may be relative, or an abstract name behind an @. */
export function pathAddress(path: string): { readonly path: string } {
  return { path: path.startsWith('@') ? `\0${path.slice(1)}` : resolve(path) }
}

/** Why the path of an ipc endpoint cannot be connected to, given the system's code for the attempt. */
export async function ipcFinding(path: string, code: string): Promise<Finding> {
  const isAbstract = path.startsWith('@')
  if (code === 'EAGAIN') return finding('ipc-queue-full', { path: isAbstract ? path : resolve(path) })
  if (!isAbstract) return await pathFinding(resolve(path), code)
  return code === 'ECONNREFUSED' ? finding('ipc-name-unused', { name: path }) : finding('cannot-connect', { code })
}

async function examinePath(path: string): Promise<Examined> {
  try {
    return await talkTo(pathAddress(path), converse)
  } catch (thrown) {
    return none(await ipcFinding(path, systemCode(thrown) ?? String(thrown)))
  }
}

/**
 * Finds out without ZeroMQ why a link does not become ready: looks the name up, connects, and talks ZMTP as far as the
 * peer tells what it is. Makes one short connection, to nowhere but the endpoint. Never rejects.
 */
export async function examine(endpoint: Endpoint, reach: Reach): Promise<Examined> {
  ownExaminations.begin(placeOf(formatEndpoint(endpoint)))
  switch (endpoint.scheme) {
    case 'tcp':
    case 'ws':
      return examineTcp(endpoint, reach)
    case 'ipc':
      return examinePath(endpoint.path)
    case 'inproc':
      return { protocol: 'unknown' }
  }
}
