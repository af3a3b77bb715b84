import type { Duplex } from 'node:stream'
import type { ProbeAnswer } from '../../shared/probe/report.ts'
import type { Command } from '../../shared/zmq/zmtp/command.ts'
import { type Greeting, writeGreeting3, writeSignature } from '../../shared/zmq/zmtp/greeting.ts'
import { greetingBytes3, revisions, type Speaks, signatureBytes, socketTypes } from '../../shared/zmq/zmtp/protocol.ts'
import { ignoring, ZmtpReader } from '../../shared/zmq/zmtp/reader.ts'
import { writeFrame, writeMetadata } from '../../shared/zmq/zmtp/writer.ts'
import { monotonicNanoseconds } from '../clock.ts'
import { emptyLine, keptBytes, lineAfterMs, mayGoOn, quietMs, readGreeting } from '../sockets/greeting.ts'
import { answerOf, cut, foreignAnswer, identityOf, readyFacts } from './answers.ts'

/** What a peer said, and how long it took. */
export interface Said {
  readonly answer: ProbeAnswer
  /** From the connection to the end of the greeting, or of what came in its place. */
  readonly greetingNs: number
  /** From there to the end; null where there is no handshake. */
  readonly handshakeNs: number | null
}

/**
 * A peer that has greeted and says nothing for so long may wait for what comes next: libzmq does not, unless it waits for
 * its authenticator. It gets the rest of the greeting, and then a READY.
 */
const patienceMs = 400
/** A PUB: to most it is of the wrong type, and nobody sends one anything but subscriptions. */
const own = 'PUB'
/** Types of ZMTP 2.0 that give a message to whoever is connected. They get no word more than the signature. */
const givesMessages: ReadonlySet<string> = new Set(['PUSH', 'DEALER', 'REQ', 'PAIR'])

/** Who has sent more than this and not said what it is will not say it. */
const mostBytes = 131_072

const nothing = new Uint8Array(0)

/**
 * Greets over a connected transport as libzmq does, and listens as far as the peer goes by itself: as long as it gets no
 * READY, it does not count this connection as a peer, and sends and receives no message. `connectNs`: how long connecting
 * took, which tells how far away it is. Resolves when nothing more is to be learned, at the latest when `deadline` is
 * aborted. Never rejects. Destroys the transport.
 */
export function converse(transport: Duplex, deadline: AbortSignal, connectNs: number): Promise<Said> {
  return new Promise((resolve) => {
    const conversation = new Conversation(transport, resolve, connectNs)
    if (deadline.aborted) conversation.end(false)
    else deadline.addEventListener('abort', () => conversation.end(false), { once: true })
  })
}

