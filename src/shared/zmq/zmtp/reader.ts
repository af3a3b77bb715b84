import { Collector } from './collector.ts'
import { type Command, readCommand } from './command.ts'
import { type Greeting, GreetingReader } from './greeting.ts'
import { type FrameKind, frameFlags, maximumIdentityBytes, revisions, type Speaks, spokenBetween } from './protocol.ts'
import { type Violation, type ViolationCode, violation } from './violation.ts'

/**
 * What is told of one direction of a connection, in the order of its bytes. Offsets are from the beginning of the stream.
 * Chunks belong to the caller: slices are valid as long as the chunk is.
 */
export interface ZmtpSink {
  /** `speaks`: the version whose frames follow, given both ends. */
  greeting(greeting: Greeting, speaks: Speaks): void
  /** A frame begins, whose payload has `size` bytes. */
  frame(kind: FrameKind, more: boolean, size: number, offset: number): void
  /** Bytes of the payload: those of `chunk` from `start` to `end`, never none. */
  payload(chunk: Uint8Array, start: number, end: number): void
  frameEnd(): void
  /** The identity that ZMTP 1.0 and 2.0 begin with, after its frame. */
  identity(identity: Uint8Array): void
  /** What a command frame said, after its frame. */
  command(command: Command, offset: number): void
  violation(violation: Violation): void
}

export interface ReaderOptions {
  /** The revision of the other end's greeting; null while it is not known. */
  readonly other?: number | null
  /** How much is kept of a command to read it. What is longer is told by its name. */
  readonly commandBytes?: number
}

const usualCommandBytes = 65_536
/** The longest header: ZMTP 1.0's length of 9 bytes and its flags. */
const longestHeader = 10

/**
 * Reads one direction of a ZMTP connection, of any version, as its bytes come. Copies no payload but that of commands and
 * identities that span chunks, and keeps no more than `commandBytes`. Never throws, whatever the bytes are.
 */
export class ZmtpReader {
  readonly #sink: ZmtpSink
  readonly #commands: Collector
  readonly #greeting: GreetingReader
  #other: number | null
  #speaks: Speaks = 3
  #mechanism: string | null = null
  #isGreeted = false
  #isBroken = false
  /** In ZMTP 3 the first frames are commands. */
  #isHandshaking = false
  /** In ZMTP 1.0 and 2.0 the first frame is the identity. */
  #awaitsIdentity = false
  /** Of the stream, at the beginning of the chunk. */
  #base = 0
  readonly #header = new Uint8Array(longestHeader)
  #headerLength = 0
  #headerWanted = 2
  /** Of the frame under way. */
  #kind: FrameKind = 'message'
  #left = 0
  #isInFrame = false
  #payloadAt = 0

  constructor(sink: ZmtpSink, { other = null, commandBytes = usualCommandBytes }: ReaderOptions = {}) {
    this.#sink = sink
    this.#other = other
    this.#commands = new Collector(Math.max(commandBytes, maximumIdentityBytes + 1))
    this.#greeting = new GreetingReader(other)
  }

  /** How many bytes were read. */
  get offset(): number {
    return this.#base
  }

