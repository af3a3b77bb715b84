import type { OpenSocket } from './open-socket.ts'

const touchEveryMs = 20

/**
 * Sockets with an inproc endpoint. One that closes waits until each of its peers has let go, which libzmq does only when
 * that socket is used (seen with 4.3.5): a PUSH that sends nothing would hold it up for ever.
 */
class InprocSockets {
  readonly #sockets = new Set<OpenSocket['socket']>()

  add(socket: OpenSocket['socket']): void {
    this.#sockets.add(socket)
  }

  /** Resolves when a socket that was closed has ended. */
  async end(socket: OpenSocket['socket'], ended: Promise<void>): Promise<void> {
    if (!this.#sockets.delete(socket)) return ended
    const timer = setInterval(() => this.#touch(), touchEveryMs)
    await ended
    clearInterval(timer)
  }

  /** To ask a socket whether it can send has libzmq do what is to be done. */
  #touch(): void {
    for (const socket of this.#sockets) {
      if (socket.closed) this.#sockets.delete(socket)
      else void socket.writable
    }
  }
}

export const inprocSockets = new InprocSockets()
