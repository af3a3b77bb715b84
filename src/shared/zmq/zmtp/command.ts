import { asciiText } from '../../utf8.ts'
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

/** Where a body is not as it should be, within it. */
class BodyFault extends Error {
  constructor(readonly at: number) {
    super('the body of a command is malformed')
  }
}

/** Bytes that a box has more than what is in it. */
const boxBytes = 16
const nonceBytes = 8
const longNonceBytes = 16
const keyBytes = 32

/** Reads a body from its beginning. Throws `BodyFault` where it ends too early. */
class Body {
  at = 0

  constructor(readonly bytes: Uint8Array) {}

  take(count: number): Uint8Array {
    const end = this.at + count
    if (end > this.bytes.length) throw new BodyFault(this.bytes.length)
    const taken = this.bytes.subarray(this.at, end)
    this.at = end
    return taken
  }

  number(bytes: 1 | 2 | 4): number {
    let value = 0
    for (const byte of this.take(bytes)) value = value * 256 + byte
    return value
  }

  rest(): Uint8Array {
    return this.take(this.bytes.length - this.at)
  }

  /** At least `count` bytes, and all that follow. */
  atLeast(count: number): void {
    if (this.bytes.length - this.at < count) throw new BodyFault(this.bytes.length)
    this.at = this.bytes.length
  }

  end(): void {
    if (this.at < this.bytes.length) throw new BodyFault(this.at)
  }
}

const propertyName = /^[A-Za-z0-9._+-]+$/

function properties(body: Body): readonly Property[] {
  const found: Property[] = []
  while (body.at < body.bytes.length) {
    const start = body.at
    const name = latin(body.take(body.number(1)))
    if (!propertyName.test(name)) throw new BodyFault(start)
    found.push({ name, value: body.take(body.number(4)) })
  }
  return found
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes)

function plainHello(body: Body): Command {
  const user = body.take(body.number(1))
  const passwordBytes = body.take(body.number(1)).length
  body.end()
  return { kind: 'plain-hello', name: 'HELLO', user, passwordBytes }
}

function curveHello(body: Body): Command {
  const [major, minor] = [body.number(1), body.number(1)]
  // Against amplification: filled up to be longer than its answer.
  body.take(72)
  const clientKey = body.take(keyBytes)
  const nonce = body.take(nonceBytes)
  body.take(64 + boxBytes)
  body.end()
  return { kind: 'curve-hello', name: 'HELLO', major, minor, clientKey, nonce }
}

function curveWelcome(body: Body): Command {
  const nonce = body.take(longNonceBytes)
  body.take(128 + boxBytes)
  body.end()
  return { kind: 'curve-welcome', name: 'WELCOME', nonce }
}

function curveInitiate(body: Body): Command {
  const cookie = body.take(96)
  const nonce = body.take(nonceBytes)
  body.atLeast(128 + boxBytes)
  return { kind: 'curve-initiate', name: 'INITIATE', cookie, nonce }
}

function curveReady(body: Body): Command {
  const nonce = body.take(nonceBytes)
  body.atLeast(boxBytes)
  return { kind: 'curve-ready', name: 'READY', nonce }
}

function curveMessage(body: Body): Command {
  const nonce = body.take(nonceBytes)
  const plainBytes = body.bytes.length - body.at - boxBytes
  body.atLeast(boxBytes + 1)
  return { kind: 'curve-message', name: 'MESSAGE', nonce, plainBytes }
}

const metadata =
  (name: 'READY' | 'INITIATE') =>
  (body: Body): Command => ({ kind: 'metadata', name, properties: properties(body) })

const subscription =
  (name: 'SUBSCRIBE' | 'CANCEL') =>
  (body: Body): Command => ({ kind: 'subscription', name, topic: body.rest() })

const group =
  (name: 'JOIN' | 'LEAVE') =>
  (body: Body): Command => ({ kind: 'group', name, group: body.rest() })

function error(body: Body): Command {
  const reason = latin(body.take(body.number(1)))
  body.end()
  return { kind: 'error', name: 'ERROR', reason }
}

function ping(body: Body): Command {
  const lifetimeMs = body.number(2) * 100
  const context = body.rest()
  if (context.length > 16) throw new BodyFault(18)
  return { kind: 'ping', name: 'PING', lifetimeMs, context }
}

type ReadBody = (body: Body) => Command

const always: Readonly<Record<string, ReadBody>> = {
  ERROR: error,
  SUBSCRIBE: subscription('SUBSCRIBE'),
  CANCEL: subscription('CANCEL'),
  JOIN: group('JOIN'),
  LEAVE: group('LEAVE'),
  PING: ping,
  PONG: (body) => ({ kind: 'pong', name: 'PONG', context: body.rest() }),
}

/** The commands of each mechanism. */
const ofMechanism: Readonly<Record<string, Readonly<Record<string, ReadBody>>>> = {
  NULL: { READY: metadata('READY') },
  PLAIN: {
    HELLO: plainHello,
    WELCOME: (body) => {
      body.end()
      return { kind: 'plain-welcome', name: 'WELCOME' }
    },
    INITIATE: metadata('INITIATE'),
    READY: metadata('READY'),
  },
  CURVE: {
    HELLO: curveHello,
    WELCOME: curveWelcome,
    INITIATE: curveInitiate,
    READY: curveReady,
    MESSAGE: curveMessage,
  },
}

function readerOf(name: string, mechanism: string | null): ReadBody | undefined {
  const own = mechanism !== null && Object.hasOwn(ofMechanism, mechanism) ? ofMechanism[mechanism] : undefined
  if (own && Object.hasOwn(own, name)) return own[name]
  return Object.hasOwn(always, name) ? always[name] : undefined
}

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
