import { createServer, type Server, type Socket } from 'node:net'

/** ZMTP 2.0: the signature, revision 1, the socket type REP, and an empty identity. */
const greeting20 = Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 4, 0, 0])
const clientGreetingBytes = { '1.0': 10, '2.0': 14 } as const

/** Reads a stream by counts of bytes. */
class Reader {
  #bytes = Buffer.alloc(0)
  #wanted: { count: number; take: (bytes: Buffer) => void } | undefined

  constructor(socket: Socket) {
    socket.on('data', (data: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, data])
      this.#serve()
    })
  }

  take(count: number): Promise<Buffer> {
    return new Promise((take) => {
      this.#wanted = { count, take }
      this.#serve()
    })
  }

  #serve(): void {
    const wanted = this.#wanted
    if (!wanted || this.#bytes.length < wanted.count) return
    this.#wanted = undefined
    const bytes = this.#bytes.subarray(0, wanted.count)
    this.#bytes = this.#bytes.subarray(wanted.count)
    wanted.take(bytes)
  }
}

export type OlderVersion = keyof typeof clientGreetingBytes

async function readFrame(version: OlderVersion, reader: Reader): Promise<{ more: boolean; body: Buffer }> {
  const [first = 0] = await reader.take(1)
  if (version === '1.0') {
    const length = first === 0xff ? Number((await reader.take(8)).readBigUInt64BE()) : first
    const [flags = 0, ...body] = await reader.take(length)
    return { more: (flags & 1) === 1, body: Buffer.from(body) }
  }
  const long = (first & 2) === 2
  const size = await reader.take(long ? 8 : 1)
  const body = await reader.take(long ? Number(size.readBigUInt64BE()) : (size[0] ?? 0))
  return { more: (first & 1) === 1, body }
}

function frameBytes(version: OlderVersion, more: boolean, body: Buffer): Buffer {
  const flags = more ? 1 : 0
  return version === '1.0'
    ? Buffer.concat([Buffer.from([body.length + 1, flags]), body])
    : Buffer.concat([Buffer.from([flags, body.length]), body])
}

/** Echoes requests of up to 250 bytes a frame on one connection, as a REP of libzmq 2.x (ZMTP 1.0) or 3.x (ZMTP 2.0). */
async function serve(version: OlderVersion, socket: Socket): Promise<void> {
  const reader = new Reader(socket)
  if (version === '2.0') socket.write(greeting20)
  else {
    // ZMTP 1.0 starts with the peer's identity, which may come in pieces.
    socket.write(Buffer.from([5, 0]))
    setTimeout(() => socket.write('name'), 100)
  }
  await reader.take(clientGreetingBytes[version])
  for (;;) {
    const frames: Buffer[] = []
    for (let more = true; more; ) {
      const frame = await readFrame(version, reader)
      frames.push(frame.body)
      more = frame.more
    }
    frames.forEach((body, index) => {
      socket.write(frameBytes(version, index < frames.length - 1, body))
    })
  }
}

export interface OlderPeer {
  readonly endpoint: string
  close(): void
}

/** Starts such a peer on a free port. `oneAtATime`: it greets a connection only when the one before has gone. */
export async function startOlderPeer(version: OlderVersion, oneAtATime = false): Promise<OlderPeer> {
  const sockets = new Set<Socket>()
  let turn = Promise.resolve()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    const gone = new Promise<void>((resolve) => socket.on('close', () => resolve()))
    const before = oneAtATime ? turn : Promise.resolve()
    turn = turn.then(() => gone)
    void before.then(() => serve(version, socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    endpoint: `tcp://127.0.0.1:${address.port}`,
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
