import { createServer, type Socket } from 'node:net'

/** ZMTP 3.0 without security, as a server of no particular role. */
const greeting = Buffer.alloc(64)
greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 0])
greeting.write('NULL', 12)
const property = Buffer.from('\x0bSocket-Type\0\0\0\x06ROUTER', 'latin1')
const ready = Buffer.concat([Buffer.from([4, 6 + property.length]), Buffer.from('\x05READY', 'latin1'), property])

export interface StalledPeer {
  readonly endpoint: string
  /** Resolves when the first bytes of a message have come; no others are read. */
  readonly reached: Promise<void>
  close(): void
}

/** A ROUTER that shakes hands and then reads nothing, as a program that was stopped. */
export async function startStalledPeer(): Promise<StalledPeer> {
  const sockets: Socket[] = []
  let reached = (): void => undefined
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.write(Buffer.concat([greeting, ready]))
    let bytes = 0
    socket.on('data', (data: Buffer) => {
      bytes += data.length
      // More than greeting and handshake.
      if (bytes < 1024) return
      socket.pause()
      reached()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    endpoint: `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    reached: new Promise<void>((resolve) => {
      reached = resolve
    }),
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}
