import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { bytes, createHarness } from '../support/harness.ts'
import { ask, serve } from '../support/sessions.ts'

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
    engine.open('one', requestSpec(`tcp://127.0.0.2:0;127.0.0.1:${port}`))
    expect(await from).toBe('127.0.0.2')
    engine.close('one')
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:*')
    engine.open('two', requestSpec(endpoint.replace('tcp://', 'tcp://127.0.0.3:*;')))
    expect((await ask(engine, 'two', [bytes('Hi')], 5000)).difference).toBeNull()
  })
})
