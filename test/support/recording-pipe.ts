import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Bytes in the order in which they came, and from which end. */
export interface Recorded {
  readonly from: 'client' | 'server'
  readonly bytes: Buffer
}

export interface RecordingPipe {
  /** Where clients connect. */
  readonly endpoint: string
  readonly recorded: readonly Recorded[]
}

/** Passes TCP connections on to `target`, such as tcp://127.0.0.1:5555, and keeps what went through. Ends with the test. */
export async function recordingPipe(target: string): Promise<RecordingPipe> {
  const recorded: Recorded[] = []
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(Number(new URL(target).port), '127.0.0.1')
    for (const [from, one, other] of [
      ['client', client, upstream],
      ['server', upstream, client],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.end())
      one.on('data', (bytes: Buffer) => {
        recorded.push({ from, bytes })
        other.write(bytes)
      })
    }
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { endpoint: `tcp://127.0.0.1:${address.port}`, recorded }
}
