import { greetingBytes2, greetingBytes3, mechanismBytes, revisions, signatureBytes } from './protocol.ts'
import { type Violation, violation } from './violation.ts'

/** How one end of a connection begins. What its version does not have is null. */
export interface Greeting {
  /** ZMTP 1.0 begins without a greeting: -1. Then as the greeting says: 0 for 1.0, 1 for 2.0, 3 for 3.x. */
  readonly revision: number
  /** ZMTP 3: its minor version. */
  readonly minor: number | null
  /** ZMTP 3: the name of the security mechanism. */
  readonly mechanism: string | null
  /** ZMTP 3: whether it is the server of its mechanism. libzmq says no even where it is. */
  readonly asServer: boolean | null
  /** ZMTP 2.0: the number of the socket type. */
  readonly socketType: number | null
  /** How many bytes it took. */
  readonly bytes: number
}

const mechanismStart = 12
const asServerAt = 32

const noGreeting: Greeting = {
  revision: revisions.unversioned,
  minor: null,
  mechanism: null,
  asServer: null,
  socketType: null,
  bytes: 0,
}

/** The characters of a mechanism's name: RFC 37. */
const isOfName = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2d ||
  byte === 0x5f ||
  byte === 0x2e ||
  byte === 0x2b

/**
 * Reads the greeting at the beginning of one direction, and keeps at most 64 bytes. How long it is depends on the other
 * end, too: whoever meets an older one goes on as that one does. As long as nobody has told what the other end is,
 * bytes that may be either are held; with all 64 here it is ZMTP 3.
 */
export class GreetingReader {
  readonly #held = new Uint8Array(greetingBytes3)
  #length = 0
  #other: number | null
  #greeting: Greeting | null = null

  /** `other`: the revision of the other end, null while it is not known. */
  constructor(other: number | null) {
    this.#other = other
  }

  /** Null while it is not complete. */
  get greeting(): Greeting | null {
    return this.#greeting
  }

  /** The bytes that were held and are not part of the greeting. */
  get rest(): Uint8Array {
    return this.#held.subarray(this.#greeting?.bytes ?? 0, this.#length)
  }

  /** Takes what it needs of a chunk. Returns where it stopped. */
  read(chunk: Uint8Array, start: number): number {
    let at = start
    while (at < chunk.length && this.#greeting === null) {
      this.#held[this.#length] = chunk[at] ?? 0
      this.#length += 1
      at += 1
      this.#decide()
    }
    return at
  }

  /** Tells the revision of the other end, if it was not known. */
  tellOther(revision: number): void {
    if (this.#other !== null) return
    this.#other = revision
    this.#decide()
  }

  /** How the greeting breaks the rules; its bytes are at the beginning of the stream. */
  violations(): readonly Violation[] {
    if (this.#greeting?.bytes !== greetingBytes3) return []
    const found: Violation[] = []
    const end = this.#mechanismEnd()
    for (let at = mechanismStart; at < asServerAt; at += 1) {
      const byte = this.#held[at] ?? 0
      if (at < end ? isOfName(byte) : byte === 0) continue
      found.push(violation('mechanism-name', at))
      break
    }
    if ((this.#held[asServerAt] ?? 0) > 1) found.push(violation('as-server', asServerAt))
    return found
  }

  #decide(): void {
    if (this.#greeting !== null || this.#length === 0) return
    const held = this.#held
    if (held[0] !== 0xff) this.#greeting = noGreeting
    if (this.#length < signatureBytes) return
    // The length of a frame of ZMTP 1.0 is followed by its flags, of which the last bit says that more frames follow.
    if (((held[signatureBytes - 1] ?? 0) & 1) === 0 || this.#other === revisions.unversioned) {
      this.#greeting = noGreeting
      return
    }
    if (this.#length < greetingBytes2) return
    const revision = held[signatureBytes] ?? 0
    if (revision <= revisions.two || (this.#other !== null && this.#other <= revisions.two)) {
      this.#greeting = { ...noGreeting, revision, socketType: held[greetingBytes2 - 1] ?? 0, bytes: greetingBytes2 }
      return
    }
    if (this.#length < greetingBytes3) return
    this.#greeting = {
      revision,
      minor: held[signatureBytes + 1] ?? 0,
      mechanism: String.fromCharCode(...held.subarray(mechanismStart, this.#mechanismEnd())),
      asServer: held[asServerAt] === 1,
      socketType: null,
      bytes: greetingBytes3,
    }
  }

  #mechanismEnd(): number {
    const zero = this.#held.indexOf(0, mechanismStart)
    return zero < 0 || zero > asServerAt ? asServerAt : zero
  }
}

/** The first ten bytes since ZMTP 2.0. To ZMTP 1.0 they are the start of an identity of `identityBytes`. */
export function writeSignature(identityBytes = 0): Uint8Array {
  const bytes = new Uint8Array(signatureBytes)
  bytes[0] = 0xff
  bytes[7] = (identityBytes + 1) >> 8
  bytes[8] = (identityBytes + 1) & 0xff
  bytes[9] = 0x7f
  return bytes
}

/** The greeting of ZMTP 2.0, after which comes the identity as a frame. */
export function writeGreeting2(socketType: number): Uint8Array {
  const bytes = new Uint8Array(greetingBytes2)
  bytes.set(writeSignature())
  bytes[signatureBytes] = revisions.two
  bytes[signatureBytes + 1] = socketType
  return bytes
}

/** The greeting of ZMTP 3. The name of a mechanism has 20 ASCII characters at most. */
export function writeGreeting3(mechanism: string, { minor = 1, asServer = false } = {}): Uint8Array {
  const bytes = new Uint8Array(greetingBytes3)
  bytes.set(writeSignature())
  bytes[signatureBytes] = revisions.three
  bytes[signatureBytes + 1] = minor
  for (let index = 0; index < Math.min(mechanism.length, mechanismBytes); index += 1) {
    bytes[mechanismStart + index] = mechanism.charCodeAt(index)
  }
  bytes[asServerAt] = asServer ? 1 : 0
  return bytes
}
