import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { newKeyPair } from '../../src/engine/security/key-pair.ts'
import { writeCertificate } from '../../src/shared/zmq/certificate.ts'
import { fingerprintOf } from '../../src/shared/zmq/keys.ts'
import { commandLine } from '../support/built.ts'
import { hasPython, type PythonSecurity, pythonClient, pythonServer } from '../support/python-security.ts'
import { type Ended, RunningProgram } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 40_000 })

const program = commandLine()
const password = 'open sesame'
const server = newKeyPair()
const client = newKeyPair()
const other = newKeyPair()
const secrets = [password, server.secretKey, client.secretKey, other.secretKey]
const anyPort = 'tcp://127.0.0.1:0'

/** `password`: in the environment; null for none. */
const runWith = (inEnvironment: string | null, ...args: readonly string[]): RunningProgram =>
  new RunningProgram(process.execPath, [program, ...args], { ZMQ_PLAIN_PASSWORD: inEnvironment ?? undefined })
const run = (...args: readonly string[]): RunningProgram => runWith(password, ...args)

function fileOf(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'security-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

type Pair = ReturnType<typeof newKeyPair>
const certificateOf = ({ publicKey, secretKey }: Pair): string =>
  fileOf('own.key_secret', writeCertificate({ publicKey, secretKey, metadata: new Map() }))
const usersFile = (): string => fileOf('users', `alice=${password}\n`)
const keysOf = ({ publicKey, secretKey }: Pair) => ({ public: publicKey, secret: secretKey })

function expectNoSecret({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): void {
  for (const secret of secrets) expect(`${stdout}${stderr}`).not.toContain(secret)
}

/** Runs to the end, and checks that no secret was printed. */
async function ended(running: RunningProgram): Promise<Ended> {
  const end = await running.ended
  expectNoSecret(end)
  return end
}

/** Starts a server of the command line on a free port. */
async function listening(...args: readonly string[]): Promise<{ running: RunningProgram; endpoint: string }> {
  const running = run(...args)
  const [, endpoint = ''] = await running.until(/(tcp:\/\/[\d.]+:\d+)/)
  return { running, endpoint }
}

const curvePeer = { mechanism: 'CURVE', server: true, ...keysOf(server) } as const
const plainPeer = { mechanism: 'PLAIN', server: true, users: { alice: password } } as const
const asClient = ['--curve-server-key', server.publicKey] as const

describe.skipIf(!hasPython)('a client, and a server in Python', () => {
  test.each<[string, PythonSecurity, () => readonly string[]]>([
    [
      'CURVE with a list',
      { ...curvePeer, allowed: [client.publicKey] },
      () => [...asClient, '--curve-certificate', certificateOf(client)],
    ],
    ['CURVE with a fresh pair', curvePeer, () => asClient],
    ['PLAIN', plainPeer, () => ['--plain-user', 'alice']],
  ])('%s: client and req get their replies', async (_, peer, flags) => {
    const { endpoint } = await pythonServer(peer)
    for (const args of [
      ['client', '--endpoint', endpoint, 'one', 'two'],
      ['req', '-c', endpoint, '--count', '2', 'one', 'two'],
    ]) {
      const { code, stdout, stderr } = await ended(run(...args, ...flags()))
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain('-> "one"\n<- "one"\n-> "two"\n<- "two"\n')
    }
  })

  test.each<[string, PythonSecurity, readonly string[], RegExp]>([
    ['a key that is not allowed', { ...curvePeer, allowed: [] }, asClient, /authenticator refused this client/],
    ['a user with another password', { ...plainPeer, users: { alice: 'x' } }, ['--plain-user', 'alice'], /refused/],
    ['another server key', curvePeer, ['--curve-server-key', other.publicKey], /broke the CURVE handshake off/],
    ['no security', curvePeer, [], /security mechanisms|The peer uses CURVE; this socket uses no security/],
    [
      'another mechanism',
      curvePeer,
      ['--plain-user', 'alice'],
      /security mechanisms|The peer uses CURVE; this socket is a PLAIN client/,
    ],
  ])('%s: client, req and dealer say why, and fail', async (_, peer, flags, why) => {
    const { endpoint } = await pythonServer(peer)
    const runs = [
      ['client', '--endpoint', endpoint, 'hello'],
      ['req', '-c', endpoint, 'hello'],
      ['dealer', '-c', endpoint, 'hello'],
    ].map((args) => ended(run(...args, ...flags)))
    for (const { code, stderr } of await Promise.all(runs)) {
      expect(stderr).toMatch(why)
      expect(code).toBe(1)
    }
  })
})

describe.skipIf(!hasPython)('a server, and clients in Python', () => {
  const curvePython = { mechanism: 'CURVE', serverKey: server.publicKey, ...keysOf(client) } as const
  const asServer = () => [
    '--curve-server',
    '--curve-certificate',
    certificateOf(server),
    '--curve-allow',
    client.publicKey,
  ]

  test.each([
    ['server', '--endpoint', anyPort],
    ['rep', '--bind', anyPort, '--echo'],
  ])('%s tells each decision on standard error', async (...args) => {
    const { running, endpoint } = await listening(...args, ...asServer())
    const known = pythonClient(endpoint, curvePython)
    await known.until(/got from python/)
    await running.untilComplains(/let in key .* \(CURVE, status 200\)/)
    pythonClient(endpoint, { ...curvePython, ...keysOf(other) })
    await running.untilComplains(/refused key .* \(CURVE, status 400\): Its key is not among the allowed clients\./)
    pythonClient(endpoint, { mechanism: 'NULL' })
    await running.untilComplains(/could not let in a client \(CURVE\): .*another mechanism/)
    running.kill('SIGTERM')
    const { stdout, stderr } = await ended(running)
    expect(stdout).not.toContain('let in')
    expect(stderr).toContain(`let in key ${fingerprintOf(client.publicKey)} from 127.0.0.1`)
    // Nothing to warn of: it is on loopback, and has a list.
    expect(stderr).not.toContain('warning')
  })

  test('with --json each decision is a line of JSON', async () => {
    const { running, endpoint } = await listening(
      'server',
      '--endpoint',
      anyPort,
      '--json',
      '--plain-server',
      usersFile(),
    )
    pythonClient(endpoint, { mechanism: 'PLAIN', user: 'alice', password })
    await running.until(/"event":"sent"/)
    pythonClient(endpoint, { mechanism: 'PLAIN', user: 'bob', password: 'guessed' })
    await running.until(/"refused"/)
    running.kill('SIGTERM')
    const { stdout } = await ended(running)
    expect(stdout).not.toContain('guessed')
    const lines: Record<string, unknown>[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    // Before the message that follows from it.
    expect(lines.map(({ event }) => event).slice(0, 4)).toEqual(['listening', 'authentication', 'received', 'sent'])
    expect(lines.filter(({ event }) => event === 'authentication')).toEqual([
      {
        event: 'authentication',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        outcome: 'admitted',
        mechanism: 'PLAIN',
        address: '127.0.0.1',
        who: 'alice',
        status: 200,
        why: 'User name and password are right.',
      },
      expect.objectContaining({ outcome: 'refused', who: 'bob', status: 400, why: 'There is no such user.' }),
    ])
  })

  test('a server without a certificate tells the key that it made, and that anyone comes in', async () => {
    const { running, endpoint } = await listening('server', '--endpoint', anyPort, '--curve-server')
    const [, key = ''] = await running.untilComplains(/public key of this server: (\S{40})\n/)
    await running.untilComplains(/warning: encrypted, not authenticated: anyone who knows the public key/)
    await pythonClient(endpoint, { ...curvePython, serverKey: key }).until(/got from python/)
    await running.untilComplains(/let in key/)
  })
})

test('a publisher lets a subscriber in, and both are of the command line', async () => {
  const secured = ['--curve-server', '--curve-certificate', certificateOf(server), '--curve-allow', client.publicKey]
  const { endpoint } = await listening('pub', '--bind', anyPort, '--interval', '20', 'news', ...secured)
  const flags = [...asClient, '--curve-certificate', certificateOf(client)]
  const { code, stdout } = await ended(run('sub', '-c', endpoint, '--count', '1', ...flags))
  expect({ code, stdout }).toEqual({ code: 0, stdout: `ZeroMQ SUB connecting to ${endpoint}\n<- "news"\n` })
})

test.each<[string, () => readonly string[], readonly string[], RegExp]>([
  [
    'a key that is not allowed',
    () => ['--curve-allow', client.publicKey],
    asClient,
    /refused this client \(status 400\)/,
  ],
  ['another server key', () => [], ['--curve-server-key', other.publicKey], /broke the CURVE handshake off/],
  [
    'another mechanism',
    () => [],
    ['--plain-user', 'alice'],
    /security mechanisms|The peer uses CURVE; this socket is a PLAIN client/,
  ],
])('%s: sub, which would wait for ever, says why and fails', async (_, rules, flags, why) => {
  const own = ['--curve-server', '--curve-certificate', certificateOf(server)]
  const { endpoint } = await listening('pub', '--bind', anyPort, '--interval', '20', 'news', ...own, ...rules())
  const { code, stderr } = await ended(run('sub', '-c', endpoint, ...flags))
  expect(stderr).toMatch(why)
  expect(code).toBe(1)
})

test('of two endpoints, one that refuses is warned of, and the other serves', async () => {
  const { endpoint: refusing } = await listening('pub', '--bind', anyPort, '--interval', '20', 'no', '--curve-server')
  const { endpoint } = await listening('pub', '--bind', anyPort, '--interval', '20', 'yes')
  const running = run('sub', '-c', refusing, '-c', endpoint)
  await running.until(/<- "yes"/)
  const [, warned] = await running.untilComplains(/warning: (tcp:\S+): .*(?:mechanisms|The peer uses CURVE)/)
  expect(warned).toBe(refusing)
})

test('PLAIN off this computer is warned of', async () => {
  const { stderr } = await ended(run('sub', '-c', 'tcp://192.0.2.1:9', '--plain-user', 'alice', '--duration', '1ms'))
  expect(stderr).toContain('warning: PLAIN sends user name and password in clear text')
  expect(stderr).toContain('tcp://192.0.2.1:9')
})

const publicOnly = () =>
  fileOf('own.key', writeCertificate({ publicKey: client.publicKey, secretKey: null, metadata: new Map() }))
const noPair = () => certificateOf({ publicKey: client.publicKey, secretKey: other.secretKey })

test.each<[string, () => readonly string[], string]>([
  ['an allowed key without a server', () => ['--curve-allow', client.publicKey], 'add --curve-server.'],
  [
    'an allowed key of a client',
    () => [...asClient, '--curve-allow', client.publicKey],
    '--curve-allow says who comes in to a CURVE server',
  ],
  ['a pair alone', () => ['--curve-certificate', certificateOf(client)], 'add --curve-server-key KEY for a client'],
  ['CURVE and PLAIN', () => [...asClient, '--plain-user', 'alice'], 'a socket is one of the two'],
  ['client and server', () => [...asClient, '--curve-server'], 'a socket is one of the two'],
  ['PLAIN of both sides', () => ['--plain-user', 'alice', '--plain-server', usersFile()], 'a socket is one of the two'],
  [
    'a pair for PLAIN',
    () => ['--plain-user', 'a', '--curve-certificate', certificateOf(client)],
    '--curve-certificate is',
  ],
  ['half a key', () => ['--curve-server-key', client.publicKey.slice(20)], 'This is half a public key'],
  ['no allowed key', () => ['--curve-server', '--curve-allow', 'x'], 'The public key has 1 character'],
  ['no user name', () => ['--plain-user', ''], 'A user name has 1 to 255 bytes'],
  ['a public certificate', () => [...asClient, '--curve-certificate', publicOnly()], 'ends in _secret'],
  ['keys that are no pair', () => [...asClient, '--curve-certificate', noPair()], 'does not belong to the secret key'],
  [
    'a certificate that is not there',
    () => [...asClient, '--curve-certificate', '/none'],
    '--curve-certificate /none: ',
  ],
  ['users that are none', () => ['--plain-server', fileOf('users', 'nobody')], 'Line 1: it has no password'],
])('%s is wrong usage', async (_, flags, words) => {
  const { code, stdout, stderr } = await ended(run('req', '-c', 'tcp://127.0.0.1:9', 'hello', ...flags()))
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(words)
})

test.each([
  [null, 'ZMQ_PLAIN_PASSWORD, which is not set'],
  ['', 'ZMQ_PLAIN_PASSWORD, which is empty'],
  ['é'.repeat(128), 'ZMQ_PLAIN_PASSWORD: A password has 255 bytes at most'],
])('a password that cannot be used is wrong usage: %j', async (inEnvironment, words) => {
  const args = ['client', '--endpoint', 'tcp://127.0.0.1:9', '--plain-user', 'alice']
  const { code, stderr } = await ended(runWith(inEnvironment, ...args))
  expect(code).toBe(2)
  expect(stderr).toContain(words)
})

test.each([
  ['client', ['--curve-server'], '--curve-server makes a CURVE server, and this command is a client.'],
  ['bench', ['--plain-server', 'users'], '--plain-server makes a PLAIN server, and this command is a client.'],
  ['server', ['--plain-user', 'alice'], '--plain-user makes a PLAIN client, and this command is a server.'],
])('%s cannot be the other side', async (command, flags, words) => {
  const { code, stdout, stderr } = await ended(run(command, ...flags))
  expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `zmq-inspector: ${words}\n` })
})

test.each([
  [
    'req',
    ['--curve-server-key', '--curve-server', '--curve-certificate', '--curve-allow', '--plain-user', '--plain-server'],
  ],
  ['client', ['--curve-server-key', '--curve-certificate', '--plain-user']],
  ['server', ['--curve-server', '--curve-certificate', '--curve-allow', '--plain-server']],
  ['stream', []],
])('%s has its flags of security in a group of their own', async (command, flags) => {
  const { stdout } = await ended(run(command, '--help'))
  const [, group = ''] = /\nSecurity:\n((?: .*\n)+)/.exec(stdout) ?? []
  expect(group.match(/^ {2}--[\w-]+/gm)?.map((flag) => flag.trim()) ?? []).toEqual(flags)
})

test('bench measures a secured server, and says so', async () => {
  const flags = ['--curve-server', '--curve-certificate', certificateOf(server), '--curve-allow', client.publicKey]
  const { endpoint } = await listening('server', '--endpoint', anyPort, ...flags)
  const own = [...asClient, '--curve-certificate', certificateOf(client)]
  const bench = (...args: readonly string[]) => ended(run('bench', '--endpoint', endpoint, '--count', '20', ...args))
  const { code, stdout } = await bench(...own)
  expect(stdout).toMatch(/^Measuring \S+: closed loop, 1 socket, 12 B, CURVE, libzmq, 20 requests/)
  expect(code).toBe(0)
  const { stdout: json } = await bench(...own, '--json')
  expect(JSON.parse(json).settings.security).toEqual({
    kind: 'curve-client',
    serverKey: server.publicKey,
    ownKey: client.publicKey,
  })
  const refused = await bench(...asClient)
  expect(refused.code).toBe(1)
  expect(refused.stdout).toContain('refused')
})
