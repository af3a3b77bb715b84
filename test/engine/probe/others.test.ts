import { mkdtempSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { probe } from '../../../src/engine/probe/probe.ts'
import { writeGreeting2, writeGreeting3 } from '../../../src/shared/zmq/zmtp/greeting.ts'
import { socketTypes } from '../../../src/shared/zmq/zmtp/protocol.ts'
import { writeFrame, writeMetadata } from '../../../src/shared/zmq/zmtp/writer.ts'
import { listen } from '../../support/listener.ts'
import { startOlderPeer } from '../../support/older-peer.ts'
import { startOwnClock } from '../../support/own-clock.ts'
import { fuzzedBytes, randomFrom } from '../../support/zmtp-fuzz.ts'

vi.setConfig({ testTimeout: 15_000 })

const mostMs = 2000
/** For what lasts as long as it may. */
const short = { limitMs: 700 }

/** The report, which must be there within two seconds. */
async function probed(...given: Parameters<typeof probe>) {
  const elapsedMs = startOwnClock()
  const report = await probe(...given)
  expect(elapsedMs()).toBeLessThan(mostMs)
  return report
}

const latin = (text: string) => Buffer.from(text, 'latin1')
const says = (banner: string) => (socket: Socket) => void socket.write(latin(banner))
/** Answers as soon as bytes have come that the pattern matches, and may close. */
const answers =
  (pattern: RegExp, answer: string, closes = true) =>
  (socket: Socket) => {
    let heard = ''
    socket.on('data', (data: Buffer) => {
      heard += data.toString('latin1')
      if (!pattern.test(heard)) return
      if (closes) socket.end(latin(answer))
      else socket.write(latin(answer))
    })
  }

async function portOf(server: ReturnType<typeof createHttpServer> | ReturnType<typeof createTlsServer>) {
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

describe('another protocol is named by its first bytes:', () => {
  const line = /\n/
  test.each<[string, string, (socket: Socket) => void]>([
    ['ssh', 'Not ZeroMQ: this is SSH. It says “SSH-2.0-OpenSSH_9.2p1”.', says('SSH-2.0-OpenSSH_9.2p1\r\n')],
    ['redis', 'Not ZeroMQ: this is Redis. It says “-ERR unknown command”.', answers(line, '-ERR unknown command\r\n')],
    ['memcached', 'Not ZeroMQ: this is Memcached. It says “ERROR”.', answers(line, 'ERROR\r\n', false)],
    ['postgresql', 'Not ZeroMQ: this is PostgreSQL', answers(/^[\s\S]{10}/, 'E\0\0\0\x30SFATAL\0C08P01\0Minvalid\0\0')],
    ['mysql', 'Not ZeroMQ: this is MySQL or MariaDB', says('\x4a\0\0\0\x0a8.0.36\0')],
    ['smtp', 'Not ZeroMQ: this is SMTP. It says “220 mail.example ESMTP”.', says('220 mail.example ESMTP\r\n')],
    ['ftp', 'Not ZeroMQ: this is FTP. It says “220 FTP ready”.', says('220 FTP ready\r\n')],
    ['ftp-or-smtp', 'Not ZeroMQ: this is FTP or SMTP', says('220 welcome\r\n')],
    ['pop3', 'Not ZeroMQ: this is POP3', says('+OK ready\r\n')],
    ['imap', 'Not ZeroMQ: this is IMAP', says('* OK ready\r\n')],
    ['mqtt', 'Not ZeroMQ: this is MQTT. It says the bytes 20 02 00 01.', answers(/./, '\x20\x02\0\x01')],
    ['amqp', 'Not ZeroMQ: this is AMQP', answers(/^[\s\S]{8}/, 'AMQP\0\0\x09\x01')],
    ['nats', 'Not ZeroMQ: this is NATS', says('INFO {"server_id":"x"}\r\n')],
    ['telnet', 'Not ZeroMQ: this is Telnet', says('\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27')],
    ['telnet', 'Not ZeroMQ: this is Telnet', says('\xff\xfb\x01')],
    ['vnc', 'Not ZeroMQ: this is VNC. It says “RFB 003.008”.', says('RFB 003.008\n')],
    ['http2', 'Not ZeroMQ: this is HTTP/2', says('\0\0\x0c\x04\0\0\0\0\0\0\x03\0\0\0\x64\0\x04\0\x10\0\0')],
    [
      'tls',
      'Not ZeroMQ: this is TLS. It says the bytes 15 03 01 00 02 02 46.',
      answers(/./, '\x15\x03\x01\0\x02\x02\x46'),
    ],
    ['text', 'Not ZeroMQ: a text protocol. It says “hello there”.', says('hello there\n')],
    ['unknown', 'Not ZeroMQ: it sends the bytes 01 02 03 04.', says('\x01\x02\x03\x04')],
  ])('%s', async (protocol, verdict, act) => {
    const report = await probed(await listen(act))
    expect(report).toMatchObject({ reachable: true, protocol, version: null, mechanism: null, socketType: null })
    expect(report.verdict).toContain(verdict)
    expect(report.steps.find(({ step }) => step === 'greeting')).toMatchObject({
      outcome: 'failed',
      facts: { protocol },
    })
  })

  test('HTTP of Node.js, by tcp:// and by ws://', async () => {
    const port = await portOf(createHttpServer((_request, response) => response.writeHead(404).end()))
    expect(await probed(`tcp://127.0.0.1:${port}`)).toMatchObject({
      protocol: 'http',
      verdict: 'Not ZeroMQ: this is HTTP. It says “HTTP/1.1 400 Bad Request”.',
    })
    expect(await probed(`ws://127.0.0.1:${port}/path`)).toMatchObject({
      protocol: 'http',
      verdict: 'Not ZeroMQ: this is HTTP. It does not accept a ZeroMQ WebSocket. It says “HTTP/1.1 404 Not Found”.',
    })
  })

  test('TLS of Node.js', async () => {
    const port = await portOf(createTlsServer())
    // OpenSSL closes without a word.
    const { protocol, verdict } = await probed(`tcp://127.0.0.1:${port}`)
    expect(['tls', 'closed']).toContain(protocol)
    expect(verdict).toContain('TLS')
  })

  test('a WebSocket of another kind', async () => {
    const server = createHttpServer()
    server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
    })
    const port = await portOf(server)
    expect(await probed(`ws://127.0.0.1:${port}`)).toMatchObject({ protocol: 'http' })
  })

  test('SSH where a WebSocket was asked for', async () => {
    const endpoint = await listen(says('SSH-2.0-x\r\n'))
    expect(await probed(endpoint.replace('tcp:', 'ws:'))).toMatchObject({ protocol: 'ssh' })
  })
})

