import { Socket } from 'node:net'
import type { InspectorError } from '../../../shared/errors.ts'
import type { SocketOptions } from '../../../shared/zmq/options.ts'
import type { Command } from '../../../shared/zmq/zmtp/command.ts'
import type { Greeting } from '../../../shared/zmq/zmtp/greeting.ts'
import { revisions, type Speaks, socketTypes } from '../../../shared/zmq/zmtp/protocol.ts'
import { ZmtpReader, type ZmtpSink } from '../../../shared/zmq/zmtp/reader.ts'
import type { Violation } from '../../../shared/zmq/zmtp/violation.ts'
import { writePong } from '../../../shared/zmq/zmtp/writer.ts'
import { readyFacts } from '../../probe/answers.ts'
import type { TransportAddress } from '../../sockets/greeting.ts'
import { brokeProtocol, unfit } from './failures.ts'
import { Handshake, type WireIdentity } from './handshake.ts'
import { acceptTransport, openTransport } from './transport.ts'

export interface WireLinkPlan {
  /** Where to connect, or the connection of a peer that was accepted. */
  readonly address: TransportAddress | Socket
  readonly identity: WireIdentity
  readonly options: SocketOptions
}

/** How a connection ended before it could take messages. */
export interface NotOpened {
  /** What the peer's own words or this end told; null where that is still to be found out. */
  readonly failure: InspectorError | null
  /** What the system said; undefined where the transport was connected. */
  readonly thrown: unknown
}

/** Commands are short; of longer ones nothing is needed. */
const commandBytes = 4096

/**
 * One connection that speaks ZMTP itself: it shakes hands, answers pings, and tells what comes, frame by frame. What it
 * sends is up to its kinds. After a failure it has ended.
 */
export abstract class WireLink {
  protected readonly transport: Socket
  readonly #plan: WireLinkPlan
  readonly #reader: ZmtpReader
  readonly #handshake: Handshake
  readonly #opened: (end: NotOpened | null) => void
  #greeting: Greeting | null = null
  #speaks: Speaks = 3
  #isConnected = false
  #isOpen = false
  #hasEnded = false

  /** `opened` is told once that messages can be sent (null), or how the connection ended before. */
  constructor(plan: WireLinkPlan, opened: (end: NotOpened | null) => void) {
    this.#plan = plan
    this.#opened = opened
    this.#reader = new ZmtpReader(this.#sink(), { other: revisions.three, commandBytes })
    const read = (chunk: Uint8Array) => this.#read(chunk)
    this.transport =
      plan.address instanceof Socket ? acceptTransport(plan.address, read) : openTransport(plan.address, read)
    this.#handshake = new Handshake(plan.identity, (bytes) => this.transport.write(bytes))
    if (plan.address instanceof Socket) this.#begin()
    else this.transport.on('connect', () => this.#begin())
    this.transport.on('error', (thrown) => this.end(null, thrown))
    this.transport.on('end', () => this.end(null))
    this.transport.on('close', () => this.end(null))
  }

  protected get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Messages can be sent from now on. */
  protected abstract open(speaks: Speaks): void
  /** A frame of a message begins. */
  protected abstract frame(more: boolean, size: number): void
  /** Bytes of a frame, from `start` to `end` of what came. */
  protected payload(_chunk: Uint8Array, _start: number, _end: number): void {
    // Most need none of them.
  }
  /** Whatever frame was under way has ended. */
  protected abstract frameEnd(): void
  /** All that came at once was told. */
  protected abstract chunkEnd(): void
  /** The connection ended once messages could be sent: without a failure, it went, and the system may have said why. */
  protected abstract lose(failure: InspectorError | null, thrown?: unknown): void

  /** Ends a connection that does not become ready. */
  giveUp(): void {
    this.end(null)
  }

  /** Ends the connection; what is under way fails with `reason`. */
  close(reason: InspectorError): void {
    this.end(reason)
  }

  /** Ends it once. Without a failure, the connection went, and `thrown` is what the system said of that. */
  protected end(failure: InspectorError | null, thrown?: unknown): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.transport.destroy()
    if (this.#isOpen) this.lose(failure, thrown)
    else this.#opened({ failure, thrown: this.#isConnected ? undefined : thrown })
  }

  #begin(): void {
    this.#isConnected = true
    this.#handshake.begin()
  }

  #read(chunk: Uint8Array): void {
    if (this.#greeting === null) this.#handshake.see(chunk)
    this.#reader.read(chunk)
    this.chunkEnd()
  }

  #sink(): ZmtpSink {
    return {
      greeting: (greeting, speaks) => this.#onGreeting(greeting, speaks),
      frame: (kind, more, size) => {
        if (kind === 'message' && !this.#hasEnded) this.frame(more, size)
      },
      payload: (chunk, start, end) => this.payload(chunk, start, end),
      frameEnd: () => this.frameEnd(),
      identity: () => this.#open(),
      command: (command) => this.#onCommand(command),
      violation: (violation) => this.#onViolation(violation),
    }
  }

  #onGreeting(greeting: Greeting, speaks: Speaks): void {
    this.#greeting = greeting
    this.#speaks = speaks
    const { mechanism, socketType } = greeting
    const type = socketType === null ? null : (socketTypes[socketType] ?? null)
    const { options, identity } = this.#plan
    const failure = unfit(options, identity, { mechanism, socketType: type })
    if (failure) this.end(failure)
    else this.#handshake.greeted(greeting, speaks)
  }

  #open(): void {
    if (this.#hasEnded) return
    this.#isOpen = true
    this.open(this.#speaks)
    this.#opened(null)
  }

  #onCommand(command: Command): void {
    if (this.#hasEnded) return
    if (command.kind === 'ping') {
      this.transport.write(writePong(command.context))
      return
    }
    if (this.#isOpen) return
    const { options, identity } = this.#plan
    const known = { mechanism: this.#greeting?.mechanism ?? null }
    if (command.kind === 'error') {
      this.end(unfit(options, identity, { ...known, handshake: 'refused', refusal: command.reason }))
    } else if (this.#handshake.answer(command) && command.kind === 'metadata') {
      const failure = unfit(options, identity, { ...known, ...readyFacts(command.properties) })
      if (failure) this.end(failure)
      else this.#open()
    }
  }

  #onViolation(violation: Violation): void {
    // Before it has shaken hands it may be no ZeroMQ at all, which is found out.
    this.end(this.#isOpen ? brokeProtocol(violation) : null)
  }
}
