import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Router } from 'zeromq'
import { tcpFinding } from '../../src/engine/sockets/examine.ts'
import { readGreeting } from '../../src/engine/sockets/greeting.ts'
import type { Diagnosis } from '../../src/shared/diagnosis/diagnosis.ts'
import { echoServerId, requestSpec } from '../../src/shared/session/spec.ts'
import { linkOf } from '../../src/shared/session/state.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { listen } from '../support/listener.ts'
import { ask, serve } from '../support/sessions.ts'

const options = { ...defaultSocketOptions, ipv6: true }

/** The finding with which a Send fails, and the words. */
async function causeOf(endpoint: string, timeoutMs: number) {
  const { engine } = createHarness()
  engine.open('one', requestSpec(endpoint, options))
  const failed = ask(engine, 'one', [bytes('x')], timeoutMs).then(
    () => undefined,
    (error: unknown) => error,
  )
  return failed
}

const folder = () => mkdtempSync(join(tmpdir(), 'inspector-'))

describe('a name', () => {
  test('that was looked up and failed is named', async () => {
    expect(await causeOf('tcp://no-such-host.invalid:5555', 1000)).toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/^The host name no-such-host\.invalid (does not resolve|could not be looked up)/),
      details: { name: 'no-such-host.invalid' },
    })
  })
})

describe('an address', () => {
  test('where nobody listens', async () => {
    expect(await causeOf('tcp://127.0.0.1:1', 500)).toMatchObject({ details: { diagnosis: 'nobody-listening' } })
    expect(await causeOf('tcp://[::1]:1', 500)).toMatchObject({ details: { diagnosis: 'nobody-listening' } })
  })

  test('that is link-local and lacks its zone', async () => {
    expect(await causeOf('tcp://[fe80::1]:5555', 500)).toMatchObject({
      message: 'The link-local address fe80::1 needs the network interface.',
      details: { diagnosis: 'zone-missing' },
    })
  })

  test.each<[string, string, Diagnosis]>([
    ['ECONNREFUSED', '10.0.0.1', 'nobody-listening'],
    ['ENETUNREACH', '2001:db8::1', 'network-unreachable'],
    ['EHOSTUNREACH', '10.0.0.1', 'no-route'],
    ['ETIMEDOUT', '10.0.0.1', 'no-answer'],
    ['EADDRNOTAVAIL', '10.0.0.1', 'cannot-connect'],
    ['EINVAL', 'fe80::1', 'zone-missing'],
    ['EINVAL', 'febf::1', 'zone-missing'],
    ['EINVAL', 'fe80::1%eth0', 'no-such-interface'],
    ['EINVAL', 'fec0::1', 'cannot-connect'],
    ['EWHATEVER', '10.0.0.1', 'cannot-connect'],
  ])('for which the system says %s of %s', (code, host, diagnosis) => {
    expect(tcpFinding(code, host).diagnosis).toBe(diagnosis)
  })
})

describe('a network interface', () => {
  test('that this machine does not have', async () => {
    const message = 'This machine has no network interface nope0.'
    expect(await causeOf('tcp://nope0:0;127.0.0.1:1', 500)).toMatchObject({ message })
    expect(await causeOf('tcp://[fe80::1%nope0]:5555', 500)).toMatchObject({ message })
  })
})

describe('a source address', () => {
  test('that this machine does not have', async () => {
    expect(await causeOf('tcp://192.0.2.77:0;127.0.0.1:1', 500)).toMatchObject({
      message: 'This machine has no address 192.0.2.77 to connect from.',
    })
  })

  test('of this machine is used, by address or interface', async () => {
    const { engine } = createHarness()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:*')
    for (const source of ['127.0.0.2:0', ...(process.platform === 'linux' ? ['lo:*'] : [])]) {
      engine.open('one', requestSpec(endpoint.replace('tcp://', `tcp://${source};`)))
      expect(texts((await ask(engine, 'one', [bytes('x')], 5000)).frames)).toEqual(['x'])
    }
  })
})