class Conversation {
  #first: Buffer = Buffer.alloc(0)
  #sent = 0
  #greetedNs: number | null = null
  #greeting: Greeting | null = null
  #isOver = false
  #quiet: NodeJS.Timeout | undefined
  readonly #startNs = monotonicNanoseconds()
  readonly #line: NodeJS.Timeout
  readonly #reader = new ZmtpReader(
    {
      ...ignoring,
      greeting: (greeting, speaks) => this.#onGreeting(greeting, speaks),
      identity: (identity) => this.#onIdentity(identity),
      command: (command) => this.#onCommand(command),
    },
    { other: revisions.three, commandBytes: mostBytes },
  )

  constructor(
    private readonly transport: Duplex,
    private readonly resolve: (said: Said) => void,
    connectNs: number,
  ) {
    transport.on('data', (data: Buffer) => this.#onData(data))
    transport.on('error', () => this.end(true))
    transport.on('close', () => this.end(true))
    transport.on('end', () => this.end(true))
    // A peer far away answers later.
    const lineMs = Math.max(lineAfterMs, (3 * connectNs) / 1e6)
    this.#line = setTimeout(() => {
      if (this.#first.length === 0) this.#write(Buffer.from(emptyLine))
    }, lineMs).unref()
    this.#write(writeSignature())
    this.#sent = signatureBytes
  }

  /** Ends with what is known. `closed`: by the peer. */
  end(closed: boolean): void {
    this.#conclude(this.#greeting ? this.#greeted(this.#greeting, closed) : this.#ungreeted(closed))
  }

  #greeted(greeting: Greeting, closed: boolean): ProbeAnswer {
    if (greeting.revision < revisions.three) return answerTo(greeting)
    return answerTo(greeting, { handshake: closed ? 'closed' : 'unfinished' })
  }

  #ungreeted(closed: boolean): ProbeAnswer {
    const first = this.#first
    if (first.length === 0) return answerOf(closed ? 'closed' : 'silent')
    const read = readGreeting(first, true)
    if (read?.protocol === 'older') return oldest(first)
    const isHalf = read?.protocol === 'current' || read?.finding.diagnosis === 'greeting-unfinished'
    return isHalf ? answerOf('unfinished') : foreignAnswer(first)
  }

  #onData(data: Buffer): void {
    if (this.#isOver) return
    if (this.#first.length < keptBytes) this.#first = Buffer.concat([this.#first, data]).subarray(0, keptBytes)
    const first = this.#first
    if (first[0] === 0xff && mayGoOn(first)) this.#onZmtp(data)
    else this.#onOther(first)
  }

  #onZmtp(data: Buffer): void {
    // The revision is told once the peer has shown that it knows of it, as libzmq does.
    const last = this.#first[signatureBytes - 1]
    const knowsRevisions = last !== undefined && (last & 1) === 1
    if (knowsRevisions && this.#sent === signatureBytes) this.#greetUpTo(signatureBytes + 1)
    this.#reader.read(data)
    if (this.#reader.offset > mostBytes || this.#reader.isBroken) this.end(false)
    else if (this.#greeting === null && knowsRevisions) this.#goOnAfter(() => this.#greetUpTo(greetingBytes3))
  }

  /** ZMTP 1.0, or another protocol. */
  #onOther(first: Buffer): void {
    const read = readGreeting(first, first.length >= keptBytes)
    if (read) this.#conclude(read.protocol === 'older' ? oldest(first) : foreignAnswer(first))
    else if (!mayGoOn(first)) this.#endWhenQuiet(quietMs)
  }

  #onGreeting(greeting: Greeting, speaks: Speaks): void {
    this.#greeting = greeting
    this.#greetedNs = monotonicNanoseconds()
    clearTimeout(this.#line)
    clearTimeout(this.#quiet)
    // The identity of ZMTP 1.0 follows by itself.
    if (greeting.revision === revisions.unversioned) return
    if (speaks !== 3) {
      this.#answerOlder(greeting, speaks)
    } else if (greeting.mechanism === 'NULL') {
      this.#greetUpTo(greetingBytes3)
      this.#goOnAfter(() => this.#write(writeMetadata('READY', [{ name: 'Socket-Type', value: Buffer.from(own) }])))
    } else {
      this.#conclude(answerTo(greeting, { handshake: 'needs-credentials' }))
    }
  }

  #answerOlder({ socketType }: Greeting, speaks: Speaks): void {
    const type = socketTypes[socketType ?? -1]
    const isSafe = type !== undefined && !givesMessages.has(type)
    if (isSafe) this.#write(Buffer.concat([Uint8Array.of(socketTypes.indexOf(own)), anonymous(speaks)]))
    this.#endWhenQuiet(isSafe ? patienceMs : quietMs)
  }

  #onIdentity(identity: Uint8Array): void {
    this.#settle({ identity: identityOf(identity) })
  }

  #onCommand(command: Command): void {
    if (command.kind === 'metadata') this.#settle(readyFacts(command.properties))
    else if (command.kind === 'error') this.#settle({ handshake: 'refused', refusal: cut(command.reason) })
  }

  /** Sends the greeting of ZMTP 3 as far as to this byte, if that was not sent. */
  #greetUpTo(end: number): void {
    if (this.#sent >= end) return
    this.#write(writeGreeting3('NULL').subarray(this.#sent, end))
    this.#sent = end
  }

  #write(bytes: Uint8Array): void {
    if (this.transport.writable) this.transport.write(bytes)
  }

  #goOnAfter(act: () => void): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(act, patienceMs).unref()
  }

  #endWhenQuiet(afterMs: number): void {
    clearTimeout(this.#quiet)
    this.#quiet = setTimeout(() => this.end(false), afterMs).unref()
  }

  /** Ends with what the greeting said, and this. */
  #settle(known: Partial<ProbeAnswer>): void {
    if (this.#greeting) this.#conclude(answerTo(this.#greeting, known))
  }

  #conclude(answer: ProbeAnswer): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#line)
    clearTimeout(this.#quiet)
    this.transport.destroy()
    const now = monotonicNanoseconds()
    const greeted = this.#greetedNs
    this.resolve({
      answer,
      greetingNs: (greeted ?? now) - this.#startNs,
      handshakeNs: greeted === null || answer.handshake === 'none' ? null : now - greeted,
    })
  }
}

/** What a greeting said, with what is known beside it. */
function answerTo(greeting: Greeting, known: Partial<ProbeAnswer> = {}): ProbeAnswer {
  const { revision, minor, mechanism, asServer, socketType } = greeting
  const isOldest = revision < revisions.two
  return answerOf('zmtp', {
    version: isOldest ? '1.0' : revision === revisions.two ? '2.0' : `${Math.max(revision, revisions.three)}.${minor}`,
    mechanism: mechanism === null ? null : cut(mechanism),
    asServer,
    socketType: isOldest || socketType === null ? null : (socketTypes[socketType] ?? null),
    ...known,
  })
}

/** ZMTP 1.0, which begins with its identity: the length of it, flags, and itself. */
const oldest = (first: Uint8Array): ProbeAnswer =>
  answerOf('zmtp', { version: '1.0', identity: identityOf(first[0] === 0xff ? nothing : first.subarray(2)) })

const anonymous = (speaks: Speaks): Uint8Array => writeFrame(speaks, 'identity', false, nothing)
