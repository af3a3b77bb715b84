import { compactHex } from '../shared/codecs/hex.ts'
import type { Frame } from '../shared/message.ts'
import type { Audience } from '../shared/session/state.ts'
import type { SocketOptions } from '../shared/zmq/options.ts'

/** As many topics are remembered; subscriptions to more are counted alone. */
const mostTopics = 10_000
/** As many are told with each state. */
const toldTopics = 50

const subscribing = 1
const unsubscribing = 0

/** Whether a message to an XPUB is a subscription or an end of one. */
export const isSubscription = ([first, second]: readonly Frame[]): boolean =>
  second === undefined && (first?.[0] === subscribing || first?.[0] === unsubscribing)

/** What the peers of a publisher subscribe to. */
export class Subscribers {
  /** By topic as latin1. */
  readonly #topics = new Map<string, number>()
  /** How many topics there are of each length, to look none up that cannot be there. */
  readonly #lengths = new Map<number, number>()
  #count = 0

  constructor(
    private readonly options: Pick<SocketOptions, 'invertMatching' | 'verboseSubscriptions' | 'verboseUnsubscriptions'>,
  ) {}

  get state(): Audience {
    const topics = [...this.#topics].slice(0, toldTopics)
    return {
      subscriptions: this.#count,
      topicCount: this.#topics.size,
      topics: topics.map(([topic, subscriptions]) => ({
        topic: compactHex(Buffer.from(topic, 'latin1')),
        subscriptions,
      })),
    }
  }

  /** Takes a subscription, or the end of one. Returns which, and the topic. */
  take(message: Frame): { readonly subscribed: boolean; readonly topic: Frame } {
    const subscribed = message[0] === subscribing
    const topic = message.subarray(1)
    this.#change(Buffer.from(topic).toString('latin1'), subscribed)
    return { subscribed, topic }
  }

  /** Everybody has gone. */
  clear(): void {
    this.#topics.clear()
    this.#lengths.clear()
    this.#count = 0
  }

  /** Whether anybody subscribes to a message that begins with this frame. */
  hear(frame: Frame | undefined): boolean {
    if (this.#count === 0) return false
    // More than can be remembered: one of those may match.
    if (this.#topics.size >= mostTopics) return true
    const matching = this.#matching(frame ?? new Uint8Array())
    return this.options.invertMatching ? matching < this.#topics.size : matching > 0
  }

  /** How many topics a message begins with. */
  #matching(frame: Frame): number {
    const longest = Math.min(frame.byteLength, Math.max(0, ...this.#lengths.keys()))
    const start = Buffer.from(frame.buffer, frame.byteOffset, longest).toString('latin1')
    let matching = 0
    for (const length of this.#lengths.keys()) {
      if (length <= longest && this.#topics.has(start.slice(0, length))) matching += 1
    }
    return matching
  }

  #change(topic: string, subscribed: boolean): void {
    const known = this.#topics.get(topic)
    if (known === undefined && !subscribed) return
    // An XPUB that is told of every subscription, but not of every end of one, is told of the last end alone.
    const isLast = this.options.verboseSubscriptions && !this.options.verboseUnsubscriptions
    const by = subscribed ? 1 : isLast ? -(known ?? 0) : -1
    this.#count += by
    const count = (known ?? 0) + by
    if (known === undefined) {
      if (this.#topics.size >= mostTopics) return
      this.#lengths.set(topic.length, (this.#lengths.get(topic.length) ?? 0) + 1)
    }
    if (count > 0) {
      this.#topics.set(topic, count)
      return
    }
    this.#topics.delete(topic)
    const left = (this.#lengths.get(topic.length) ?? 1) - 1
    if (left > 0) this.#lengths.set(topic.length, left)
    else this.#lengths.delete(topic.length)
  }
}
