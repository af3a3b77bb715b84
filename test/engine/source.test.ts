import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { bytes, createHarness } from '../support/harness.ts'

/** Resolves with the address from which the first peer connects. */
async function listen(host: string): Promise<{ port: number; from: Promise<string | undefined> }> {
  const server = createServer()
  onTestFinished(() => void server.close())
  const from = new Promise<string | undefined>((resolve) => {
    server.once('connection', (socket) => {
      resolve(socket.remoteAddress)
      socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { port: address.port, from }
}

describe.runIf(process.platform === 'linux')('a connection with a source', () => {
  test('comes from that address, and works', async () => {
    const { port, from } = await listen('127.0.0.1')
    const { engine } = createHarness()
    engine.open('one', `tcp://127.0.0.2:0;127.0.0.1:${port}`, defaultConnectionOptions)
    expect(await from).toBe('127.0.0.2')
    engine.close('one')
    const { endpoint } = await engine.server.start('tcp://127.0.0.1:*')
    engine.open('two', endpoint.replace('tcp://', 'tcp://127.0.0.3:*;'), defaultConnectionOptions)
    expect((await engine.send('two', [bytes('Hi')], 5000)).difference).toBeNull()
  })
})
