import { patterns } from '../../../shared/zmq/patterns.ts'
import type { SecurityKind } from '../../../shared/zmq/security.ts'
import type { Command } from '../../../shared/zmq/zmtp/command.ts'
import { type Greeting, writeGreeting3, writeSignature } from '../../../shared/zmq/zmtp/greeting.ts'
import {
  greetingBytes3,
  revisions,
  type Speaks,
  signatureBytes,
  socketTypes,
} from '../../../shared/zmq/zmtp/protocol.ts'
import { writeFrame, writeMetadata, writePlainHello } from '../../../shared/zmq/zmtp/writer.ts'

/** The kinds of sockets that the lab speaks for. */
export type WirePattern = 'req' | 'dealer' | 'router' | 'push' | 'pull'

/** Who connects. PLAIN's user and password are there where `kind` is `plain-client`. */
export interface WireIdentity {
  readonly pattern: WirePattern
  readonly routingId: Uint8Array
  readonly kind: SecurityKind
  readonly user: Uint8Array
  readonly password: Uint8Array
}

/**
 * What a socket says until its peer takes requests, byte for byte and in the same pieces as libzmq's: an older peer is only
 * told what it knows.
 */
export class Handshake {
  readonly #first = new Uint8Array(signatureBytes + 1)
  #seen = 0
  #sent = 0
  #awaits: 'WELCOME' | 'READY' = 'READY'

  constructor(
    private readonly identity: WireIdentity,
    private readonly write: (bytes: Uint8Array) => void,
  ) {}

  begin(): void {
    this.write(writeSignature(this.identity.routingId.length))
    this.#sent = signatureBytes
  }

  /** Bytes of the peer that came before its greeting was complete: it goes on only as this end does. */
  see(chunk: Uint8Array): void {
    const taken = chunk.subarray(0, this.#first.length - this.#seen)
    this.#first.set(taken, this.#seen)
    this.#seen += taken.length
    const [first = 0] = this.#first
    const lengthEnd = this.#first[signatureBytes - 1] ?? 0
    if (this.#seen < signatureBytes || first !== 0xff || (lengthEnd & 1) === 0) return
    this.#greetUpTo(signatureBytes + 1)
    const isCurrent = this.#seen > signatureBytes && (this.#first[signatureBytes] ?? 0) > revisions.two
    if (isCurrent) this.#greetUpTo(greetingBytes3)
  }

  /** The peer's greeting is complete, and its mechanism is that of this end. */
  greeted(greeting: Greeting, speaks: Speaks): void {
    const { routingId, kind, user, password } = this.identity
    if (speaks === 3) {
      this.#awaits = kind === 'plain-client' ? 'WELCOME' : 'READY'
      this.write(kind === 'plain-client' ? writePlainHello(user, password) : this.#metadata('READY'))
    } else if (greeting.revision === revisions.unversioned) {
      // To ZMTP 1.0 the signature was the beginning of this.
      if (routingId.length > 0) this.write(routingId)
    } else {
      this.write(Uint8Array.of(socketTypes.indexOf(patterns[this.identity.pattern].label)))
      this.write(writeFrame(speaks, 'identity', false, routingId))
    }
  }

  /** Answers a command of the handshake. Returns whether that was the peer's turn to say it. */
  answer(command: Command): boolean {
    if (command.name !== this.#awaits) return false
    if (command.kind === 'plain-welcome') {
      this.#awaits = 'READY'
      this.write(this.#metadata('INITIATE'))
    }
    return true
  }

  #metadata(name: 'READY' | 'INITIATE'): Uint8Array {
    const { pattern, routingId } = this.identity
    // libzmq tells the name of those that a ROUTER may answer.
    const named = pattern === 'push' || pattern === 'pull' ? [] : [{ name: 'Identity', value: routingId }]
    return writeMetadata(name, [{ name: 'Socket-Type', value: Buffer.from(patterns[pattern].label) }, ...named])
  }

  /** Sends the greeting of ZMTP 3 as far as to this byte, if that was not sent. */
  #greetUpTo(end: number): void {
    if (this.#sent >= end) return
    this.write(writeGreeting3(this.identity.kind === 'plain-client' ? 'PLAIN' : 'NULL').subarray(this.#sent, end))
    this.#sent = end
  }
}
