import type { Frame } from '../shared/message.ts'
import type { SocketSpec } from '../shared/session/spec.ts'
import type { NewRecord } from '../shared/transcript/record.ts'
import { patternOf } from '../shared/zmq/patterns.ts'
import { hasDelimiter } from './envelope.ts'
import { KnownPeers } from './peers.ts'
import { isSubscription, Subscribers } from './subscribers.ts'

/** What the transcript is to say of a peer: an event, and the message that told of it. */
export type PeerNote = { readonly event: string; readonly detail: string } & Pick<NewRecord, 'frames' | 'envelope'>

/** Who is at the other end of a socket, as far as its messages tell. */
export class Presence {
  /** Null for a socket that does not choose who its messages go to. */
  readonly peers: KnownPeers | null
  /** Null for a socket that is not told who subscribes. */
  readonly subscribers: Subscribers | null

  /** `note` is given what the transcript is to say. */
  constructor(
    private readonly spec: SocketSpec,
    private readonly note: (note: PeerNote, at: number) => void,
  ) {
    const { envelope, hears } = patternOf(spec.pattern)
    // What has a behaviour needs no peers to choose from. A STREAM tells of them in what it receives.
    const needsPeers = envelope === 'peer' && (spec.behaviour === null || spec.pattern === 'stream')
    this.peers = needsPeers ? new KnownPeers() : null
    this.subscribers = hears && !spec.options.conflate ? new Subscribers(spec.options) : null
  }

  /**
   * Takes what a message tells of those at the other end. Returns whether that is all that it was for. `at` in
   * milliseconds since the epoch.
   */
  take(received: readonly Frame[], at: number): boolean {
    if (this.subscribers && isSubscription(received)) return this.#onSubscription(this.subscribers, received, at)
    return this.peers !== null && this.#onPeer(this.peers, received, at)
  }

  #onSubscription(subscribers: Subscribers, [message]: readonly Frame[], at: number): boolean {
    if (!message) return false
    const { subscribed, topic } = subscribers.take(message)
    if (patternOf(this.spec.pattern).receives) return false
    const name = topic.byteLength === 0 ? 'everything' : JSON.stringify(Buffer.from(topic).toString())
    const [event, words] = subscribed ? ['subscribed', 'subscribes to'] : ['unsubscribed', 'no longer subscribes to']
    this.note({ event: `peer:${event}`, detail: `a peer ${words} ${name}`, frames: [message], envelope: 0 }, at)
    return true
  }

  /** A STREAM tells in empty messages who comes and goes. */
  #onPeer(peers: KnownPeers, received: readonly Frame[], at: number): boolean {
    const [routingId, body] = received
    if (!routingId) return true
    if (this.spec.pattern !== 'stream' || body?.byteLength !== 0) {
      peers.received(routingId, at, hasDelimiter(received))
      return false
    }
    const left = peers.isThere(routingId)
    if (left) peers.gone(routingId)
    else peers.seen(routingId, at)
    const [event, detail] = left ? ['peer:left', 'the peer closed the connection'] : ['peer:joined', 'a peer connected']
    this.note({ event, detail, frames: received, envelope: 1 }, at)
    return true
  }
}
