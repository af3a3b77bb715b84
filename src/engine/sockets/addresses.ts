import { lstat } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { type Endpoint, formatEndpoint, isOverNetwork, withPort } from '../../shared/endpoint.ts'
import { InspectorError } from '../../shared/errors.ts'
import { systemCode } from '../failures.ts'
import { withoutBrackets } from './examine.ts'
import { interfaceAddresses } from './interface-addresses.ts'

const portsTried = 100
const highestPort = 65_535

/** Whether a TCP server can listen there now. */
function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** What Node.js listens at for the host of an endpoint that binds: an address, or the first one of a network interface. */
export const listeningHost = (host: string): string =>
  host === '*' ? '0.0.0.0' : (interfaceAddresses()[host]?.[0] ?? withoutBrackets(host))

/** The next higher port that is free, as an endpoint; null when none is near or the endpoint has no port. */
export async function nextFreeEndpoint(endpoint: Endpoint): Promise<string | null> {
  if (!isOverNetwork(endpoint) || endpoint.port === '*') return null
  const host = listeningHost(endpoint.host)
  const last = Math.min(highestPort, endpoint.port + portsTried)
  for (let port = endpoint.port + 1; port <= last; port += 1) {
    if (await canListen(host, port)) return formatEndpoint(withPort(endpoint, port))
  }
  return null
}

/** Whether a process is listening on a UNIX socket. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
}

/**
 * libzmq deletes whatever is at the path of an ipc endpoint before it binds, whether another server's socket or a
 * document. This rejects both before libzmq is asked.
 */
export async function protectPath(path: string): Promise<void> {
  if (path === '*' || path.startsWith('@')) return
  try {
    const stat = await lstat(path)
    if (!stat.isSocket()) {
      throw new InspectorError('invalid-endpoint', `There is already a file at ${path} that is not a socket.`)
    }
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return
    throw thrown
  }
  if (await answers(path)) throw new InspectorError('address-in-use', `Another process is listening on ${path}.`)
}
