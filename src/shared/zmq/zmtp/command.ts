import { asciiText } from '../../utf8.ts'
import { Body, BodyFault, readerOf } from './command-bodies.ts'
import { type Violation, violation } from './violation.ts'

/** A property of a socket's metadata, such as `Socket-Type`. */
export interface Property {
  readonly name: string
  readonly value: Uint8Array
}

/** A command as its bytes tell it. Bytes are slices of the frame. */
export type Command =
  /** READY and INITIATE of NULL and PLAIN. */
  | { readonly kind: 'metadata'; readonly name: 'READY' | 'INITIATE'; readonly properties: readonly Property[] }
  | { readonly kind: 'error'; readonly name: 'ERROR'; readonly reason: string }
  | { readonly kind: 'subscription'; readonly name: 'SUBSCRIBE' | 'CANCEL'; readonly topic: Uint8Array }
  | { readonly kind: 'group'; readonly name: 'JOIN' | 'LEAVE'; readonly group: Uint8Array }
  /** `lifetimeMs`: after how long without traffic the sender may be given up; 0 for ever. */
  | { readonly kind: 'ping'; readonly name: 'PING'; readonly lifetimeMs: number; readonly context: Uint8Array }
  | { readonly kind: 'pong'; readonly name: 'PONG'; readonly context: Uint8Array }
  /** Of PLAIN. The password is not told, only how long it is. */
  | { readonly kind: 'plain-hello'; readonly name: 'HELLO'; readonly user: Uint8Array; readonly passwordBytes: number }
  | { readonly kind: 'plain-welcome'; readonly name: 'WELCOME' }
  /** Of CURVE: the client's key of this connection. */
  | {
      readonly kind: 'curve-hello'
      readonly name: 'HELLO'
      readonly major: number
      readonly minor: number
      readonly clientKey: Uint8Array
      readonly nonce: Uint8Array
    }
  | { readonly kind: 'curve-welcome'; readonly name: 'WELCOME'; readonly nonce: Uint8Array }
  | {
      readonly kind: 'curve-initiate'
      readonly name: 'INITIATE'
      readonly cookie: Uint8Array
      readonly nonce: Uint8Array
    }
  | { readonly kind: 'curve-ready'; readonly name: 'READY'; readonly nonce: Uint8Array }
  /** Of CURVE. `plainBytes`: how long the flags and the frame in it are together. */
  | {
      readonly kind: 'curve-message'
      readonly name: 'MESSAGE'
      readonly nonce: Uint8Array
      readonly plainBytes: number
    }
  /** Any other, and what is longer than was kept of it. */
  | { readonly kind: 'other'; readonly name: string; readonly body: Uint8Array; readonly isCut: boolean }

/** What libzmq's PLAIN sends for ERROR: its C source has an escape too long, so `\x5E` stands for the length and the E. */
const brokenError = [0x5e, 0x52, 0x52, 0x4f, 0x52]

const isBrokenError = (frame: Uint8Array): boolean => brokenError.every((byte, index) => frame[index] === byte)

const isName = (bytes: Uint8Array): boolean => bytes.length > 0 && bytes.every((byte) => byte > 0x20 && byte < 0x7f)

/**
 * Reads the payload of a command frame. `at`: its offset in the stream. `isCut`: more of it was there than was kept. CURVE
 * sends MESSAGE as a message frame, whose payload can be read with this, too.
 */
export function readCommand(
  frame: Uint8Array,
  mechanism: string | null,
  at: number,
  isCut = false,
): Command | Violation {
  const nameBytes = isBrokenError(frame) ? brokenError.length - 1 : (frame[0] ?? 0)
  const named = frame.subarray(1, 1 + nameBytes)
  if (named.length < nameBytes || !isName(named)) return violation('command-name', at)
  const name = isBrokenError(frame) ? 'ERROR' : asciiText(named)
  const body = frame.subarray(1 + nameBytes)
  const read = readerOf(name, mechanism)
  if (!read || isCut) return { kind: 'other', name, body, isCut }
  try {
    return read(new Body(body))
  } catch (thrown) {
    if (!(thrown instanceof BodyFault)) throw thrown
    return violation('command-body', at + 1 + nameBytes + thrown.at)
  }
}
