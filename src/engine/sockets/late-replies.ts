import type { Frame } from '../../shared/message.ts'
import type { RequestSocket } from './exchange.ts'

/** A reply that came after its time limit. */
export interface LateReply {
  readonly frames: Frame[]
  /** Milliseconds from the request to its reply. */
  readonly afterMs: number
  /** The time limit that it missed. */
  readonly timeoutMs: number
  /** Where the reply came from. */
  readonly endpoint: string
  /** The number of its exchange, as given to `keep` or `listen`. */
  readonly exchange: number
}

/** How long a late reply is waited for. */
export const keptForMs = 60_000
/** Most sockets kept for late replies: each is one more connection to the peer. */
const mostKept = 8

/** Sockets whose request timed out, kept for a while to notice a late reply. The oldest gives way to a new one. */
export class LateReplies {
  readonly #kept = new Set<RequestSocket>()

  /** `arrived` is called for each reply that comes late. */
  constructor(private readonly arrived: (reply: LateReply) => void) {}

  has(socket: RequestSocket): boolean {
    return this.#kept.has(socket)
  }

  /** Keeps a socket that nothing else will use, closes it when its reply has come or the time is over. */
  keep(socket: RequestSocket, timeoutMs: number, exchange: number): void {
    for (const oldest of this.#kept) {
      if (this.#kept.size < mostKept) break
      this.drop(oldest)
    }
    this.#kept.add(socket)
    this.listen(socket, timeoutMs, exchange, () => this.drop(socket))
  }

  /** Listens on a socket that stays in use. `over` is called when its reply has come, or none will. */
  listen(socket: RequestSocket, timeoutMs: number, exchange: number, over: () => void): void {
    socket.listenLate(keptForMs, (late) => {
      if (late) this.arrived({ ...late, timeoutMs, endpoint: socket.endpoint, exchange })
      over()
    })
  }

  drop(socket: RequestSocket): void {
    if (this.#kept.delete(socket)) socket.close()
  }

  clear(): void {
    for (const socket of [...this.#kept]) this.drop(socket)
  }
}
