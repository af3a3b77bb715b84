import { connect, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { curveKeyPair, Dealer, Push, Request } from 'zeromq'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { ask, serve, served } from '../support/sessions.ts'

const times = 1000
/** More at once would only measure the backlog of the listening socket. */
const atOnce = 50

const portOf = (endpoint: string): number => Number(endpoint.split(':').at(-1))

function dial(endpoint: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(endpoint), '127.0.0.1', () => resolve(socket))
    socket.on('error', reject)
  })
}

/**
 * Writes to a plain TCP connection, ends it and waits until both sides have ended it. libzmq takes the first byte of
 * HTTP for the length of a ZMTP 1.0 frame, so the server alone would keep waiting.
 */
async function shout(endpoint: string, payload: string | Uint8Array): Promise<void> {
  const socket = await dial(endpoint)
  socket.removeAllListeners('error')
  const closed = new Promise<void>((resolve) => {
    // The server may reset instead of closing; both are fine.
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
  })
  socket.end(payload)
  socket.resume()
  await closed
}

/** Sends half a greeting and disconnects. */
async function halfGreeting(endpoint: string): Promise<void> {
  const socket = await dial(endpoint)
  await new Promise<void>((resolve) => {
    socket.on('close', () => resolve())
    socket.write(Uint8Array.from([0xff, 0, 0, 0, 0]), () => socket.destroy())
  })
}

/** Waits until a client's handshake failed, or its transport was dropped. */
function turnedAway(socket: Request | Push): Promise<void> {
  return new Promise((resolve) => {
    for (const type of ['handshake:error:protocol', 'handshake:error:other', 'disconnect'] as const) {
      socket.events.on(type, () => resolve())
    }
  })
}

async function curveClient(endpoint: string): Promise<void> {
  const { publicKey, secretKey } = curveKeyPair()
  const request = new Request({
    linger: 0,
    curvePublicKey: publicKey,
    curveSecretKey: secretKey,
    curveServerKey: publicKey,
  })
  const ended = turnedAway(request)
  request.connect(endpoint)
  await ended
  request.close()
}

async function wrongType(endpoint: string): Promise<void> {
  const push = new Push({ linger: 0 })
  const ended = turnedAway(push)
  push.connect(endpoint)
  await ended
  push.close()
}

async function oversize(endpoint: string): Promise<void> {
  const request = new Request({ linger: 0, reconnectInterval: -1 })
  const ended = turnedAway(request)
  request.connect(endpoint)
  await request.send(new Uint8Array(2048))
  await ended
  request.close()
}

const httpRequest = `GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: ${'x'.repeat(400)}\r\n\r\n`

const attacks: [string, (endpoint: string) => Promise<void>][] = [
  ['an HTTP request', (endpoint) => shout(endpoint, httpRequest)],
  ['half a greeting', halfGreeting],
  ['a CURVE client', curveClient],
  ['a wrong socket type', wrongType],
  ['an oversize frame', oversize],
]

describe('the echo server', () => {
  test.each(attacks)(
    `survives ${times} times %s, and serves a good client in between`,
    async (_name, attack) => {
      const { engine, until } = createHarness()
      const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0', 1024)
      engine.open('good', requestSpec(endpoint))
      for (let done = 0; done < times; done += atOnce) {
        await Promise.all(Array.from({ length: atOnce }, () => attack(endpoint)))
        expect(texts((await ask(engine, 'good', [bytes(`after ${done}`)], 5000)).frames)).toEqual([`after ${done}`])
      }
      expect(served(engine)).toMatchObject({ phase: 'open', sent: times / atOnce })
      await until('only the good client', () => served(engine).peers === 1)
    },
    60_000,
  )

  test(`survives ${times} messages of a DEALER without the empty delimiter`, async () => {
    const { engine } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
    engine.open('good', requestSpec(endpoint))
    const dealer = new Dealer({ linger: 0 })
    dealer.connect(endpoint)
    for (let done = 0; done < times; done += 1) {
      await dealer.send('no delimiter')
      if (done % atOnce === 0) await ask(engine, 'good', [bytes('between')], 5000)
    }
    // A valid message of the same peer follows all the invalid ones, so once it is answered, they have all been
    // processed.
    await dealer.send(['', 'good'])
    expect(texts(await dealer.receive())).toEqual(['', 'good'])
    expect(served(engine).sent).toBe(times / atOnce + 1)
    dealer.close()
  })
})
