import { once } from 'node:events'
import { access, rm } from 'node:fs/promises'
import { type AddressInfo, createServer, isIP, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { type Endpoint, formatEndpoint } from '../../../shared/endpoint.ts'
import { InspectorError } from '../../../shared/errors.ts'
import { failureOfCode, toFailure } from '../../failures.ts'
import { listeningHost, protectPath } from '../../sockets/addresses.ts'
import type { ReceiverPlan, StreamReceiver } from '../stream-receiver.ts'
import { identityOf } from './client.ts'
import { closed } from './failures.ts'
import { PullLink } from './pull-link.ts'

/** A peer that does not shake hands has to go. */
const handshakeMs = 5000

/** What a server listens at. */
async function addressOf(to: Endpoint): Promise<{ path: string } | { host: string; port: number; exclusive: true }> {
  if (to.scheme === 'ipc') {
    await protectPath(to.path)
    // Node.js says of a folder that is not there that it needs permissions.
    await access(dirname(to.path))
    // Nobody listens there any more.
    await rm(to.path, { force: true })
    return { path: to.path }
  }
  if (to.scheme !== 'tcp') throw new InspectorError('invalid-endpoint', 'A one-way stream goes over tcp or ipc.')
  const host = listeningHost(to.host)
  // As libzmq, which looks up no name to bind there.
  if (isIP(host) === 0 && host !== 'localhost') throw failureOfCode('ENODEV', new Error(`no interface ${host}`))
  return { host, port: to.port === '*' ? 0 : to.port, exclusive: true }
}

/** Where a socket of this machine reaches one that listens there: all addresses are none to connect to. */
function connectableHost({ address }: AddressInfo): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  return address === '::' ? '::1' : address
}

/** A PULL that speaks ZMTP itself: it listens, and reads what comes from whoever connects. */
export class WirePull implements StreamReceiver {
  readonly #plan: ReceiverPlan
  readonly #server: Server
  readonly #links = new Set<PullLink>()

  constructor(plan: ReceiverPlan) {
    this.#plan = plan
    this.#server = createServer((socket) => this.#accept(socket))
  }

  async open(): Promise<string> {
    const { to } = this.#plan
    try {
      this.#server.listen(await addressOf(to))
      await once(this.#server, 'listening')
    } catch (thrown) {
      throw toFailure(thrown)
    }
    this.#server.on('error', (thrown) => this.#plan.broke(toFailure(thrown)))
    const bound = this.#server.address()
    return to.scheme === 'tcp' && typeof bound === 'object' && bound
      ? formatEndpoint({ ...to, host: connectableHost(bound), port: bound.port })
      : formatEndpoint(to)
  }

  async close(): Promise<void> {
    for (const link of this.#links) link.close(closed())
    if (!this.#server.listening) return
    this.#server.close()
    await once(this.#server, 'close')
  }

  #accept(socket: Socket): void {
    const { options, take } = this.#plan
    const limit = setTimeout(() => link.giveUp(), handshakeMs)
    const identity = identityOf('pull', options)
    // Who is no PUSH is let go: that it is told is enough.
    const link: PullLink = new PullLink({ address: socket, identity, options }, () => clearTimeout(limit), take)
    this.#links.add(link)
    socket.once('close', () => {
      clearTimeout(limit)
      this.#links.delete(link)
    })
  }
}
