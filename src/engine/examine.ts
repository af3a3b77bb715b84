import { lookup } from 'node:dns/promises'
import { stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { dirname, resolve } from 'node:path'
import { type Finding, finding } from '../shared/diagnosis/diagnosis.ts'
import type { Endpoint } from '../shared/endpoint.ts'
import { systemCode } from './failures.ts'
import { type Greeting, greet } from './greeting.ts'

export type Examined =
  | Greeting
  /** Connecting fails, and this is why. */
  | { readonly protocol: 'none'; readonly finding: Finding }
  /** Nothing was learned. */
  | { readonly protocol: 'unknown' }

/** Longer than a TCP connection takes that will still be made; a dropped packet is sent again after a second. */
const connectMs = 3000

const none = (found: Finding): Examined => ({ protocol: 'none', finding: found })

/** What the system's code for a failed TCP connection means. `address`: a host and port, or the host alone. */
const connectFailures: Readonly<Record<string, Finding['diagnosis']>> = {
  ECONNREFUSED: 'nobody-listening',
  ENETUNREACH: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  EHOSTUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ETIMEDOUT: 'no-answer',
  EADDRNOTAVAIL: 'source-not-here',
  EADDRINUSE: 'source-in-use',
}

/** Link-local: fe80::/10. */
const isLinkLocal = (host: string): boolean => /^fe[89ab][0-9a-f]:/i.test(host)

export function tcpFinding(code: string, host: string): Finding {
  if (code === 'EINVAL' && isLinkLocal(host) && !host.includes('%')) return finding('zone-missing', { address: host })
  const diagnosis = connectFailures[code]
  return diagnosis ? finding(diagnosis, { address: host }) : finding('cannot-connect', { code })
}

/** The address that libzmq takes for a name: its first of IPv6 where that is on, else of IPv4. */
async function addressOf(name: string, ipv6: boolean): Promise<string | Finding> {
  if (isIP(name.split('%')[0] ?? '') !== 0) return name
  try {
    const addresses = await lookup(name, { all: true, verbatim: true })
    const first = (wanted: 4 | 6) => addresses.find(({ family }) => family === wanted)?.address
    return (ipv6 ? first(6) : undefined) ?? first(4) ?? finding('name-needs-ipv6', { name })
  } catch (thrown) {
    const code = systemCode(thrown)
    return finding(code === 'EAI_AGAIN' ? 'name-lookup-failed' : 'name-not-resolved', { name })
  }
}

async function examineTcp(host: string, port: number, ipv6: boolean): Promise<Examined> {
  const address = await addressOf(host, ipv6)
  if (typeof address !== 'string') return none(address)
  try {
    return await greet({ host: address, port }, connectMs)
  } catch (thrown) {
    return none(tcpFinding(systemCode(thrown) ?? String(thrown), address))
  }
}

/** Why a path cannot be connected to, given the system's code for the attempt. */
async function pathFinding(path: string, code: string): Promise<Finding> {
  if (code === 'EACCES' || code === 'EPERM') return finding('ipc-not-permitted', { path })
  if (code === 'EPROTOTYPE') return finding('ipc-other-kind', { path })
  try {
    const found = await stat(path)
    if (found.isSocket()) return finding('ipc-nobody-listening', { path })
    return finding('ipc-not-a-socket', { path, what: found.isDirectory() ? 'folder' : 'file' })
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
    return found.isDirectory() ? finding('ipc-no-socket', { path }) : finding('ipc-not-a-folder', { folder, path })
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOTDIR') return finding('ipc-no-folder', { folder, path })
    const above = await missingPath(folder)
    return { ...above, facts: { ...above.facts, path } }
  }
}

async function examinePath(path: string): Promise<Examined> {
  const isAbstract = path.startsWith('@')
  const absolute = resolve(path)
  try {
    return await greet({ path: isAbstract ? `\0${path.slice(1)}` : absolute }, connectMs)
  } catch (thrown) {
    const code = systemCode(thrown) ?? String(thrown)
    return none(isAbstract ? finding('ipc-name-unused', { name: path }) : await pathFinding(absolute, code))
  }
}

/**
 * Finds out without ZeroMQ why a link does not become ready: looks the name up, connects, greets. Makes one short
 * connection, to nowhere but the endpoint. Never rejects.
 */
export async function examine(endpoint: Endpoint, ipv6: boolean): Promise<Examined> {
  if (endpoint.scheme === 'tcp' && endpoint.port !== '*') {
    return examineTcp(endpoint.host.replace(/^\[|\]$/g, ''), endpoint.port, ipv6)
  }
  if (endpoint.scheme === 'ipc') return examinePath(endpoint.path)
  return { protocol: 'unknown' }
}
