import { randomBytes } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ProbeAnswer } from '../../shared/probe/report.ts'
import { readCommand } from '../../shared/zmq/zmtp/command.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { systemCode } from '../failures.ts'
import { keptBytes, quietMs } from '../sockets/greeting.ts'
import { isTelnet } from '../sockets/protocols.ts'
import { answerOf, cut, foreignAnswer, readyFacts } from './answers.ts'
import type { Said } from './conversation.ts'

/** ZeroMQ over WebSocket, version 2.0: the mechanism is part of the subprotocol's name. */
const subprotocols = ['ZWS2.0/NULL', 'ZWS2.0/PLAIN', 'ZWS2.0/CURVE', 'ZWS2.0']
const version = 'ZWS 2.0'
/** Servers of HTTP wait for a request; a ZeroMQ socket of tcp:// greets at once, and could take a request for a message. */
const listenMs = 60
/** Of a message of ZWS 2.0: the first byte of it are its flags. */
const commandFlag = 2
/** A READY is short. */
const longestFrame = 8192

/** Where the request goes: `127.0.0.1:5555` and `/path`. */
export interface WebSocketPlace {
  readonly host: string
  readonly path: string
}

/** Listens whether the peer speaks first. Resolves with what it says until it is quiet; null when it waits. */
function listenFirst(transport: Duplex, signal: AbortSignal): Promise<Buffer | 'closed' | null> {
  return new Promise((resolve) => {
    let first: Buffer = Buffer.alloc(0)
    let timer = setTimeout(() => settle(null), listenMs)
    const settle = (said: Buffer | 'closed' | null) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      transport.off('data', onData).off('close', onClose)
      // Stops the flow, so that nothing is lost before somebody listens again.
      transport.pause()
      resolve(said)
    }
    const onData = (data: Buffer) => {
      first = Buffer.concat([first, data]).subarray(0, keptBytes)
      clearTimeout(timer)
      if (first.length >= keptBytes) settle(first)
      else timer = setTimeout(() => settle(first), quietMs)
    }
    const onClose = () => settle(first.length > 0 ? first : 'closed')
    const onAbort = () => settle(null)
    signal.addEventListener('abort', onAbort)
    transport.on('data', onData).on('close', onClose)
  })
}

type Upgrade =
  | { readonly mechanism: string; readonly transport: Duplex; readonly head: Buffer }
  | { readonly answer: ProbeAnswer }

/** Asks for a WebSocket. */
function upgrade(transport: Duplex, { host, path }: WebSocketPlace, signal: AbortSignal): Promise<Upgrade> {
  return new Promise((resolve) => {
    const asked = request({
      createConnection: () => transport,
      path: path === '' ? '/' : path,
      headers: {
        Host: host,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
        'Sec-WebSocket-Protocol': subprotocols.join(', '),
      },
    })
    asked.on('upgrade', (response: IncomingMessage, taken, head) => {
      const chosen = String(response.headers['sec-websocket-protocol'] ?? '')
      if (subprotocols.includes(chosen)) {
        resolve({ mechanism: chosen.split('/')[1] ?? 'NULL', transport, head })
        return
      }
      taken.destroy()
      resolve({ answer: answerOf('http', { start: '“101 Switching Protocols” to something other than ZeroMQ' }) })
    })
    asked.on('response', (response) => {
      response.destroy()
      const line = `HTTP/${response.httpVersion} ${response.statusCode} ${response.statusMessage}`
      resolve({ answer: answerOf('http', { start: `“${cut(line)}”` }) })
    })
    asked.on('error', (error) => resolve({ answer: failedAnswer(error) }))
    signal.addEventListener('abort', () => resolve({ answer: answerOf('silent') }), { once: true })
    if (signal.aborted) resolve({ answer: answerOf('silent') })
    asked.end()
    // Nothing comes before the request is sent, and then there is somebody who listens.
    transport.resume()
  })
}

