import { mkdtempSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Reply } from 'zeromq'
import { echoServerId, requestSpec } from '../../src/shared/session/spec.ts'
import { bytes, createHarness } from '../support/harness.ts'
import { ask, serve, served } from '../support/sessions.ts'

describe('the echo server', () => {
  test('starts, counts, stops, and starts again on the same port', async () => {
    const { engine, events, until } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:*')
    expect(endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/)
    for (let round = 1; round <= 20; round += 1) {
      engine.open('one', requestSpec(endpoint))
      await ask(engine, 'one', [bytes('abc')], 5000)
      await until('the peer', () => served(engine).peers === 1)
      expect(served(engine)).toMatchObject({ phase: 'open', sent: 1, sentBytes: 3, rate: 1, endpoint })
      expect(served(engine).openedAt).not.toBeNull()
      await engine.close(echoServerId)
      expect(served(engine)).toMatchObject({ phase: 'closed', sent: 0, peers: 0, openedAt: null })
      await serve(engine, endpoint)
    }
    const phases = events.flatMap((event) => (event.type === 'session.changed' ? [event.state.phase] : []))
    expect(new Set(phases)).toEqual(new Set(['opening', 'open', 'closing', 'closed']))
  })

  test.each([
    ['tcp', () => 'tcp://127.0.0.1:0'],
    ['ipc', () => `ipc://${join(mkdtempSync(join(tmpdir(), 'inspector-')), 'socket')}`],
    ['inproc', () => `inproc://${crypto.randomUUID()}`],
  ])(
    'over %s stops while its peers leave, and can start there again at once',
    async (_transport, address) => {
      const { engine } = createHarness()
      let endpoint = address()
      for (let round = 1; round <= 200; round += 1) {
        endpoint = (await serve(engine, endpoint)).endpoint
        const peers = ['one', 'two', 'three']
        for (const id of peers) engine.open(id, requestSpec(endpoint))
        await Promise.all(peers.map((id) => ask(engine, id, [bytes('abc')], 5000)))
        for (const id of peers) engine.close(id)
        await engine.close(echoServerId)
      }
      expect(served(engine).phase).toBe('closed')
    },
    30_000,
  )

  test('lets its rate drop to zero by itself', async () => {
    const { engine, until } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    engine.open('one', requestSpec(endpoint))
    await ask(engine, 'one', [bytes('abc')], 5000)
    expect(served(engine).rate).toBe(1)
    await until('the rate to fall', () => served(engine).rate === 0)
  })

  test('names the next free endpoint when the address is taken', async () => {
    const { engine } = createHarness()
    const other = createServer()
    onTestFinished(() => void other.close())
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      })
    })
    const taken = `tcp://127.0.0.1:${port}`
    await expect(serve(engine, taken)).rejects.toMatchObject({ code: 'address-in-use' })
    const { phase, suggestion } = served(engine)
    expect(phase).toBe('failed')
    expect(suggestion).not.toBe(taken)
    expect((await serve(engine, suggestion ?? '')).phase).toBe('open')
  })

  test('says whether other machines can reach it', async () => {
    const { engine } = createHarness()
    expect((await serve(engine, 'tcp://127.0.0.1:0')).reachableFromOutside).toBe(false)
    await engine.close(echoServerId)
    expect((await serve(engine, 'tcp://*:0')).reachableFromOutside).toBe(true)
    await engine.close(echoServerId)
    // The loopback interface by its name: `lo`, `lo0` or another.
    const [name] =
      Object.entries(networkInterfaces()).find(([, all = []]) => all.every(({ internal }) => internal)) ?? []
    expect((await serve(engine, `tcp://${name}:*`)).reachableFromOutside).toBe(false)
  })

  test('says what is wrong with an endpoint, and can be started afterwards', async () => {
    const { engine } = createHarness()
    for (const [endpoint, code] of [
      ['nonsense', 'invalid-endpoint'],
      ['tcp://127.0.0.1:99999', 'invalid-endpoint'],
      ['tcp://203.0.113.1:25933', 'address-not-available'],
      ['ipc:///no/such/folder/socket', 'address-not-available'],
      ['nonsense', 'invalid-endpoint'],
    ] as const) {
      await expect(serve(engine, endpoint)).rejects.toMatchObject({ code })
      expect(served(engine)).toMatchObject({ phase: 'failed', endpoint, error: { code } })
    }
    await expect(serve(engine, 'tcp://127.0.0.1:0')).resolves.toMatchObject({ phase: 'open' })
    await expect(serve(engine, 'tcp://127.0.0.1:0')).rejects.toMatchObject({ code: 'wrong-state' })
  })

  test("never deletes a document or another server's socket at an ipc path", async () => {
    const { engine } = createHarness()
    const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
    const document = join(folder, 'thesis.txt')
    writeFileSync(document, 'years of work')
    await expect(serve(engine, `ipc://${document}`)).rejects.toMatchObject({ code: 'invalid-endpoint' })
    expect(await readFile(document, 'utf8')).toBe('years of work')

    const other = new Reply({ linger: 0 })
    onTestFinished(() => other.close())
    await other.bind(`ipc://${join(folder, 'socket')}`)
    await expect(serve(engine, `ipc://${join(folder, 'socket')}`)).rejects.toMatchObject({
      code: 'address-in-use',
    })
  })
})
