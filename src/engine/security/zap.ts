import { z85 } from '../../shared/codecs/z85.ts'
import type { Frame } from '../../shared/message.ts'
import { decodeUtf8 } from '../../shared/utf8.ts'

/** A request to an authenticator, as RFC 27 (ZAP) describes it. */
export interface ZapRequest {
  /** What its answer must return. */
  readonly id: Frame
  readonly domain: string
  /** An IP address, or `localhost:USER:GROUP:PROCESS` over ipc. */
  readonly address: string
  readonly mechanism: 'NULL' | 'PLAIN' | 'CURVE'
  /** With PLAIN. */
  readonly user: string | null
  /** With PLAIN. */
  readonly password: string | null
  /** The client's public key in Z85, with CURVE. */
  readonly key: string | null
}

export const zapEndpoint = 'inproc://zeromq.zap.01'
const version = Buffer.from('1.0')
const keyBytes = 32

const textOf = (frame: Frame | undefined): string =>
  frame ? (decodeUtf8(frame) ?? Buffer.from(frame).toString('latin1')) : ''

/** Reads what libzmq asks. `frames` without the envelope. Null for anything else. */
export function readZapRequest(frames: readonly Frame[]): ZapRequest | null {
  const [asked, id, domain, address, , mechanism, ...credentials] = frames
  if (!asked || !id || textOf(asked) !== '1.0') return null
  const name = textOf(mechanism)
  const facts = { id, domain: textOf(domain), address: textOf(address) }
  const [first, second] = credentials
  switch (name) {
    case 'NULL':
      return { ...facts, mechanism: name, user: null, password: null, key: null }
    case 'PLAIN':
      return { ...facts, mechanism: name, user: textOf(first), password: textOf(second), key: null }
    case 'CURVE':
      if (first?.byteLength !== keyBytes) return null
      return { ...facts, mechanism: name, user: null, password: null, key: z85.decode(first) }
    default:
      return null
  }
}

/** The frames of an answer, without the envelope. libzmq tells nobody the text. */
export const zapReply = ({ id }: ZapRequest, status: string, text: string): Frame[] => [
  version,
  id,
  Buffer.from(status),
  Buffer.from(text),
  Buffer.alloc(0),
  Buffer.alloc(0),
]

/** An answer that breaks RFC 27: its metadata and user id are missing. */
export const malformedZapReply = ({ id }: ZapRequest): Frame[] => [version, id, Buffer.from('200')]
