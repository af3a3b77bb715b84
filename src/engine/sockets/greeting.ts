import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Finding, finding } from '../../shared/diagnosis/diagnosis.ts'
import { foreignProtocols } from '../../shared/probe/protocols.ts'
import { writeSignature } from '../../shared/zmq/zmtp/greeting.ts'
import { describeStart, isTelnet, recognize } from './protocols.ts'

/** What a port says to the start of a ZMTP greeting. */
export type Greeting =
  /** ZMTP 1.0 or 2.0. */
  | { readonly protocol: 'older' }
  /** ZMTP 3. */
  | { readonly protocol: 'current' }
  | { readonly protocol: 'none'; readonly finding: Finding }

/** The first ten bytes of every greeting since ZMTP 2.0: what libzmq sends at once. */
const signature = writeSignature()
/** Revision 3: ZMTP 3.x. */
const currentRevision = 3
/** HTTP, Redis and others answer a whole line only. */
export const emptyLine = '\r\n\r\n'
export const lineAfterMs = 250
const longestMs = 1000
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

/** Listens to what comes on a connected transport. Never rejects. Resolves within a second. */
function listen(transport: Duplex): Promise<Greeting> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0)
    let quiet: NodeJS.Timeout | undefined
    const timers = [
      setTimeout(() => {
        if (received.length === 0 && transport.writable) transport.write(emptyLine)
      }, lineAfterMs).unref(),
      setTimeout(() => end(received.length > 0), longestMs).unref(),
    ]
    const settle = (greeting: Greeting) => {
      for (const timer of [...timers, quiet]) clearTimeout(timer)
      transport.destroy()
      resolve(greeting)
    }
    const end = (ended: boolean) =>
      settle(readGreeting(received, ended) ?? { protocol: 'none', finding: finding('silent-peer') })
    transport.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]).subarray(0, keptBytes)
      const greeting = readGreeting(received, false)
      if (greeting) return settle(greeting)
      clearTimeout(quiet)
      if (!mayGoOn(received)) quiet = setTimeout(() => end(true), quietMs).unref()
    })
    transport.on('error', () => end(true))
    transport.on('close', () => end(true))
    transport.write(signature)
  })
}

/** Where to connect, and from where: a host and port, or the path of a UNIX socket, an abstract one behind a NUL. */
export type TransportAddress =
  | { readonly host: string; readonly port: number; readonly localAddress?: string; readonly localPort?: number }
  | { readonly path: string }

/**
 * Connects without ZeroMQ, greets, and says what answers. The connection is closed again within a second. Rejects with
 * the system's error when connecting fails, and with `ETIMEDOUT` after `timeoutMs`.
 */
export async function greet(address: TransportAddress, timeoutMs: number): Promise<Greeting> {
  return listen(await connectTo(address, timeoutMs))
}

/** Connects, and closes the connection at once. Rejects as `greet` does. */
export async function knock(address: TransportAddress, timeoutMs: number): Promise<void> {
  const transport = await connectTo(address, timeoutMs)
  transport.destroy()
}

/** Connects without ZeroMQ. `signal` destroys the connection, also later. Rejects as `greet` does. */
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
