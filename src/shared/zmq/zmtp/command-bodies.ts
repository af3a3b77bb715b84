import type { Command, Property } from './command.ts'

/** Where a body is not as it should be, within it. */
export class BodyFault extends Error {
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
export class Body {
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

/** What reads the body of a command of this name; undefined for names that are not known. */
export function readerOf(name: string, mechanism: string | null): ReadBody | undefined {
  const own = mechanism !== null && Object.hasOwn(ofMechanism, mechanism) ? ofMechanism[mechanism] : undefined
  if (own && Object.hasOwn(own, name)) return own[name]
  return Object.hasOwn(always, name) ? always[name] : undefined
}
