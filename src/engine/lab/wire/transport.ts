import { connect, type Socket } from 'node:net'
import { type Finding, finding } from '../../../shared/diagnosis/diagnosis.ts'
import type { Endpoint } from '../../../shared/endpoint.ts'
import { systemCode } from '../../failures.ts'
import { addressOf, ipcFinding, localEnd, pathAddress, tcpFinding, withoutBrackets } from '../../sockets/examine.ts'
import type { TransportAddress } from '../../sockets/greeting.ts'

/** As much as libuv reads at a time. */
const readBytes = 65_536

export interface WireAddress {
  readonly address: TransportAddress
  /** Why it cannot be connected to, given what the system said. */
  explain(thrown: unknown): Promise<Finding>
}

/** Looks up where a tcp or ipc endpoint leads, or says why it leads nowhere. */
export async function wireAddressOf(endpoint: Endpoint, ipv6: boolean): Promise<WireAddress | Finding> {
  const codeOf = (thrown: unknown) => systemCode(thrown) ?? String(thrown)
  if (endpoint.scheme === 'ipc') {
    const { path } = endpoint
    return { address: pathAddress(path), explain: (thrown) => ipcFinding(path, codeOf(thrown)) }
  }
  // Only these two are measured so, and endpoints to connect to have a port.
  if (endpoint.scheme !== 'tcp' || endpoint.port === '*') return finding('cannot-connect', { code: 'EADDRNOTAVAIL' })
  const host = await addressOf(withoutBrackets(endpoint.host), ipv6)
  if (typeof host !== 'string') return host
  const local = localEnd(endpoint.source, { ipv6, anySourcePort: false })
  return {
    address: { host, port: endpoint.port, ...local },
    explain: async (thrown) => tcpFinding(codeOf(thrown), host, local),
  }
}

/**
 * Connects without Nagle's algorithm. All bytes are read into one buffer of the connection: `read` is given a part of it,
 * which holds until it returns.
 */
export function openTransport(address: TransportAddress, read: (chunk: Uint8Array) => void): Socket {
  let chunk: Uint8Array = new Uint8Array(0)
  return connect({
    ...address,
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback(count, buffer) {
        // Replies are mostly of one length, and a view need not be made for each.
        if (chunk.length !== count) chunk = buffer.subarray(0, count)
        read(chunk)
        return true
      },
    },
  })
}

/** The same for a connection that was accepted. */
export function acceptTransport(socket: Socket, read: (chunk: Uint8Array) => void): Socket {
  socket.setNoDelay(true)
  socket.on('data', read)
  return socket
}
