import type { Frame } from '../../shared/message.ts'
import { collectGarbage } from '../collect-garbage.ts'
import { nextTurn } from '../next-turn.ts'

/** libzmq copies frames up to this size, so nothing tells when it lets them go; its high-water mark bounds them. */
const copiedBytes = 128
/** Turns that the callbacks of collected buffers may take; one was seen. */
const callbackTurns = 3
/** What was found to be held is not looked at again within this time: garbage cannot be collected for each message. */
const verdictMs = 200

export interface UnreadBounds {
  readonly perPeerBytes: number
  readonly inAllBytes: number
}

/** The bytes that libzmq may hold, of one peer or of all. */
class Held {
  bytes = 0
  /** What it was found to hold for sure, and until when that counts, in milliseconds. */
  #found = { bytes: 0, until: 0 }

  constructor(private readonly maximumBytes: number) {}

  /** It may always have one message, however large, so that every message can be answered. */
  fits(bytes: number): boolean {
    return this.bytes === 0 || this.bytes + bytes <= this.maximumBytes
  }

  isKnownToBeFull(bytes: number, now: number): boolean {
    return now < this.#found.until && this.#found.bytes + bytes > this.maximumBytes
  }

  /** Call this when no garbage is counted. */
  note(now: number): void {
    this.#found = { bytes: this.bytes, until: now + verdictMs }
  }
}

interface Peer {
  readonly key: string
  readonly held: Held
}

/**
 * Bounds the bytes that libzmq keeps for peers that do not read. libzmq counts messages, not bytes, and does not tell
 * what it keeps. But a buffer that was sent is not collected before libzmq has let it go, so what was not collected is
 * all that it can hold. When that passes a bound, garbage is collected to know better.
 */
export class UnreadReplies {
  readonly #peers = new Map<string, Peer>()
  readonly #inAll: Held
  readonly #released = new FinalizationRegistry(({ peer, bytes }: { peer: Peer; bytes: number }) => {
    peer.held.bytes -= bytes
    this.#inAll.bytes -= bytes
    if (peer.held.bytes === 0) this.#peers.delete(peer.key)
  })

  constructor(
    private readonly bounds: UnreadBounds,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#inAll = new Held(bounds.inAllBytes)
  }

  /** Whether there is room for `bytes` more; undefined when that must be found out by `makeRoom`. */
  hasRoom(routingId: Frame, bytes: number): boolean | undefined {
    if (this.#inAll.bytes === 0) return true
    const full = this.#heldFor(routingId).filter((held) => !held.fits(bytes))
    if (full.length === 0) return true
    const now = this.now()
    return full.some((held) => held.isKnownToBeFull(bytes, now)) ? false : undefined
  }

  /** Finds out what libzmq has let go. Resolves with whether there is room then. */
  async makeRoom(routingId: Frame, bytes: number): Promise<boolean> {
    const all = this.#heldFor(routingId)
    const fits = () => all.every((held) => held.fits(bytes))
    // The frames of the message that was sent last are still in use in this turn.
    await nextTurn()
    collectGarbage()
    for (let turn = 0; turn < callbackTurns && !fits(); turn += 1) await nextTurn()
    for (const held of all) if (!held.fits(bytes)) held.note(this.now())
    return fits()
  }

  /** Whether libzmq may keep anything for this peer. */
  keepsFor(routingId: Frame): boolean {
    return this.#peers.has(keyOf(routingId))
  }

  /** Call this when libzmq has taken a message to a peer. Buffers are counted whole, each once. */
  add(routingId: Frame, frames: readonly Frame[]): void {
    for (const frame of frames) {
      if (frame.byteLength <= copiedBytes) continue
      const peer = this.#peerOf(routingId)
      const bytes = frame.byteLength
      peer.held.bytes += bytes
      this.#inAll.bytes += bytes
      this.#released.register(frame, { peer, bytes })
    }
  }

  /** What a message to this peer would add to. */
  #heldFor(routingId: Frame): Held[] {
    const peer = this.#peers.get(keyOf(routingId))
    return peer ? [this.#inAll, peer.held] : [this.#inAll]
  }

  #peerOf(routingId: Frame): Peer {
    const key = keyOf(routingId)
    const known = this.#peers.get(key)
    if (known) return known
    const peer = { key, held: new Held(this.bounds.perPeerBytes) }
    this.#peers.set(key, peer)
    return peer
  }
}

const keyOf = (routingId: Frame): string => Buffer.from(routingId).toString('latin1')