describe('a port', () => {
  test('that accepts and says nothing', async () => {
    expect(await probed(await listen(() => undefined))).toMatchObject({
      reachable: true,
      protocol: 'silent',
      verdict: 'Accepts TCP and says nothing: no ZMTP, or a full backlog.',
    })
  })

  test('that accepts a WebSocket and says nothing', async () => {
    const endpoint = await listen(() => undefined)
    expect(await probed(endpoint.replace('tcp:', 'ws:'), short)).toMatchObject({ protocol: 'silent' })
  })

  test('that closes at once', async () => {
    const report = await probed(await listen((socket) => socket.end()))
    expect(report).toMatchObject({ reachable: true, protocol: 'closed' })
    expect(report.verdict).toMatch(/^Accepts TCP and closes without a word: /)
    expect(await probed(await listen((socket) => socket.resetAndDestroy()))).toMatchObject({ protocol: 'closed' })
  })

  test('where nobody listens', async () => {
    const report = await probed('tcp://127.0.0.1:1')
    expect(report).toMatchObject({
      reachable: false,
      protocol: null,
      talksTo: [],
      verdict: 'Nobody is listening there. Start the server, or check the host and the port.',
    })
    expect(report.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'resolve ok',
      'connect failed',
      'close ok',
    ])
    expect(report.steps.at(-1)?.detail).toBe('nothing was connected')
  })

  test.each([
    ['half a signature', '\xff\0\0\0\0'],
    ['a signature', '\xff\0\0\0\0\0\0\0\x01\x7f'],
    ['half a greeting of ZMTP 3', Buffer.from(writeGreeting3('NULL').subarray(0, 30)).toString('latin1')],
  ])('that sends %s, and then hangs or closes', async (_what, bytes) => {
    for (const act of [says(bytes), (socket: Socket) => socket.end(latin(bytes))]) {
      const report = await probed(await listen(act), short)
      expect(report).toMatchObject({ reachable: true, protocol: 'unfinished', version: null })
    }
  })

  test('that feeds its greeting by drops', async () => {
    const greeting = writeGreeting3('NULL')
    const endpoint = await listen((socket) => {
      let at = 0
      const timer = setInterval(() => socket.write(greeting.subarray(at, ++at)), 200)
      socket.on('close', () => clearInterval(timer))
    })
    expect(await probed(endpoint)).toMatchObject({ protocol: 'unfinished' })
  })

  test('that sends an endless stream of anything is left soon', async () => {
    const chunk = Buffer.alloc(1 << 20, 0x5a)
    for (const before of [Buffer.alloc(0), Buffer.from(writeGreeting3('NULL'))]) {
      let sent = 0
      const endpoint = await listen((socket) => {
        socket.write(before)
        const pour = () => {
          while (!socket.destroyed && socket.write(chunk)) sent += chunk.length
        }
        socket.on('drain', pour)
        pour()
      })
      const elapsedMs = startOwnClock()
      const report = await probed(endpoint)
      expect(report.reachable).toBe(true)
      expect(report.protocol).toBe(before.length === 0 ? 'text' : 'zmtp')
      expect(elapsedMs()).toBeLessThan(1000)
      expect(sent).toBeLessThan(64 << 20)
    }
  })

  test('that greets and closes, or says nothing more', async () => {
    const greeting = writeGreeting3('NULL', { minor: 0 })
    expect(await probed(await listen((socket) => socket.end(greeting)))).toMatchObject({
      protocol: 'zmtp',
      version: '3.0',
      socketType: null,
      verdict: expect.stringMatching(/^Speaks ZMTP 3\.0, and closes before it says its type/),
    })
    expect(await probed(await listen((socket) => socket.write(greeting)), short)).toMatchObject({
      protocol: 'zmtp',
      verdict: expect.stringMatching(/^Speaks ZMTP 3\.0, and does not say its type in time/),
    })
  })

  test('that waits for READY before it says its own', async () => {
    const endpoint = await listen((socket) => {
      socket.write(writeGreeting3('NULL'))
      let heard = Buffer.alloc(0)
      socket.on('data', (data: Buffer) => {
        heard = Buffer.concat([heard, data])
        if (heard.includes('READY')) {
          socket.write(writeMetadata('READY', [{ name: 'socket-type', value: latin('REP') }]))
        }
      })
    })
    expect(await probed(endpoint)).toMatchObject({ socketType: 'REP', talksTo: ['req', 'dealer'] })
  })

  test('that says hostile things about itself', async () => {
    const long = 'A'.repeat(5000)
    const endpoint = await listen((socket) => {
      const metadata = writeMetadata('READY', [
        { name: 'Socket-Type', value: latin(long) },
        { name: 'Identity', value: latin('\x1b[2J') },
        { name: 'X-A', value: latin(long) },
      ])
      socket.write(Buffer.concat([writeGreeting3('NULL'), metadata]))
    })
    const report = await probed(endpoint, { pattern: 'req' })
    expect(report).toMatchObject({ identity: '0x1b5b324a', talksTo: [] })
    expect(report.verdict).toMatch(/REQ cannot talk to it\.$/)
    expect(JSON.stringify(report).length).toBeLessThan(3000)
  })

  test('that asks for a mechanism that is not known', async () => {
    const verdict = async (mechanism: string) =>
      (await probed(await listen((socket) => socket.write(writeGreeting3(mechanism))))).verdict
    expect(await verdict('GSSAPI')).toBe('Asks for GSSAPI (Kerberos), which this application does not have.')
    expect(await verdict('XMPP')).toBe('Asks for the security mechanism XMPP, which is not known here.')
  })
})