describe('a WebSocket', () => {
  test('where nobody listens, something else does, and then a ZeroMQ socket', async () => {
    expect(await causeOf('ws://127.0.0.1:1', 500)).toMatchObject({ details: { diagnosis: 'nobody-listening' } })
    const plain = await listen((socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n'))
    expect(await causeOf(plain.replace('tcp:', 'ws:'), 30_000)).toMatchObject({ details: { diagnosis: 'ws-refused' } })
    const { engine } = createHarness()
    const { endpoint } = await serve(engine, 'ws://127.0.0.1:*')
    engine.open('one', requestSpec(endpoint, options))
    expect(texts((await ask(engine, 'one', [bytes('x')], 5000)).frames)).toEqual(['x'])
  })
})

describe('an ipc path', () => {
  test('whose folder or socket is missing, is no folder or no socket', async () => {
    const at = folder()
    writeFileSync(join(at, 'file'), '')
    const cases: [string, string][] = [
      [join(at, 'none', 'socket'), `The folder ${join(at, 'none')} does not exist.`],
      [join(at, 'none', 'deeper', 'socket'), `The folder ${join(at, 'none', 'deeper')} does not exist.`],
      [join(at, 'file', 'socket'), `The path ${join(at, 'file')} is not a folder.`],
      [join(at, 'file', 'deeper', 'socket'), `The path ${join(at, 'file')} is not a folder.`],
      [join(at, 'socket'), `There is no socket at ${join(at, 'socket')}.`],
      [join(at, 'file'), `The path ${join(at, 'file')} is a file, not a socket.`],
      [at, `The path ${at} is a folder, not a socket.`],
    ]
    for (const [path, message] of cases) {
      expect(await causeOf(`ipc://${path}`, 200), path).toMatchObject({ code: 'unreachable', message })
    }
  })

  test('that is relative is told as an absolute one', async () => {
    const path = join(folder(), 'socket')
    expect(await causeOf(`ipc://${relative(process.cwd(), path)}`, 200)).toMatchObject({
      message: `There is no socket at ${path}.`,
    })
  })

  test('that a server left behind', async () => {
    const path = join(folder(), 'socket')
    const router = new Router({ linger: 0 })
    await router.bind(`ipc://${path}`)
    const closed = new Promise<void>((resolve) => router.events.on('end', () => resolve()))
    router.close()
    await closed
    expect(await causeOf(`ipc://${path}`, 200)).toMatchObject({
      message: `Nobody is listening on ${path}.`,
      details: { diagnosis: 'ipc-nobody-listening' },
    })
  })

  test.skipIf(process.getuid?.() === 0)('that may not be opened', async () => {
    const path = join(folder(), 'socket')
    await listen(() => undefined, path)
    chmodSync(path, 0)
    expect(await causeOf(`ipc://${path}`, 200)).toMatchObject({ message: `This user may not open ${path}.` })
  })

  test.runIf(process.platform === 'linux')('that is an abstract name', async () => {
    expect(await causeOf('ipc://@inspector-nobody', 200)).toMatchObject({
      message: 'Nobody is listening on the abstract name @inspector-nobody.',
    })
  })
})

describe('an inproc name', () => {
  test('that nobody has bound, and then somebody has', async () => {
    const { engine, until } = createHarness()
    engine.open('one', requestSpec('inproc://inspector-test', options))
    expect(linkOf(engine.session('one').state)).toMatchObject({ cause: { diagnosis: 'inproc-not-bound' } })
    await expect(ask(engine, 'one', [bytes('x')], 50)).rejects.toMatchObject({
      code: 'unreachable',
      message: 'Nobody has bound inproc://inspector-test in this application.',
    })
    const pending = ask(engine, 'one', [bytes('x')], 5000)
    await serve(engine, 'inproc://inspector-test')
    expect(texts((await pending).frames)).toEqual(['x'])

    // libzmq never connects this socket again, whoever binds the name.
    await engine.close(echoServerId)
    await until('not bound', () => linkOf(engine.session('one').state).state === 'retrying')
    await serve(engine, 'inproc://inspector-test')
    expect(texts((await ask(engine, 'one', [bytes('y')], 5000)).frames)).toEqual(['y'])
  })
})

describe('a port that accepts connections', () => {
  test('and says nothing is named at the time limit', async () => {
    const endpoint = await listen(() => undefined)
    const started = performance.now()
    expect(await causeOf(endpoint, 700)).toMatchObject({
      code: 'unreachable',
      message: 'Something accepts the connection but sends no ZMTP greeting.',
    })
    expect(performance.now() - started).toBeGreaterThan(690)
  })

  test('and says nothing gets no message, and the log does not say that it was sent', async () => {
    const { engine, entries, until } = createHarness()
    engine.open('one', requestSpec(await listen(() => undefined), options))
    await until('that it is silent', () => {
      const link = linkOf(engine.session('one').state)
      return link.state === 'connecting' && link.cause?.diagnosis === 'silent-peer'
    })
    await expect(ask(engine, 'one', [bytes('x')], 300)).rejects.toMatchObject({
      details: { diagnosis: 'silent-peer' },
    })
    expect(entries.filter(({ kind }) => kind === 'message')).toEqual([])
  })

  test.each([
    ['SSH', 'SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n', '“SSH-2.0-OpenSSH_9.2p1 Debian-2”', 'SSH'],
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', '“HTTP/1.1 400 Bad Request”', 'HTTP'],
    ['SMTP', '220 mail.example ESMTP\r\n', '“220 mail.example ESMTP”', 'SMTP'],
    ['FTP or SMTP', '220 welcome\r\n', '“220 welcome”', 'FTP or SMTP'],
    ['an unknown text', 'hello there\n', '“hello there”', 'a text protocol'],
    ['MySQL', `\x05\0\0\0\x0a8.0\0`, 'the bytes 05 00 00 00 0a 38 2e 30 00', 'MySQL or MariaDB'],
  ])('and speaks %s is named by the first bytes', async (_what, banner, start, protocol) => {
    const endpoint = await listen((socket) => socket.write(Buffer.from(banner, 'latin1')))
    expect(await causeOf(endpoint, 30_000)).toMatchObject({
      code: 'peer-rejected',
      message: `The port does not speak ZeroMQ: it sent ${start}.`,
      details: { protocol },
    })
  })

  test('and sends what libzmq takes for no greeting at all is no wrong type of socket', async () => {
    const settings = Buffer.from('00000c04000000000000030000006400040010000000060000', 'hex')
    for (const banner of [settings, Buffer.of(0), Buffer.of(0, 1, 2)]) {
      const endpoint = await listen((socket) => socket.write(banner))
      expect(await causeOf(endpoint, 30_000)).toMatchObject({ details: { diagnosis: 'not-zeromq' } })
    }
  })

  test('and sends half a greeting', async () => {
    const endpoint = await listen((socket) => socket.write(Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f])))
    expect(await causeOf(endpoint, 2000)).toMatchObject({ details: { diagnosis: 'greeting-unfinished' } })
  })

  test('and answers only to a whole line', async () => {
    const endpoint = await listen((socket) =>
      socket.on('data', (data: Buffer) => {
        if (data.includes('\n')) socket.end('-ERR unknown command\r\n')
      }),
    )
    expect(await causeOf(endpoint, 30_000)).toMatchObject({ details: { protocol: 'Redis' } })
  })

  test('and closes them at once', async () => {
    const endpoint = await listen((socket) => socket.destroy())
    expect(await causeOf(endpoint, 30_000)).toMatchObject({
      code: 'peer-rejected',
      details: { diagnosis: expect.stringMatching(/^(closes-at-once|keys-or-protocol)$/) },
    })
  })
})

