import { spawnSync } from 'node:child_process'
import { describe, expect, test, vi } from 'vitest'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { RunningProgram } from '../support/running-program.ts'
import { ask, serve, served } from '../support/sessions.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const python = '/usr/bin/python3'
const binding = spawnSync(python, ['-c', 'import zmq']).status
/** Why these tests are skipped; undefined when they can run. */
const obstacle = binding === 0 ? undefined : `${python} with the module zmq is not there (apt install python3-zmq)`

const run = (script: string, ...args: string[]) => new RunningProgram(python, ['-u', '-c', script, ...args])

const allBytes = Uint8Array.from({ length: 256 }, (_, index) => index)

const requestClient = `
import sys, zmq
socket = zmq.Context().socket(zmq.REQ)
socket.linger = 0
socket.connect(sys.argv[1])
for message in ([b'Hello world!'], [b'', bytes(range(256)), b''], [b'x' * 1000000]):
    socket.send_multipart(message)
    assert socket.poll(10000), 'no reply'
    assert socket.recv_multipart() == message, 'another reply'
print('done')
`

const replyServer = `
import zmq
socket = zmq.Context().socket(zmq.REP)
socket.linger = 0
print(socket.bind_to_random_port('tcp://127.0.0.1'))
while True:
    message = socket.recv_multipart()
    print('got', len(message), ' '.join(frame.hex() for frame in message))
    socket.send_multipart(list(reversed(message)))
`

const lateRouter = `
import zmq
socket = zmq.Context().socket(zmq.ROUTER)
socket.linger = 0
print(socket.bind_to_random_port('tcp://127.0.0.1'))
first = socket.recv_multipart()
print('first')
second = socket.recv_multipart()
socket.send_multipart(first[:2] + [b'late'])
socket.send_multipart(second[:2] + [b'right'])
socket.recv_multipart()
`

test.runIf(obstacle !== undefined)(`a peer in Python cannot be tried: ${obstacle}`, (context) => context.skip(obstacle))

describe.skipIf(obstacle !== undefined)('a peer in Python', () => {
  test('as REQ gets every frame back from the echo server', async () => {
    const { engine } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    expect(await run(requestClient, endpoint).ended).toMatchObject({ code: 0, stdout: 'done\n', stderr: '' })
    expect(served(engine)).toMatchObject({ sent: 3, sentBytes: 12 + 256 + 1_000_000 })
  })

  test('as REP gets and answers every frame byte for byte', async () => {
    const { engine } = createHarness()
    const server = run(replyServer)
    const [, port] = await server.until(/^(\d+)$/m)
    engine.open('one', requestSpec(`tcp://127.0.0.1:${port}`))
    const frames = [bytes('first'), new Uint8Array(0), allBytes]
    const exchange = await ask(engine, 'one', frames, 10_000)
    expect(exchange.frames.map((frame) => [...frame])).toEqual(frames.map((frame) => [...frame]).reverse())
    expect(exchange.difference).toEqual({ frame: 0, offset: 0 })
    const hex = frames.map((frame) => Buffer.from(frame).toString('hex')).join(' ')
    await server.until(new RegExp(`^got 3 ${hex}$`, 'm'))
    const single = await ask(engine, 'one', [new Uint8Array(0)], 10_000)
    expect(single.frames.map((frame) => [...frame])).toEqual([[]])
    expect(single.difference).toBeNull()
  })

  test('as a late ROUTER never has its reply taken for the next', async () => {
    const { engine } = createHarness()
    const router = run(lateRouter)
    const [, port] = await router.until(/^(\d+)$/m)
    engine.open('one', requestSpec(`tcp://127.0.0.1:${port}`))
    // Long enough for Python to receive the first message, which is never answered.
    const lost = expect(ask(engine, 'one', [bytes('first')], 1000)).rejects.toMatchObject({ code: 'timeout' })
    await router.until(/^first$/m)
    await lost
    expect(texts((await ask(engine, 'one', [bytes('second')], 10_000)).frames)).toEqual(['right'])
  })
})
