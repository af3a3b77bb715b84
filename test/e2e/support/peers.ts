import {
  type Dealer,
  type Pair,
  type Publisher,
  type Pull,
  type Push,
  Reply,
  type Request,
  type Router,
  type SocketOptions,
} from 'zeromq'

type Bindable = Publisher | Push | Reply | Router
type Connectable = Dealer | Pair | Pull | Push | Reply | Request

/** The other side of a connection, controlled by the test. */
export class Peers {
  readonly #sockets: (Bindable | Connectable)[] = []

  /** Binds the socket to a loopback port that the system chooses, or to `endpoint`; returns its endpoint. */
  async bind(socket: Bindable, endpoint = 'tcp://127.0.0.1:*'): Promise<string> {
    socket.linger = 0
    this.#sockets.push(socket)
    await socket.bind(endpoint)
    return socket.lastEndpoint ?? endpoint
  }

  /** Binds a REP socket that answers every message with the result of `answer`. */
  async answering(
    answer: (frames: Buffer[]) => (string | Buffer)[],
    options: SocketOptions<Reply> & { endpoint?: string } = {},
  ): Promise<string> {
    const { endpoint, ...rest } = options
    const socket = new Reply(rest)
    const bound = await this.bind(socket, endpoint)
    void serve(socket, answer)
    return bound
  }

  connect(socket: Connectable, endpoint: string): void {
    socket.linger = 0
    this.#sockets.push(socket)
    socket.connect(endpoint)
  }

  close(): void {
    for (const socket of this.#sockets) socket.close()
  }
}

async function serve(socket: Reply, answer: (frames: Buffer[]) => (string | Buffer)[]): Promise<void> {
  try {
    for await (const frames of socket) await socket.send(answer(frames))
  } catch (thrown) {
    if (!socket.closed) throw thrown
  }
}