/** Node.js tells the bytes that are no HTTP with its error. */
function failedAnswer(error: Error): ProbeAnswer {
  const bytes: unknown = 'rawPacket' in error ? error.rawPacket : undefined
  if (bytes instanceof Uint8Array && systemCode(error)?.startsWith('HPE_'))
    return foreignAnswer(bytes.subarray(0, keptBytes))
  return answerOf('closed')
}

/** The payload of the first message in these bytes; null while it is not complete, undefined when there will be none. */
function firstMessage(bytes: Buffer): Buffer | null | undefined {
  let at = 0
  while (bytes.length >= at + 2) {
    const opcode = (bytes[at] ?? 0) & 0x0f
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const isMasked = ((bytes[at + 1] ?? 0) & 0x80) !== 0
    const start = at + (short === 126 ? 4 : 2)
    // Servers do not mask, and a READY needs no more than two bytes for its length.
    if (isMasked || short === 127 || opcode === 8) return undefined
    if (bytes.length < start) return null
    const end = start + (short === 126 ? bytes.readUInt16BE(at + 2) : short)
    if (end > longestFrame) return undefined
    if (bytes.length < end) return null
    if (opcode === 2) return bytes.subarray(start, end)
    at = end
  }
  return null
}

/** What the first message said, which is a command. */
function readyOf(message: Uint8Array): Partial<ProbeAnswer> {
  const command = ((message[0] ?? 0) & commandFlag) === 0 ? null : readCommand(message.subarray(1), 'NULL', 0)
  if (command === null || 'code' in command) return { handshake: 'unfinished' }
  if (command.kind === 'metadata') return readyFacts(command.properties)
  return command.kind === 'error' ? { handshake: 'refused', refusal: cut(command.reason) } : { handshake: 'unfinished' }
}

/** Waits for what the peer says first over the WebSocket. */
function readReady(transport: Duplex, head: Buffer, signal: AbortSignal): Promise<Partial<ProbeAnswer>> {
  return new Promise((resolve) => {
    let bytes = head
    const look = () => {
      const message = bytes.length > longestFrame ? undefined : firstMessage(bytes)
      if (message !== null) resolve(message === undefined ? { handshake: 'unfinished' } : readyOf(message))
    }
    transport.on('data', (data: Buffer) => {
      bytes = Buffer.concat([bytes, data])
      look()
    })
    transport.on('close', () => resolve({ handshake: 'closed' }))
    signal.addEventListener('abort', () => resolve({ handshake: 'unfinished' }), { once: true })
    if (signal.aborted) resolve({ handshake: 'unfinished' })
    look()
    transport.resume()
  })
}

/**
 * Asks over a connected transport for a ZeroMQ WebSocket, and listens as `converse` does. Never rejects. Destroys the
 * transport.
 */
export async function converseByWebSocket(
  transport: Duplex,
  place: WebSocketPlace,
  deadline: AbortSignal,
): Promise<Said> {
  const startNs = monotonicNanoseconds()
  const since = (from: number) => monotonicNanoseconds() - from
  transport.on('error', () => undefined)
  try {
    const first = await listenFirst(transport, deadline)
    if (first === 'closed') return { answer: answerOf('closed'), greetingNs: since(startNs), handshakeNs: null }
    if (first !== null) {
      const answer = first[0] === 0xff && !isTelnet(first) ? answerOf('zmtp') : foreignAnswer(first)
      return { answer, greetingNs: since(startNs), handshakeNs: null }
    }
    const upgraded = await upgrade(transport, place, deadline)
    const greetingNs = since(startNs)
    if ('answer' in upgraded) return { answer: upgraded.answer, greetingNs, handshakeNs: null }
    const { mechanism, head } = upgraded
    const greetedNs = monotonicNanoseconds()
    const known: Partial<ProbeAnswer> =
      mechanism === 'NULL' ? await readReady(transport, head, deadline) : { handshake: 'needs-credentials' }
    const answer = answerOf('zmtp', { version, mechanism, ...known })
    return { answer, greetingNs, handshakeNs: since(greetedNs) }
  } finally {
    transport.destroy()
  }
}
