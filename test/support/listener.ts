import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/**
 * Listens without ZeroMQ, on a free port or on `path`, and does `act` with each connection. Returns the endpoint. Ends
 * with the test.
 */
export async function listen(act: (socket: Socket) => void, path?: string): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    act(socket)
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await new Promise<void>((resolve) =>
    path === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(path, resolve),
  )
  const address = server.address()
  return typeof address === 'string' || address === null ? `ipc://${path}` : `tcp://127.0.0.1:${address.port}`
}
