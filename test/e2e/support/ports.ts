import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { expect } from '@playwright/test'

export interface Listener {
  readonly port: number
  close(): Promise<void>
}

/** Accepts TCP connections on a loopback port, reads them and sends nothing; port 0 lets the system choose. */
export async function listenOn(port: number): Promise<Listener> {
  const server: Server = createServer((socket) => socket.on('error', () => socket.destroy()).resume())
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: chosen } = addressOf(server)
  return {
    port: chosen,
    close: () => new Promise((done, failed) => server.close((error) => (error ? failed(error) : done()))),
  }
}

function addressOf(server: Server): AddressInfo {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not a TCP server')
  return address
}

async function isFree(port: number): Promise<boolean> {
  try {
    await (await listenOn(port)).close()
    return true
  } catch {
    return false
  }
}

/** For tests of the default port: another program on this machine may hold it briefly. */
export async function waitForFreePort(port: number): Promise<void> {
  await expect.poll(() => isFree(port), { timeout: 20_000 }).toBe(true)
}
