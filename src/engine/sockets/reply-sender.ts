import { formatSize } from '../../shared/format.ts'
import { type Frame, sizeOf } from '../../shared/message.ts'
import { mebibytes } from '../../shared/settings.ts'
import { systemCode } from '../failures.ts'
import type { Sender } from './open-socket.ts'
import { UnreadReplies } from './unread-replies.ts'

const perPeerBytes = mebibytes(128)
const inAllBytes = mebibytes(256)

/** Why a message did not go out. */
export type WhyDropped =
  | 'the peer has gone'
  | 'the peer does not read'
  | `${string} of replies wait for peers that do not read`

/**
 * Sends messages at once or not at all. For sockets that choose the peer, such as a ROUTER, it also keeps what waits for peers that do not read within bounds:
 * libzmq's high-water mark in messages, and 128 MiB for a peer and 256 MiB in all, or one or two of the largest messages
 * where those are larger.
 */
export class ReplySender {
  readonly #unread: UnreadReplies
  readonly #inAllBytes: number

  constructor(
    private readonly sender: Sender,
    private readonly isClosed: () => boolean,
    maximumMessageBytes: number,
    private readonly isBounded: boolean,
  ) {
    this.#inAllBytes = Math.max(inAllBytes, 2 * maximumMessageBytes)
    this.#unread = new UnreadReplies({
      perPeerBytes: Math.max(perPeerBytes, maximumMessageBytes),
      inAllBytes: this.#inAllBytes,
    })
  }

  /**
   * Sends a message, which begins with the routing id of its peer where one is chosen; in this turn, mostly. Resolves with why it was dropped,
   * in words, or with null when libzmq has taken it. Rejects with what zeromq.js says of a socket that cannot send.
   */
  async send(message: Frame[]): Promise<WhyDropped | null> {
    if (!this.isBounded) return this.#sendNow(message)
    const [routingId] = message
    if (!routingId) throw new Error('a message of a ROUTER has a routing id')
    const bytes = sizeOf(message)
    const hasRoom = this.#unread.hasRoom(routingId, bytes) ?? (await this.#unread.makeRoom(routingId, bytes))
    if (!hasRoom) {
      return this.#unread.keepsFor(routingId)
        ? 'the peer does not read'
        : `${formatSize(this.#inAllBytes)} of replies wait for peers that do not read`
    }
    const whyDropped = await this.#sendNow(message)
    if (whyDropped === null) this.#unread.add(routingId, message)
    return whyDropped
  }

  async #sendNow(message: Frame[]): Promise<WhyDropped | null> {
    try {
      if (this.sender.sendTimeout !== 0) this.sender.sendTimeout = 0
      await this.sender.send(message)
      return null
    } catch (thrown) {
      if (this.isClosed()) throw thrown
      const code = systemCode(thrown)
      if (code === 'EAGAIN') return 'the peer does not read'
      if (code === 'EHOSTUNREACH') return 'the peer has gone'
      throw thrown
    }
  }
}
