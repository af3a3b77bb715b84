import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Pull } from 'zeromq'
import { type ReceiverPlan, receiverOf } from '../../../src/engine/lab/stream-receiver.ts'
import { parseEndpoint } from '../../../src/shared/endpoint.ts'
import { stampBytes, writeStamp } from '../../../src/shared/lab/stamp.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'
import { writeFrame } from '../../../src/shared/zmq/zmtp/writer.ts'
import { tries } from '../../support/nightly.ts'
import { greeting, ready } from '../../support/zmtp-peer.ts'

/** The lab's own PULL. `stamps` are the numbers of what came; null for what has no stamp. */
async function receive(endpoint = 'tcp://127.0.0.1:*') {
  const stamps: (number | null)[] = []
  const plan: ReceiverPlan = {
    pattern: 'push-pull',
    client: 'zmtp',
    endpoint,
    to: parseEndpoint(endpoint, 'bind'),
    options: defaultSocketOptions,
    take: (stamp, nowNs) => {
      stamps.push(stamp?.sequence ?? null)
      expect(nowNs).toBeGreaterThan(0)
    },
    broke: (failure) => {
      throw failure
    },
  }
  const receiver = receiverOf(plan)
  onTestFinished(() => receiver.close())
  return { endpoint: await receiver.open(), stamps, receiver }
}

/** A connection without ZeroMQ, which has shaken hands. */
async function peerOf(endpoint: string, type = 'PUSH'): Promise<Socket> {
  const socket = connect(Number(new URL(endpoint).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  socket.resume()
  await once(socket, 'connect')
  socket.write(Buffer.concat([greeting, ready(type)]))
  return socket
}

function message(sequence: number, size = stampBytes): Buffer {
  const body = new Uint8Array(size)
  writeStamp(new DataView(body.buffer), 0, { run: 1, isMeasured: true, sequence, sentNs: 5 })
  return Buffer.from(writeFrame(3, 'message', false, body))
}

/** All that a bound PULL says to a PUSH that shakes hands. */
async function wordsOf(endpoint: string): Promise<string> {
  const socket = connect(Number(new URL(endpoint).port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  await once(socket, 'connect')
  socket.write(Buffer.concat([greeting, ready('PUSH')]))
  await vi.waitUntil(() => Buffer.concat(chunks).includes('PULL'))
  return Buffer.concat(chunks).toString('latin1')
}

test('the lab’s own PULL says what one of libzmq says', async () => {
  const pull = new Pull({ linger: 0 })
  onTestFinished(() => pull.close())
  await pull.bind('tcp://127.0.0.1:*')
  const { endpoint } = await receive()
  expect(await wordsOf(endpoint)).toBe(await wordsOf(pull.lastEndpoint ?? ''))
})

test('each message is found by its stamp, however its bytes are split', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: stampBytes, max: 400 }), { minLength: 1, maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      async (sizes, cuts) => {
        const { endpoint, stamps, receiver } = await receive()
        const socket = await peerOf(endpoint)
        const all = Buffer.concat(sizes.map((size, sequence) => message(sequence, size)))
        for (let at = 0, turn = 0; at < all.length; turn += 1) {
          const end = at + (cuts[turn % cuts.length] ?? 1)
          socket.write(all.subarray(at, end))
          if (turn % 4 === 0) await nextTurn()
          at = end
        }
        await vi.waitUntil(() => stamps.length === sizes.length)
        expect(stamps).toEqual(sizes.map((_, sequence) => sequence))
        await receiver.close()
      },
    ),
    tries(20, 300),
  )
})

test('what is no message of a stream is told as such', async () => {
  const { endpoint, stamps } = await receive()
  const socket = await peerOf(endpoint)
  const frames = [
    Buffer.from(writeFrame(3, 'message', false, new Uint8Array(stampBytes - 1))),
    Buffer.from(writeFrame(3, 'message', true, new Uint8Array(stampBytes))),
    Buffer.from(writeFrame(3, 'message', false, new Uint8Array(stampBytes))),
    Buffer.from(writeFrame(3, 'message', false, new Uint8Array(0))),
    message(7),
  ]
  socket.write(Buffer.concat(frames))
  await vi.waitUntil(() => stamps.length === 4)
  expect(stamps).toEqual([null, null, null, 7])
})

describe('a peer is let go, and others stay,', () => {
  test.each<[string, string, Buffer]>([
    ['that is no PUSH', 'SUB', Buffer.alloc(0)],
    ['that breaks ZMTP', 'PUSH', Buffer.from([0xf8, 1, 1])],
  ])('%s', async (_, type, words) => {
    const { endpoint, stamps } = await receive()
    const good = await peerOf(endpoint)
    const bad = await peerOf(endpoint, type)
    bad.write(words)
    await once(bad, 'close')
    good.write(message(3))
    await vi.waitUntil(() => stamps.length === 1)
    expect(stamps).toEqual([3])
  })
})

describe('over ipc', () => {
  const folderOf = () => {
    const folder = mkdtempSync(join(tmpdir(), 'pull-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    return folder
  }

  test('a path at which somebody listens, or where a file is, is refused', async () => {
    const folder = folderOf()
    await receive(`ipc://${folder}/socket`)
    await expect(receive(`ipc://${folder}/socket`)).rejects.toMatchObject({ code: 'address-in-use' })
    writeFileSync(join(folder, 'file'), 'content')
    await expect(receive(`ipc://${folder}/file`)).rejects.toMatchObject({ code: 'invalid-endpoint' })
  })

  test('a path that was left is taken again', async () => {
    const endpoint = `ipc://${folderOf()}/socket`
    const first = await receive(endpoint)
    await first.receiver.close()
    expect((await receive(endpoint)).endpoint).toBe(endpoint)
  })
})