  /** Whether nothing more is read after a violation. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  /** Tells the revision of the other end's greeting, which this end adapts to. */
  tellOther(revision: number): void {
    if (this.#other !== null) return
    this.#other = revision
    this.#greeting.tellOther(revision)
    if (!this.#isGreeted && this.#greeting.greeting) this.#greet(this.#greeting.greeting, this.#base)
  }

  /** Reads the next bytes. */
  read(chunk: Uint8Array): void {
    let at = 0
    if (!this.#isGreeted) {
      at = this.#greeting.read(chunk, 0)
      const { greeting } = this.#greeting
      if (greeting) this.#greet(greeting, this.#base + at)
    }
    if (this.#isGreeted && at < chunk.length) this.#frames(chunk, at, this.#base)
    this.#base += chunk.length
  }

  /** `end`: how many bytes of the stream were taken for the greeting so far. */
  #greet(greeting: Greeting, end: number): void {
    this.#isGreeted = true
    this.#speaks = spokenBetween(greeting.revision, this.#other ?? revisions.three)
    this.#mechanism = greeting.mechanism
    this.#isHandshaking = this.#speaks === 3
    this.#awaitsIdentity = this.#speaks !== 3
    this.#sink.greeting(greeting, this.#speaks)
    for (const each of this.#greeting.violations()) this.#sink.violation(each)
    const { rest } = this.#greeting
    if (rest.length > 0) this.#frames(rest, 0, end - rest.length)
  }

  /** `base`: the offset of the chunk in the stream. */
  #frames(chunk: Uint8Array, start: number, base: number): void {
    const sink = this.#sink
    const end = chunk.length
    let at = start
    while (at < end && !this.#isBroken) {
      if (this.#left > 0) {
        at = this.#pass(chunk, at)
        continue
      }
      // The usual frame, which is whole in this chunk: short, no command, and without a word about anything.
      if (
        this.#headerLength === 0 &&
        at + 1 < end &&
        this.#speaks !== 1 &&
        !this.#isHandshaking &&
        !this.#awaitsIdentity
      ) {
        const flags = chunk[at] ?? 0
        const size = chunk[at + 1] ?? 0
        const next = at + 2 + size
        if (flags <= frameFlags.more && next <= end) {
          sink.frame('message', flags !== 0, size, base + at)
          if (size > 0) sink.payload(chunk, at + 2, next)
          sink.frameEnd()
          at = next
          continue
        }
      }
      at = this.#readHeader(chunk, at, base)
    }
  }

  #pass(chunk: Uint8Array, at: number): number {
    const end = Math.min(chunk.length, at + this.#left)
    if (this.#kind !== 'message') this.#commands.add(chunk, at, end)
    this.#sink.payload(chunk, at, end)
    this.#left -= end - at
    if (this.#left === 0) this.#endFrame()
    return end
  }

  #readHeader(chunk: Uint8Array, start: number, base: number): number {
    let at = start
    const header = this.#header
    while (at < chunk.length) {
      header[this.#headerLength] = chunk[at] ?? 0
      this.#headerLength += 1
      at += 1
      if (this.#headerLength === 1) this.#headerWanted = this.#wanted(header[0] ?? 0)
      if (this.#headerLength < this.#headerWanted) continue
      const offset = base + at - this.#headerLength
      this.#headerLength = 0
      this.#begin(offset, base + at)
      return at
    }
    return at
  }

  #wanted(first: number): number {
    if (this.#speaks === 1) return first === 0xff ? longestHeader : 2
    return (first & frameFlags.long) === 0 ? 2 : 9
  }

  /** `offset` of the frame's header, `payloadAt` of what follows it. */
  #begin(offset: number, payloadAt: number): void {
    const isOldest = this.#speaks === 1
    const isLong = this.#headerWanted > 2
    const flags = this.#header[isOldest ? this.#headerWanted - 1 : 0] ?? 0
    const length = isLong ? this.#longSize() : (this.#header[isOldest ? 0 : 1] ?? 0)
    if (length > Number.MAX_SAFE_INTEGER || (isOldest && length === 0)) {
      if (length === 0) this.#break('empty-length', offset)
      else this.#break('frame-size', offset + 1)
      return
    }
    const size = isOldest ? length - 1 : length
    const isCommand = this.#speaks === 3 && (flags & frameFlags.command) !== 0
    const more = (flags & frameFlags.more) !== 0
    this.#kind = isCommand ? 'command' : this.#awaitsIdentity ? 'identity' : 'message'
    this.#left = size
    this.#isInFrame = true
    this.#payloadAt = payloadAt
    this.#checkFlags(flags, more, size, isOldest ? payloadAt - 1 : offset, offset)
    if (this.#kind !== 'message') this.#commands.begin(size)
    this.#sink.frame(this.#kind, more, size, offset)
    if (size === 0) this.#endFrame()
  }

  #longSize(): number {
    let size = 0
    for (let index = 1; index <= 8; index += 1) size = size * 256 + (this.#header[index] ?? 0)
    return size
  }

  #checkFlags(flags: number, more: boolean, size: number, flagsAt: number, offset: number): void {
    if (this.#kind === 'identity') {
      // What is a signature since ZMTP 2.0 has flags to ZMTP 1.0 that mean nothing.
      const isSignature = this.#speaks === 1 && flags === 0x7f
      if (more && !isSignature) this.#tell('identity-more', flagsAt)
      if (size > maximumIdentityBytes) this.#tell('identity-size', offset)
      if (isSignature) return
    }
    const known = this.#speaks === 1 ? frameFlags.more : this.#speaks === 2 ? 3 : 7
    if ((flags & ~known) !== 0) this.#tell('reserved-flags', flagsAt)
    if (this.#kind === 'command' && more) this.#tell('command-more', flagsAt)
    if (this.#kind === 'message' && this.#isHandshaking) this.#tell('early-message', offset)
    this.#isHandshaking = false
  }

  #endFrame(): void {
    this.#isInFrame = false
    this.#sink.frameEnd()
    if (this.#kind === 'command') {
      const { bytes, isCut } = this.#commands
      const read = readCommand(bytes, this.#mechanism, this.#payloadAt, isCut)
      if ('code' in read) this.#sink.violation(read)
      else this.#sink.command(read, this.#payloadAt)
    } else if (this.#kind === 'identity') {
      this.#awaitsIdentity = false
      this.#sink.identity(this.#commands.bytes.subarray(0, maximumIdentityBytes))
    }
    // What was collected is not kept longer than needed.
    if (this.#kind !== 'message') this.#commands.begin(0)
  }

  /** Whether bytes of a frame are missing, for whoever sees the stream end. */
  get isInFrame(): boolean {
    return this.#isInFrame || this.#headerLength > 0
  }

  #tell(code: ViolationCode, offset: number): void {
    this.#sink.violation(violation(code, offset))
  }

  #break(code: ViolationCode, offset: number): void {
    this.#isBroken = true
    this.#tell(code, offset)
  }
}

/** A sink that ignores everything, to build others upon. */
export const ignoring: ZmtpSink = {
  greeting: () => undefined,
  frame: () => undefined,
  payload: () => undefined,
  frameEnd: () => undefined,
  identity: () => undefined,
  command: () => undefined,
  violation: () => undefined,
}
