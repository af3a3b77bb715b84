import { existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Context, Reply, Router } from 'zeromq'
import { EngineThread } from '../../../src/engine/thread/engine-thread.ts'
import type { EngineThreadEvent } from '../../../src/engine/thread/protocol.ts'
import { codecs } from '../../../src/shared/codecs/index.ts'
import { echoServerId, echoServerSpec, requestSpec } from '../../../src/shared/session/spec.ts'
import { boundEndpointOf } from '../../../src/shared/session/state.ts'
import { builtModule } from '../../support/built.ts'
import { bytes, texts } from '../../support/bytes.ts'
import { allEntries } from '../../support/log-entries.ts'
import { newLogPath } from '../../support/open-log.ts'
import { runNode } from '../../support/running-program.ts'
import { startStalledPeer } from '../../support/stalled-peer.ts'

const limitMs = 8000

/** A thread, what it told, and a way to wait for something that is looked for after every event. */
function startThread(worker = pathToFileURL(builtModule('engine-worker'))) {
  const events: EngineThreadEvent[] = []
  const told: string[] = []
  const watchers = new Set<() => void>()
  const look = () => {
    for (const watch of [...watchers]) watch()
  }
  const path = newLogPath()
  const thread = new EngineThread({
    worker,
    log: { path, maximumBytes: 2 ** 24, maximumAgeMs: null },
    event(event) {
      events.push(event)
      look()
    },
    unforeseen: (description) => told.push(`unforeseen: ${description}`),
    ended(reason) {
      told.push(`ended: ${reason}`)
      look()
    },
  })
  onTestFinished(() => thread.dispose())
  const until = (what: string, probe: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), limitMs)
      const watch = () => {
        if (!probe()) return
        clearTimeout(timer)
        watchers.delete(watch)
        resolve()
      }
      watchers.add(watch)
      watch()
    })
  return { thread, path, events, told, until }
}

/** Opens the echo server, and a session `one` that is connected to it. */
async function openBoth(thread: EngineThread): Promise<void> {
  const server = await thread.call('session.open', {
    sessionId: echoServerId,
    spec: echoServerSpec('tcp://127.0.0.1:0'),
  })
  const endpoint = boundEndpointOf(server)?.endpoint ?? ''
  await thread.call('session.open', { sessionId: 'one', spec: requestSpec(endpoint) })
}

const send = (thread: EngineThread, text: string) =>
  thread.call('session.send', { sessionId: 'one', frames: [bytes(text)], timeoutMs: limitMs })

