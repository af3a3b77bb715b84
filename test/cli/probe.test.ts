import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Publisher, Reply } from 'zeromq'
import { commandLine } from '../support/built.ts'
import { listen } from '../support/listener.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, 'probe', ...args).ended

function bind(socket: Reply | Publisher): string {
  onTestFinished(() => socket.close())
  socket.bindSync('tcp://127.0.0.1:*')
  return socket.lastEndpoint ?? ''
}

describe('probe', () => {
  test('answers in words, with how it found out', async () => {
    const endpoint = bind(new Publisher({ linger: 0 }))
    const { code, stdout, stderr } = await run(endpoint)
    const address = endpoint.replace('tcp://', '')
    expect(stderr).toBe('')
    const lines = stdout.split('\n')
    expect(lines.slice(0, 3)).toEqual([
      endpoint,
      '  A PUB socket, ZMTP 3.1, no security.',
      '  It talks to SUB and XSUB.',
    ])
    const time = String.raw`\d[\d.]* [nµm]?s`
    expect(lines.slice(3)).toEqual([
      expect.stringMatching(new RegExp(`^ {4}resolve +${time}  ${address}$`)),
      expect.stringMatching(new RegExp(`^ {4}connect +${time}  ${address}  connected$`)),
      expect.stringMatching(new RegExp(`^ {4}greeting +${time}  ${address}  ZMTP 3\\.1, mechanism NULL$`)),
      expect.stringMatching(new RegExp(`^ {4}handshake +${time}  ${address}  Socket-Type PUB$`)),
      expect.stringMatching(/^ {4}close +one short connection, and no message$/),
      '',
    ])
    expect(code).toBe(0)
  })

  test('prints a line of JSON for each endpoint, in their order', async () => {
    const endpoints = [bind(new Reply({ linger: 0 })), 'tcp://127.0.0.1:1', bind(new Publisher({ linger: 0 }))]
    const { code, stdout } = await run('--json', ...endpoints)
    const reports = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(reports.map(({ endpoint, socketType, protocol }) => [endpoint, socketType, protocol])).toEqual([
      [endpoints[0], 'REP', 'zmtp'],
      [endpoints[1], null, null],
      [endpoints[2], 'PUB', 'zmtp'],
    ])
    expect(Object.keys(reports[0])).toEqual([
      'endpoint',
      'reachable',
      'protocol',
      'version',
      'mechanism',
      'socketType',
      'identity',
      'talksTo',
      'steps',
      'verdict',
    ])
    // One of them is no ZeroMQ.
    expect(code).toBe(1)
  })

  test.each([
    ['nobody', async () => 'tcp://127.0.0.1:1', 'Nobody is listening there.'],
    ['another protocol', () => listen((socket) => socket.write('SSH-2.0-x\r\n')), 'Not ZeroMQ: this is SSH.'],
    ['inproc', async () => 'inproc://x', 'Only sockets inside one program meet at inproc://'],
    ['what says nothing', () => listen(() => undefined), 'Accepts TCP and says nothing: no ZMTP, or a full backlog.'],
  ])('exits with 1 for %s', async (_what, open, words) => {
    const { code, stdout } = await run('--timeout', '700ms', await open())
    expect(stdout).toContain(words)
    expect(code).toBe(1)
  })

  test('shows what a peer says without the terminal acting on it', async () => {
    const { stdout } = await run(await listen((socket) => socket.end('hello \u001b[2Jthere\n')))
    expect(stdout).toContain('hello')
    expect(stdout).not.toContain('\u001b')
  })

  test('of a range tells which ports speak ZeroMQ', async () => {
    const endpoint = bind(new Reply({ linger: 0 }))
    const port = new URL(endpoint).port
    const range = `tcp://127.0.0.1:${port}-${port}`
    const { code, stdout } = await run(range)
    expect(stdout).toBe(`${range}: 1 of 1 port speaks ZeroMQ.\n  ${endpoint}  A REP socket, ZMTP 3.1, no security.\n`)
    expect(code).toBe(0)
    const { stdout: json } = await run('--json', range)
    expect(JSON.parse(json)).toMatchObject({ endpoint, socketType: 'REP' })
    const nothing = await run('tcp://127.0.0.1:1-3')
    expect(nothing).toMatchObject({ code: 1, stdout: 'tcp://127.0.0.1:1-3: 0 of 3 ports speak ZeroMQ.\n' })
  })

  test.each([
    ['no endpoint', [], /missing required argument 'endpoint'/],
    ['a bad endpoint', ['localhost:5'], /^zmq-inspector: Missing transport\. Did you mean tcp:\/\/localhost:5\?/],
    ['a range of another machine', ['tcp://192.0.2.1:1-5'], /^zmq-inspector: Only ports of this machine are probed/],
    ['a bad timeout', ['--timeout', 'x', 'tcp://127.0.0.1:1'], /Write milliseconds/],
  ])('exits with 2 for %s', async (_what, args, reason) => {
    const { code, stdout, stderr } = await run(...args)
    expect(stderr).toMatch(reason)
    expect([code, stdout]).toEqual([2, ''])
  })

  test('ends at Ctrl-C', async () => {
    let accept = (): void => undefined
    const accepted = new Promise<void>((resolve) => {
      accept = resolve
    })
    const running = runNode(program, 'probe', '--timeout', '60s', await listen(() => accept()))
    await accepted
    running.kill('SIGINT')
    expect(await running.ended).toMatchObject({ code: 1, stdout: '' })
  })
})