describe('an older peer', () => {
  test('of ZMTP 1.0 says its identity', async () => {
    const peer = await startOlderPeer('1.0')
    onTestFinished(() => peer.close())
    expect(await probed(peer.endpoint)).toMatchObject({
      protocol: 'zmtp',
      version: '1.0',
      mechanism: null,
      socketType: null,
      identity: 'name',
      verdict: 'A ZeroMQ socket, ZMTP 1.0, which does not say its type.',
    })
  })

  test('of ZMTP 1.0 has none, or a long one', async () => {
    expect(await probed(await listen(says('\x01\0')))).toMatchObject({ version: '1.0', identity: null })
    const long = Buffer.concat([writeFrame(1, 'identity', false, Buffer.alloc(254, 0x61))])
    expect(await probed(await listen((socket) => socket.write(long)))).toMatchObject({
      version: '1.0',
      identity: 'a'.repeat(254),
    })
  })

  test('of ZMTP 2.0 says its type', async () => {
    const peer = await startOlderPeer('2.0')
    onTestFinished(() => peer.close())
    expect(await probed(peer.endpoint)).toMatchObject({
      version: '2.0',
      socketType: 'REP',
      identity: null,
      talksTo: ['req', 'dealer'],
      verdict: 'A REP socket, ZMTP 2.0, no security.',
    })
  })

  test('of ZMTP 2.0 says its identity once it has the type of the other', async () => {
    const endpoint = await listen((socket) => {
      socket.write(writeGreeting2(socketTypes.indexOf('ROUTER')))
      let heard = 0
      socket.on('data', (data: Buffer) => {
        const before = heard
        heard += data.length
        if (before < 12 && heard >= 12) socket.write(writeFrame(2, 'identity', false, latin('worker')))
      })
    })
    expect(await probed(endpoint)).toMatchObject({ version: '2.0', socketType: 'ROUTER', identity: 'worker' })
  })

  test('of ZMTP 2.0 that gives its messages to anybody gets no more than the start of a greeting', async () => {
    const heard: Buffer[] = []
    const endpoint = await listen((socket) => {
      socket.on('data', (data: Buffer) => heard.push(data))
      socket.write(writeGreeting2(socketTypes.indexOf('PUSH')))
    })
    expect(await probed(endpoint)).toMatchObject({ version: '2.0', socketType: 'PUSH', talksTo: ['pull'] })
    expect(Buffer.concat(heard).length).toBeLessThan(12)
  })
})

