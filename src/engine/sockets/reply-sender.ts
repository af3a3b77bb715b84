import { formatSize } from '../../shared/format.ts'
import { type Frame, sizeOf } from '../../shared/message.ts'
import { mebibytes } from '../../shared/settings.ts'
import { systemCode } from '../failures.ts'
import type { Sender } from './open-socket.ts'
import { UnreadReplies } from './unread-replies.ts'

const perPeerBytes = mebibytes(128)
const inAllBytes = mebibytes(256)

/**
 * Sends the replies of a ROUTER, and keeps what waits for peers that do not read within bounds:
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
  ) {
    this.#inAllBytes = Math.max(inAllBytes, 2 * maximumMessageBytes)
    this.#unread = new UnreadReplies({
      perPeerBytes: Math.max(perPeerBytes, maximumMessageBytes),
      inAllBytes: this.#inAllBytes,
    })
  }

  /**
   * Sends a message that begins with the routing id of its peer; in this turn, mostly. Resolves with why it was dropped,
   * in words, or with null when libzmq has taken it. Rejects with what zeromq.js says of a socket that cannot send.
   */
  async send(message: Frame[]): Promise<string | null> {
    const [routingId] = message
    if (!routingId) throw new Error('a message of a ROUTER has a routing id')
    const bytes = sizeOf(message)
    const hasRoom = this.#unread.hasRoom(routingId, bytes) ?? (await this.#unread.makeRoom(routingId, bytes))
    if (!hasRoom) {
      return this.#unread.keepsFor(routingId)
        ? 'the peer does not read'
        : `${formatSize(this.#inAllBytes)} of replies wait for peers that do not read`
    }
    try {
      await this.sender.send(message)
    } catch (thrown) {
      if (this.isClosed()) throw thrown
      const code = systemCode(thrown)
      if (code === 'EAGAIN') return 'the peer does not read'
      if (code === 'EHOSTUNREACH') return 'the peer has gone'
      throw thrown
    }
    this.#unread.add(routingId, message)
    return null
  }
}
