import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import { foreignProtocols } from '../../shared/probe/protocols.ts'
import { describeStart, isTelnet, recognize } from './protocols.ts'

/** What a port says to the start of a ZMTP greeting. */
export type Greeting =
  /** ZMTP 1.0 or 2.0. */
  | { readonly protocol: 'older' }
  /** ZMTP 3. */
  | { readonly protocol: 'current' }
  | { readonly protocol: 'none'; readonly finding: Finding }

/** Revision 3: ZMTP 3.x. */
const currentRevision = 3
/** HTTP, Redis and others answer a whole line only. */
export const emptyLine = '\r\n\r\n'
export const lineAfterMs = 250
/** More may follow the first bytes. */
export const quietMs = 40
export const keptBytes = 256

/** What the first bytes of a peer show; null while more are needed. `ended`: no more will come. */
export function readGreeting(bytes: Uint8Array, ended: boolean): Greeting | null {
  const [first, second] = bytes
  if (first === undefined) return ended ? { protocol: 'none', finding: finding('closes-at-once') } : null
  if (first === 0xff && !isTelnet(bytes)) {
    const lengthEnd = bytes[9]
    if (lengthEnd !== undefined && (lengthEnd & 1) === 0) return { protocol: 'older' }
    const revision = bytes[10]
    if (revision !== undefined) return { protocol: revision < currentRevision ? 'older' : 'current' }
    return ended ? { protocol: 'none', finding: finding('greeting-unfinished') } : null
  }
  // ZMTP 1.0 starts with the peer's identity, in a frame of its own: its length and flags, which are zero.
  if (second === 0 && bytes.length === first + 1) return { protocol: 'older' }
  if (!ended) return null
  const protocol = recognize(bytes)
  const start = describeStart(bytes)
  const facts = protocol === undefined ? { start } : { start, protocol: foreignProtocols[protocol] }
  return { protocol: 'none', finding: finding('not-zeromq', facts) }
}

/** Whether the bytes may be the start of a greeting: of any since ZMTP 2.0, or of an identity of ZMTP 1.0. */
export function mayGoOn(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, ...rest] = bytes
  return (first === 0xff && !isTelnet(bytes)) || (first > 0 && second === 0 && rest.length < first - 1)
}

/** Where to connect, and from where: a host and port, or the path of a UNIX socket, an abstract one behind a NUL. */
export type TransportAddress =
  | { readonly host: string; readonly port: number; readonly localAddress?: string; readonly localPort?: number }
  | { readonly path: string }

/** Connects, and closes the connection at once. Rejects as `connectTo` does. */
export async function knock(address: TransportAddress, timeoutMs: number): Promise<void> {
  const transport = await connectTo(address, timeoutMs)
  transport.destroy()
}

/**
 * Connects without ZeroMQ. `signal` destroys the connection, also later. Rejects with the system's error when connecting
 * fails, and with `ETIMEDOUT` after `timeoutMs`.
 */
export async function connectTo(address: TransportAddress, timeoutMs: number, signal?: AbortSignal): Promise<Duplex> {
  if (!('path' in address) || !address.path.startsWith('\0')) return connectBySystem(address, timeoutMs, signal)
  const { connectAbstract } = await import('./abstract-connection.ts')
  return connectAbstract(address.path.slice(1), timeoutMs, signal)
}

function connectBySystem(address: TransportAddress, timeoutMs: number, signal?: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // Whoever has lost interest must not wait for the end of it.
    const transport = connect(signal ? { ...address, signal } : address).unref()
    const timer = setTimeout(() => {
      transport.destroy(Object.assign(new Error('connecting took too long'), { code: 'ETIMEDOUT' }))
    }, timeoutMs).unref()
    const fail = (error: Error) => {
      clearTimeout(timer)
      reject(error)
    }
    transport.once('error', fail)
    transport.once('connect', () => {
      clearTimeout(timer)
      transport.off('error', fail)
      resolve(transport)
    })
  })
}
