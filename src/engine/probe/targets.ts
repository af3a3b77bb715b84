import { type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import { formatHostAndPort } from '../../shared/endpoint/host-and-port.ts'
import type { Endpoint } from '../../shared/endpoint.ts'
import { ipcFinding, localEnd, lookUp, pathAddress, tcpFinding, withoutBrackets } from '../sockets/examine.ts'
import type { TransportAddress } from '../sockets/greeting.ts'

/** One address behind an endpoint. */
export interface Target {
  /** As people read it: `127.0.0.1:5555`, or a path. */
  readonly label: string
  readonly address: TransportAddress
  /** Why it cannot be connected to, given the system's code for the attempt. */
  explain(code: string): Promise<Finding>
}

/** A name with more addresses than this is probed at the first of them. */
const mostAddresses = 16

/** The addresses of an endpoint, each once, or why there are none. An inproc endpoint has none. */
export async function targetsOf(endpoint: Endpoint): Promise<readonly Target[] | Finding> {
  if (endpoint.scheme === 'inproc') return []
  if (endpoint.scheme === 'ipc') {
    const { path } = endpoint
    return [{ label: path, address: pathAddress(path), explain: (code) => ipcFinding(path, code) }]
  }
  const { port, host } = endpoint
  // Endpoints to connect to have a port.
  if (port === '*') return finding('cannot-connect', { code: 'EADDRNOTAVAIL' })
  const found = await lookUp(withoutBrackets(host))
  if ('diagnosis' in found) return found
  const source = endpoint.scheme === 'tcp' ? endpoint.source : undefined
  const addresses = [...new Map(found.map((each) => [each.address, each])).values()].slice(0, mostAddresses)
  return addresses.map(({ address, family }): Target => {
    const local = localEnd(source, { ipv6: family === 6, anySourcePort: true })
    return {
      label: formatHostAndPort({ host: address, port }),
      address: { host: address, port, ...local },
      explain: async (code) => tcpFinding(code, address, local),
    }
  })
}