describe('an engine on a thread', () => {
  test('exchanges messages, tells states, and logs', async () => {
    const { thread, events, until } = startThread()
    // Calls wait for the thread to be ready.
    await openBoth(thread)
    const exchange = await send(thread, 'Hello world!')
    expect(texts(exchange?.frames ?? [])).toEqual(['Hello world!'])
    expect(exchange).toMatchObject({ difference: null, first: true })
    await until('the figures', () => events.some(({ type }) => type === 'latency.changed'))
    expect(thread.sessions.map(({ sessionId, phase }) => [sessionId, phase])).toEqual([
      [echoServerId, 'open'],
      ['one', 'open'],
    ])
    expect((await thread.call('latency.read', { sessionId: 'one' })).summary.count).toBe(1)
    // The newest records are there before the file has them.
    const record = await thread.call('log.entry', { id: exchange?.record ?? 0 })
    const request = await thread.call('log.entry', { id: exchange?.request ?? 0 })
    expect([request, record]).toMatchObject([{ direction: 'sent' }, { direction: 'received' }])
    expect(request?.exchange).toEqual(expect.any(Number))
    expect(record?.exchange).toBe(request?.exchange)
    await thread.call('log.flush')
    const filter = { ...allEntries, session: 'one', kind: 'message' } as const
    const rows = await thread.call('log.query', { filter, afterId: 0, beforeId: null, limit: 10 })
    expect(rows.map(({ direction, preview }) => [direction, preview])).toEqual([
      ['sent', 'Hello world!'],
      ['received', 'Hello world!'],
    ])
    const snapshot = await thread.call('engine.snapshot')
    expect(snapshot.sessions).toHaveLength(2)
    expect(snapshot.log).toMatchObject({ trouble: null, lastId: rows.at(-1)?.id })
  })

  test('clears the log with its newest records', async () => {
    const { thread } = startThread()
    await openBoth(thread)
    const exchange = await send(thread, 'x')
    await thread.call('log.clear')
    expect(await thread.call('log.entry', { id: exchange?.record ?? 0 })).toBeNull()
  })

  test('hands out the round trips', async () => {
    const { thread } = startThread()
    await openBoth(thread)
    const exchange = await send(thread, 'x')
    expect(await thread.call('latency.samples', { sessionId: 'one' })).toEqual({
      at: Float64Array.of(exchange?.at ?? 0),
      roundTripNs: Float64Array.of(Math.round(exchange?.roundTripNs ?? 0)),
      first: Uint8Array.of(1),
      omitted: 0,
    })
  })

  test('counts by topics what a REQ receives, and shows it as its frames are viewed', async () => {
    const { thread } = startThread()
    await openBoth(thread)
    const received = [null, { encoding: 'cbor', message: null }] as const
    await thread.call('log.setViews', {
      sessions: { one: { sent: [], received } },
      schema: { messages: {}, enums: {} },
    })
    await thread.call('topics.watch', { sessionId: 'one', key: { by: 'frame', frame: 0 }, separator: null })
    const frames = [bytes('prices'), codecs.cbor.encode('{"bid": 1}')]
    await thread.call('session.send', { sessionId: 'one', frames, timeoutMs: limitMs })
    const page = await thread.call('topics.page', {
      sessionId: 'one',
      sort: 'name',
      descending: false,
      filter: '',
      parts: [{ parent: 0, offset: 0, limit: 10 }],
      known: null,
    })
    expect(page?.parts[0]?.rows).toMatchObject([{ name: 'prices', count: 1, value: '{"bid": 1}' }])
  })

  test('reads whole messages from the file, again and again', async () => {
    const { thread } = startThread()
    await openBoth(thread)
    const exchange = await send(thread, 'x'.repeat(100_000))
    await thread.call('log.flush')
    for (let time = 1; time <= 2; time += 1) {
      const { entries } = await thread.call('log.page', { filter: allEntries, afterId: 0, lastId: 1_000_000 })
      const replies = entries.filter(({ session, direction }) => session === 'one' && direction === 'received')
      expect(replies.map(({ frames }) => frames)).toEqual([exchange?.frames])
    }
  })

  test('goes on while the thread of its host is busy', async () => {
    const { thread, until } = startThread()
    await openBoth(thread)
    await thread.call('repeat.start', {
      sessionId: 'one',
      frames: [bytes('x')],
      timeoutMs: limitMs,
      count: null,
      intervalMs: 0,
    })
    const replied = () => thread.sessions.find(({ sessionId }) => sessionId === 'one')?.repeat?.replied ?? 0
    await until('a reply', () => replied() > 0)
    const before = replied()
    const end = performance.now() + 500
    while (performance.now() < end);
    // What is read at once was posted meanwhile.
    const { sessions } = await thread.call('engine.snapshot')
    expect(sessions.find(({ sessionId }) => sessionId === 'one')?.repeat?.replied).toBeGreaterThan(before + 20)
    await thread.call('repeat.stop', { sessionId: 'one' })
  })

  test('fails as the engine does', async () => {
    const { thread, told } = startThread()
    await expect(send(thread, 'x')).rejects.toMatchObject({ name: 'InspectorError', code: 'closed' })
    const spec = requestSpec('tcp://127.0.0.1:1')
    await thread.call('session.open', { sessionId: 'one', spec })
    await expect(
      thread.call('session.send', { sessionId: 'one', frames: [bytes('x')], timeoutMs: 300 }),
    ).rejects.toMatchObject({ code: 'unreachable', details: { diagnosis: 'nobody-listening' } })
    expect(told).toEqual([])
  })

  test('forgets a session that is removed, once its socket has gone', async () => {
    const { thread, events, until } = startThread()
    await openBoth(thread)
    await send(thread, 'x')
    await thread.call('session.remove', { sessionId: 'one' })
    await until('the removal', () => events.some(({ type }) => type === 'session.removed'))
    expect(thread.sessions.map(({ sessionId }) => sessionId)).toEqual([echoServerId])
    const seen = events.length
    // Another session tells as much as the removed one would have had to tell.
    const endpoint = boundEndpointOf(thread.sessions[0])?.endpoint ?? ''
    await thread.call('session.open', { sessionId: 'two', spec: requestSpec(endpoint) })
    const plan = { sessionId: 'two', frames: [bytes('x')], timeoutMs: limitMs, count: 20, intervalMs: 10 }
    await thread.call('repeat.start', plan)
    await until('the end of the repeat', () =>
      thread.sessions.some(({ sessionId, repeat }) => sessionId === 'two' && repeat?.running === false),
    )
    const later = events
      .slice(seen)
      .flatMap((event) => (event.type === 'session.changed' ? [event.state.sessionId] : []))
    expect(later).toContain('two')
    expect(later).not.toContain('one')
  })

  test('ends with everything written, although a reply is awaited', async () => {
    const { thread, path, told } = startThread()
    await openBoth(thread)
    await send(thread, 'x')
    // The echo server is stopped, so no reply can come.
    await thread.call('session.close', { sessionId: echoServerId })
    const failed = expect(send(thread, 'y')).rejects.toMatchObject({ code: 'closed' })
    await thread.dispose()
    await failed
    // A clean end leaves no journal.
    expect(existsSync(path)).toBe(true)
    expect(existsSync(`${path}-wal`)).toBe(false)
    expect(told).toEqual([])
    await expect(thread.call('engine.snapshot')).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('probes', () => {
  test('say what is behind endpoints and ranges, also an own session', async () => {
    const { thread } = startThread()
    const server = await thread.call('session.open', {
      sessionId: echoServerId,
      spec: echoServerSpec('tcp://127.0.0.1:0'),
    })
    const endpoint = boundEndpointOf(server)?.endpoint ?? ''
    expect(await thread.call('probe.run', { endpoint, pattern: 'sub' })).toMatchObject({
      socketType: 'ROUTER',
      verdict: 'A ROUTER socket, ZMTP 3.1, no security. SUB cannot talk to it: open a REQ.',
    })
    const port = new URL(endpoint).port
    const { found } = await thread.call('probe.range', { endpoint: `tcp://127.0.0.1:${port}-${port}` })
    expect(found).toMatchObject([{ endpoint, socketType: 'ROUTER' }])
    await expect(thread.call('probe.run', { endpoint: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-endpoint' })
  })

  test('end when they are cancelled, and with the thread', async () => {
    const { thread, told } = startThread()
    // Greets, and does not say what it is before its authenticator has answered, which never does.
    const context = new Context()
    const authenticator = new Router({ context, linger: 0 })
    const server = new Reply({ context, linger: 0, zapDomain: 'test' })
    onTestFinished(() => {
      for (const socket of [authenticator, server]) socket.close()
    })
    authenticator.bindSync('inproc://zeromq.zap.01')
    // An abstract name is connected to by libzmq, whose sockets must have gone before their thread does.
    const endpoint = process.platform === 'linux' ? `ipc://@inspector-thread-${process.pid}` : 'tcp://127.0.0.1:*'
    server.bindSync(endpoint)
    for (const end of [() => thread.call('probe.cancel'), () => thread.dispose()]) {
      const failed = thread.call('probe.run', { endpoint: server.lastEndpoint ?? '' }).catch((error: unknown) => error)
      await authenticator.receive()
      await end()
      expect(await failed).toMatchObject({ code: 'cancelled' })
    }
    expect(told).toEqual([])
  })
})

test('a process ends well although a socket lingers with what its peer does not read', async () => {
  const peer = await startStalledPeer()
  onTestFinished(() => peer.close())
  const program = runNode(builtModule('lingering'), newLogPath(), builtModule('engine-worker'), peer.endpoint)
  await peer.reached
  program.feed('')
  expect(await program.ended).toMatchObject({
    code: 0,
    signal: null,
    stdout: 'The connection was closed.\ndisposed, lingers\n',
    stderr: '',
  })
}, 20_000)

describe('a thread of an engine that', () => {
  const module = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)

  test('cannot start says so', async () => {
    const { thread, told } = startThread(module('throw new Error("no such library")'))
    const call = expect(thread.call('engine.snapshot')).rejects.toMatchObject({
      code: 'internal',
      message: 'The engine has ended: no such library. Quit and start the application again.',
    })
    await expect(thread.ready).rejects.toThrow('no such library')
    await call
    expect(told).toEqual(['ended: no such library'])
  })

  test('ends while it starts says so', async () => {
    const { thread, told } = startThread(module('setTimeout(() => process.exit(1))'))
    await expect(thread.ready).rejects.toThrow('its thread ended')
    expect(told).toEqual(['ended: its thread ended'])
  })

  test('ends by itself is told of, once, and fails the calls that wait', async () => {
    const listen = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', () => process.exit(1))
      parentPort.postMessage({ type: 'ready' })`
    const { thread, told, until } = startThread(module(listen))
    await thread.ready
    await expect(thread.call('engine.snapshot')).rejects.toMatchObject({ code: 'internal' })
    await until('the end', () => told.length > 0)
    await vi.waitFor(() => expect(told).toEqual(['ended: its thread ended']), 10_000)
    await expect(thread.call('session.attempts')).rejects.toMatchObject({ code: 'internal' })
    expect(thread.sessions).toEqual([])
  })

  test('fails unforeseen goes on, and tells', async () => {
    const fail = `import { parentPort } from 'node:worker_threads'
      parentPort.on('message', ({ id, name }) => {
        if (name === 'engine.dispose') return parentPort.postMessage({ type: 'answer', id, value: { lingers: false } })
        parentPort.postMessage({ type: 'unforeseen', description: 'a mistake' })
        parentPort.postMessage({ type: 'failure', id, error: { code: 'internal', message: 'A mistake.' } })
      })
      parentPort.postMessage({ type: 'ready' })`
    const { thread, told } = startThread(module(fail))
    await expect(thread.call('engine.versions')).rejects.toMatchObject({ code: 'internal', message: 'A mistake.' })
    expect(told).toEqual(['unforeseen: a mistake'])
  })
})
