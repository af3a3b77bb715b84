import { onTestFinished } from 'vitest'

/** A socket of zeromq.js that is connected there, and closed when the test ends. */
export function foreign<Socket extends { close(): void; connect(endpoint: string): void }>(
  socket: Socket,
  endpoint: string,
): Socket {
  onTestFinished(() => socket.close())
  socket.connect(endpoint)
  return socket
}
