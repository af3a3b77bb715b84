import { createServer, type Server, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { Publisher, Reply } from 'zeromq'
import { probeRange } from '../../../src/engine/probe/range.ts'

/** Listens on a port; null where it is taken. */
function listenAt(port: number, act: (socket: Socket) => void): Promise<Server | null> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    act(socket)
  })
  return new Promise((resolve) => {
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      onTestFinished(() => {
        for (const socket of sockets) socket.destroy()
        server.close()
      })
      resolve(server)
    })
  })
}

/** The first of so many ports in a row that are listened on. Below those that the system gives away. */
async function listenInRow(count: number, act: (socket: Socket, port: number) => void): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 10_000)
    const servers: Server[] = []
    for (let index = 0; index < count; index += 1) {
      const server = await listenAt(first + index, (socket) => act(socket, first + index))
      if (server) servers.push(server)
      else break
    }
    if (servers.length === count) return first
    for (const server of servers) server.close()
  }
  throw new Error('no ports in a row')
}

test('tells which ports of this machine speak ZeroMQ, and what the others are', async () => {
  const first = await listenInRow(1, (socket) => socket.write('SSH-2.0-x\r\n'))
  const sockets = [new Reply({ linger: 0 }), new Publisher({ linger: 0 })]
  onTestFinished(() => {
    for (const socket of sockets) socket.close()
  })
  sockets.forEach((socket, index) => {
    socket.bindSync(`tcp://127.0.0.1:${first + 3 + index * 2}`)
  })
  const told: number[] = []
  for (const host of ['127.0.0.1', 'localhost']) {
    const report = await probeRange(`tcp://${host}:${first}-${first + 9}`, {
      progress: (done, ports) => {
        told.push(done)
        expect(ports).toBe(10)
      },
    })
    expect(report).toMatchObject({ endpoint: `tcp://${host}:${first}-${first + 9}`, ports: 10 })
    expect(report.found.map(({ endpoint, protocol, socketType }) => [endpoint, protocol, socketType])).toEqual([
      [`tcp://${host}:${first}`, 'ssh', null],
      [`tcp://${host}:${first + 3}`, 'zmtp', 'REP'],
      [`tcp://${host}:${first + 5}`, 'zmtp', 'PUB'],
    ])
  }
  expect(told).toEqual([...Array(10).keys(), ...Array(10).keys()].map((count) => count + 1))
})

test('makes no more than 64 connections at a time', async () => {
  const warnings: string[] = []
  const onWarning = (warning: Error) => warnings.push(warning.message)
  process.on('warning', onWarning)
  onTestFinished(() => void process.off('warning', onWarning))
  let accepted = 0
  const first = await listenInRow(80, (socket) => {
    accepted += 1
    socket.resume()
  })
  let atFirstEnd = 0
  const report = await probeRange(`tcp://127.0.0.1:${first}-${first + 79}`, {
    limitMs: 800,
    signal: new AbortController().signal,
    progress: (done) => {
      if (done === 1) atFirstEnd = accepted
    },
  })
  expect(report.found).toHaveLength(80)
  expect(report.found.every(({ protocol }) => protocol === 'silent')).toBe(true)
  expect([atFirstEnd, accepted]).toEqual([64, 80])
  expect(warnings).toEqual([])
})

test('ends when it is cancelled', async () => {
  const controller = new AbortController()
  const first = await listenInRow(3, () => controller.abort())
  await expect(
    probeRange(`tcp://127.0.0.1:${first}-${first + 2}`, { signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'cancelled' })
})

test.each([
  ['tcp://192.0.2.1:5000-5001', /^Only ports of this machine are probed as a range/],
  ['tcp://example.com:5000-5001', /^Only ports of this machine are probed as a range/],
  ['tcp://*:5000-5001', /'\*' means every interface/],
  ['tcp://127.0.0.1:6000-5000', /^The range ends before it begins: write tcp:\/\/127\.0\.0\.1:5000-6000$/],
  ['tcp://127.0.0.1:0-10', /Port 0/],
  ['tcp://127.0.0.1:5000-70000', /Port '70000' does not exist/],
  ['tcp://127.0.0.1:5000', /^Expected a range of ports/],
  ['ws://127.0.0.1:5000-5001', /^Expected a range of ports/],
])('%s is refused', async (text, message) => {
  await expect(probeRange(text)).rejects.toMatchObject({
    code: 'invalid-endpoint',
    message: expect.stringMatching(message),
  })
})