describe('the first bytes of a peer', () => {
  const signature = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f]
  test.each<[string, number[], boolean, string | null]>([
    ['a whole signature alone wants more', signature, false, null],
    ['ZMTP 3', [...signature, 3], false, 'current'],
    ['a later revision', [...signature, 4], false, 'current'],
    ['ZMTP 2.0', [...signature, 1], false, 'older'],
    ['ZMTP 1.0 behind a signature', [...signature, 0], false, 'older'],
    ['ZMTP 1.0 with a long identity', [0xff, 0, 0, 0, 0, 0, 0, 1, 0, 0], false, 'older'],
    ['ZMTP 1.0, anonymous', [1, 0], false, 'older'],
    ['ZMTP 1.0 with an identity', [4, 0, 97, 98, 99], false, 'older'],
    ['an identity that is not complete', [4, 0, 97], false, null],
    ['nothing', [], false, null],
    ['nothing, and the end', [], true, 'none'],
    ['half a signature, and the end', signature.slice(0, 5), true, 'none'],
    ['half an identity, and the end', [5, 0, 97], true, 'none'],
    ['more than an identity', [4, 0, 0, 0, 10, 56], true, 'none'],
    ['Telnet', [0xff, 0xfd, 0x18, 0xff, 0xfd, 0x20, 0xff, 0xfd, 0x23, 0xff, 0xfd, 0x27], true, 'none'],
  ])('%s', (_what, start, ended, protocol) => {
    expect(readGreeting(Uint8Array.from(start), ended)?.protocol ?? null).toBe(protocol)
  })
})