describe('a UNIX socket', () => {
  const path = () => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'socket')

  test('that is missing, silent or something else', async () => {
    const missing = path()
    expect(await probed(`ipc://${missing}`)).toMatchObject({
      reachable: false,
      verdict: `There is no socket at ${missing}. Start the server, or check the path.`,
    })
    expect(await probed(await listen(() => undefined, path()), short)).toMatchObject({
      protocol: 'silent',
      verdict: 'Accepts connections and says nothing: no ZMTP, or a full backlog.',
    })
    expect(await probed(await listen(says('SSH-2.0-x\r\n'), path()))).toMatchObject({ protocol: 'ssh' })
  })

  test.runIf(process.platform === 'linux')('with an abstract name that nobody has', async () => {
    expect(await probed('ipc://@inspector-nobody')).toMatchObject({
      reachable: false,
      verdict: 'Nobody is listening on the abstract name @inspector-nobody. Start the server, or check the name.',
    })
  })
})

test('inproc is only for the sockets of one program', async () => {
  expect(await probed('inproc://name')).toMatchObject({
    reachable: false,
    protocol: null,
    steps: [],
    verdict: expect.stringMatching(/^Only sockets inside one program meet at inproc:\/\//),
  })
})

test('whatever a peer sends, there is an answer in whole sentences', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const random = randomFrom(seed)
  const all = Array.from({ length: 150 }, async (_each, index) => {
    const bytes = fuzzedBytes(random)
    const act = (socket: Socket) => (index % 2 === 0 ? socket.end(bytes) : socket.write(bytes))
    const report = await probe(await listen(act), { limitMs: 1500, pattern: 'req' })
    expect(report, `seed ${seed}, ${bytes.toString('hex')}`).toMatchObject({
      reachable: true,
      verdict: expect.stringMatching(/^[A-Z].*\.$/s),
    })
    expect(report.verdict).not.toMatch(/undefined|null/)
  })
  await Promise.all(all)
})

test('what is no endpoint is refused', async () => {
  await expect(probe('localhost:5555')).rejects.toMatchObject({ code: 'invalid-endpoint' })
  await expect(probe('tcp://127.0.0.1:*')).rejects.toMatchObject({ code: 'invalid-endpoint' })
})

test('who has lost interest is told so at once', async () => {
  const controller = new AbortController()
  let left = (): void => undefined
  const gone = new Promise<void>((resolve) => {
    left = resolve
  })
  const endpoint = await listen((socket) => {
    socket.on('close', () => left())
    socket.resume()
    controller.abort()
  })
  await expect(probe(endpoint, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' })
  await gone
})

test('the connection is closed when the answer is there', async () => {
  let left = (): void => undefined
  const gone = new Promise<void>((resolve) => {
    left = resolve
  })
  const endpoint = await listen((socket) => {
    socket.on('close', () => left())
    socket.resume()
    socket.write(writeGreeting3('CURVE'))
  })
  await probed(endpoint)
  await gone
})
