import { compactHex } from '../shared/codecs/hex.ts'
import type { Frame } from '../shared/message.ts'
import type { Peer, Peers } from '../shared/session/state.ts'

/** As many are remembered: those heard of last. */
const mostPeers = 1000
/** As many are told with each state. */
const toldPeers = 50

interface Known {
  readonly routingId: Frame
  lastSeen: number
  received: number
  sent: number
  delimiter: boolean
  gone: boolean
}

/** What is known of the peers of a ROUTER or a STREAM. */
export class KnownPeers {
  readonly #known = new Map<string, Known>()

  get state(): Peers {
    const newest = [...this.#known.values()].sort((one, other) => other.lastSeen - one.lastSeen).slice(0, toldPeers)
    return { count: this.#known.size, newest: newest.map(toPeer) }
  }

  /** A message came. `delimiter`: whether it had one. Time in milliseconds since the epoch. */
  received(routingId: Frame, at: number, delimiter: boolean): void {
    const peer = this.#peerOf(routingId, at)
    peer.received += 1
    peer.delimiter = delimiter
  }

  /** Something other than a message tells that it is there. */
  seen(routingId: Frame, at: number): void {
    this.#peerOf(routingId, at)
  }

  sent(routingId: Frame): void {
    const peer = this.#known.get(keyOf(routingId))
    if (peer) peer.sent += 1
  }

  gone(routingId: Frame): void {
    const peer = this.#known.get(keyOf(routingId))
    if (peer) peer.gone = true
  }

  /** Whether the peer is there, as far as is known. */
  isThere(routingId: Frame): boolean {
    return this.#known.get(keyOf(routingId))?.gone === false
  }

  /** Whether the last message from this peer had a delimiter. */
  usesDelimiter(routingId: Frame): boolean {
    return this.#known.get(keyOf(routingId))?.delimiter ?? false
  }

  #peerOf(routingId: Frame, at: number): Known {
    const key = keyOf(routingId)
    const known = this.#known.get(key)
    if (known) {
      known.lastSeen = at
      known.gone = false
      return known
    }
    if (this.#known.size >= mostPeers) this.#forgetOldest()
    const peer = { routingId, lastSeen: at, received: 0, sent: 0, delimiter: false, gone: false }
    this.#known.set(key, peer)
    return peer
  }

  /** A tenth at a time, because it looks at all of them. */
  #forgetOldest(): void {
    const byAge = [...this.#known].sort(([, one], [, other]) => one.lastSeen - other.lastSeen)
    for (const [key] of byAge.slice(0, mostPeers / 10)) this.#known.delete(key)
  }
}

const keyOf = (routingId: Frame): string =>
  Buffer.from(routingId.buffer, routingId.byteOffset, routingId.byteLength).toString('latin1')

const toPeer = ({ routingId, ...rest }: Known): Peer => ({ routingId: compactHex(routingId), ...rest })
