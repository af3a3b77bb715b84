import type { Frame } from '../shared/message.ts'
import { collectGarbage } from './collect-garbage.ts'
import { nextTurn } from './next-turn.ts'

/** libzmq copies frames up to this size, so nothing tells when it lets them go; its high-water mark bounds them. */
const copiedBytes = 128
/** Turns that the callbacks of collected buffers may take; one was seen. */
const callbackTurns = 3
/** A peer that was found not to read is not looked at again within this time. */
const verdictMs = 200

export interface UnreadBounds {
  readonly perPeerBytes: number
  readonly inAllBytes: number
}

interface Peer {
  readonly key: string
  bytes: number
  /** Until when, in milliseconds, it is known not to read. */
  fullUntil: number
}

/**
 * Bounds the bytes that libzmq keeps for peers that do not read. libzmq counts messages, not bytes, and does not tell
 * what it keeps. But a buffer that was sent is not collected before libzmq has let it go, so what was not collected is
 * all that it can hold. When that passes a bound, garbage is collected to know better.
 */
export class UnreadReplies {
  readonly #peers = new Map<string, Peer>()
  #bytes = 0
  readonly #released = new FinalizationRegistry(({ peer, bytes }: { peer: Peer; bytes: number }) => {
    peer.bytes -= bytes
    this.#bytes -= bytes
    if (peer.bytes === 0) this.#peers.delete(peer.key)
  })

  constructor(
    private readonly bounds: UnreadBounds,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether there is room for `bytes` more; undefined when that must be found out by `makeRoom`. */
  hasRoom(routingId: Frame, bytes: number): boolean | undefined {
    const peer = this.#peers.get(keyOf(routingId))
    if (this.#fits(peer, bytes)) return true
    return peer && this.now() < peer.fullUntil ? false : undefined
  }

  /** Finds out what libzmq has let go. Resolves with whether there is room then. */
  async makeRoom(routingId: Frame, bytes: number): Promise<boolean> {
    const peer = this.#peers.get(keyOf(routingId))
    // The frames of the message that was sent last are still in use in this turn.
    await nextTurn()
    collectGarbage()
    for (let turn = 0; turn < callbackTurns && !this.#fits(peer, bytes); turn += 1) await nextTurn()
    const fits = this.#fits(peer, bytes)
    if (peer && !fits) peer.fullUntil = this.now() + verdictMs
    return fits
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
      peer.bytes += bytes
      this.#bytes += bytes
      this.#released.register(frame, { peer, bytes })
    }
  }

  /** A peer may always have one message, however large, so that every message can be answered. */
  #fits(peer: Peer | undefined, bytes: number): boolean {
    if (this.#bytes > 0 && this.#bytes + bytes > this.bounds.inAllBytes) return false
    return peer === undefined || peer.bytes === 0 || peer.bytes + bytes <= this.bounds.perPeerBytes
  }

  #peerOf(routingId: Frame): Peer {
    const key = keyOf(routingId)
    const known = this.#peers.get(key)
    if (known) return known
    const peer = { key, bytes: 0, fullUntil: 0 }
    this.#peers.set(key, peer)
    return peer
  }
}

const keyOf = (routingId: Frame): string => Buffer.from(routingId).toString('latin1')
