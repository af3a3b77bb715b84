import { connect } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Dealer, Publisher, Pull, Push, Subscriber } from 'zeromq'
import { commandLine } from '../support/built.ts'
import { type RunningProgram, runNode } from '../support/running-program.ts'
import { echoPeer } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)
const anyPort = 'tcp://127.0.0.1:0'

/** Starts a socket that binds a free port. */
async function bound(...args: string[]): Promise<{ socket: RunningProgram; endpoint: string }> {
  const [pattern = '', ...rest] = args
  const socket = run(pattern, '--bind', anyPort, ...rest)
  const [, endpoint = ''] = await socket.until(/(tcp:\/\/[\d.]+:\d+)/)
  return { socket, endpoint }
}

function using<Socket extends { close(): void }>(socket: Socket): Socket {
  onTestFinished(() => socket.close())
  return socket
}

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('req and rep exchange messages, and end after their count', async () => {
  const { socket, endpoint } = await bound('rep', '--count', '3', 'first', 'second')
  expect(await run('req', '-c', endpoint, '--count', '3', 'question').ended).toEqual(
    expect.objectContaining({
      code: 0,
      stdout: [
        `ZeroMQ REQ connecting to ${endpoint}`,
        ...['first', 'second', 'first'].flatMap((answer) => ['-> "question"', `<- "${answer}"`]),
        '',
      ].join('\n'),
      stderr: '',
    }),
  )
  const { code, stdout } = await socket.ended
  expect({ code, lines: stdout.split('\n').length }).toEqual({ code: 0, lines: 8 })
})

test('req binds, and asks each of its peers in turn', async () => {
  const { socket, endpoint } = await bound('req', '--count', '2', 'question')
  const rep = run('rep', '-c', endpoint, '--count', '2', 'answer')
  expect((await socket.ended).stdout).toContain('-> "question"\n<- "answer"\n-> "question"\n<- "answer"\n')
  expect(await rep.ended).toMatchObject({ code: 0 })
  const several = await Promise.all(['left', 'right'].map((answer) => bound('rep', '--count', '1', answer)))
  const connects = several.flatMap((each) => ['-c', each.endpoint])
  const { code, stdout } = await run('req', ...connects, '--count', '2', 'x').ended
  const answers = stdout.split('\n').filter((line) => line.startsWith('<-'))
  expect({ code, answers: answers.sort() }).toEqual({ code: 0, answers: ['<- "left"', '<- "right"'] })
})

test('rep, router and dealer echo', async () => {
  const rep = await bound('rep', '--echo', '--count', '1')
  const router = await bound('router', '--echo', '--count', '1')
  for (const { socket, endpoint } of [rep, router]) {
    expect((await run('req', '-c', endpoint, 'x').ended).stdout).toContain('-> "x"\n<- "x"\n')
    expect((await socket.ended).stdout).toContain('<- "x"\n-> "x"\n')
  }
  const { socket, endpoint } = await bound('dealer', '--echo', '--count', '1')
  const peer = using(new Dealer({ linger: 0 }))
  peer.connect(endpoint)
  await peer.send(['', 'y'])
  expect((await peer.receive()).map(String)).toEqual(['', 'y'])
  expect((await socket.ended).code).toBe(0)
})

test('router answers whoever sends, names peers in JSON, and sends to one by its id', async () => {
  const { socket, endpoint } = await bound('router', '--json', '--count', '1', 'pong')
  const dealer = await run('dealer', '-c', endpoint, '-o', 'ROUTING_ID=me', '--count', '1', 'ping').ended
  expect(dealer.stdout.match(/^(?:->|<-) .+$/gm)).toEqual(['-> "ping"', '<- "pong"'])
  const lines = linesOf((await socket.ended).stdout)
  expect(lines.map(({ event, peer }) => ({ event, peer }))).toEqual([
    { event: 'listening' },
    { event: 'received', peer: '6d65' },
    { event: 'sent', peer: '6d65' },
  ])
  const named = await bound('dealer', '--routing-id', 'bob', '--no-envelope', '--count', '1')
  const sent = await run('router', '-c', named.endpoint, '--peer', '0x626f62', '--duration', '300ms', 'for bob').ended
  expect({ code: sent.code, stdout: sent.stdout }).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('-> "for bob"'),
  })
  expect((await named.socket.ended).stdout).toContain('<- "for bob"')
})

test('a quick answer is printed behind the message that it answers', async () => {
  const { endpoint } = await bound('router', '--echo', '--quiet')
  const args = ['-c', endpoint, '--rate', '500', '--count', '300', 'a', 'b', 'c']
  const { stdout } = await run('dealer', ...args).ended
  const lines = stdout.match(/^(?:->|<-) .+$/gm) ?? []
  const texts = (arrow: string) =>
    lines.flatMap((line, at) => (line.startsWith(arrow) ? [{ line: line.slice(3), at }] : []))
  const [sent, received] = [texts('->'), texts('<-')]
  expect(received.length).toBe(300)
  expect(received.map(({ line }) => line)).toEqual(sent.slice(0, 300).map(({ line }) => line))
  expect(received.filter(({ at }, index) => at < (sent[index]?.at ?? Number.POSITIVE_INFINITY))).toEqual([])
})

test('pub waits for subscribers, and sub ends after its count', async () => {
  const { socket, endpoint } = await bound('pub', '--wait-subscribers', '2', '--rate', '200', 'a1', 'b1', 'c1')
  const args = ['sub', '-c', endpoint, '--topic', 'a', '--topic', 'c', '--count', '3']
  const { code, stdout } = await run(...args).ended
  expect(code).toBe(0)
  expect(stdout.replaceAll(/.*connecting.*\n/g, '')).toMatch(
    /^(<- "a1"\n<- "c1"\n<- "a1"|<- "c1"\n<- "a1"\n<- "c1")\n$/,
  )
  socket.kill('SIGINT')
  expect(await socket.ended).toMatchObject({ code: 0, stderr: '' })
})

test('sub and xsub subscribe to everything by default, and xpub prints subscriptions', async () => {
  const publisher = using(new Publisher())
  await publisher.bind(anyPort)
  const { socket, endpoint } = await bound('xpub', '--encoding', 'hex', '--count', '1')
  const all = run('xsub', '-c', publisher.lastEndpoint ?? '', '-c', endpoint, '--count', '1')
  expect((await socket.ended).stdout).toContain("<- h'01'")
  const ticking = setInterval(() => void publisher.send('tick'), 20)
  onTestFinished(() => clearInterval(ticking))
  expect((await all.ended).stdout).toContain('<- "tick"')
})

test('push sends the lines of standard input, or what ends with NUL', async () => {
  const { socket, endpoint } = await bound('pull', '--count', '4')
  const lines = run('push', '-c', endpoint, '-')
  lines.feed('one two\nthree')
  expect(await lines.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('-> "one two"\n-> "three"\n') })
  const texts = run('push', '-c', endpoint, '-0', '-')
  texts.feed('a\nb\0c')
  expect(await texts.ended).toMatchObject({ code: 0 })
  expect((await socket.ended).stdout.split('\n').slice(1, 5).sort()).toEqual(
    ['<- "one two"', '<- "three"', '<- "a\\nb"', '<- "c"'].sort(),
  )
})

test('push ends after its count, also of standard input, and rep after its answers', async () => {
  const { socket, endpoint } = await bound('pull', '--count', '2')
  const push = run('push', '-c', endpoint, '--count', '2', '-')
  push.feed('1\n2\n3\n4\n')
  expect(await push.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/-> "1"\n-> "2"\n$/) })
  expect((await socket.ended).code).toBe(0)
  expect(await run('push', '-b', anyPort, '--duration', '200ms', 'x').ended).toMatchObject({ code: 0 })
})

test('push sends the frames of one message, and what it sent arrives although it ends', async () => {
  const pull = using(new Pull())
  await pull.bind(anyPort)
  const { code } = await run('push', '-c', pull.lastEndpoint ?? '', '--frames', '--encoding', 'hex', '00', 'ff ff')
    .ended
  expect(code).toBe(0)
  expect((await pull.receive()).map((frame) => frame.toString('hex'))).toEqual(['00', 'ffff'])
})

test('pair and several endpoints', async () => {
  const { socket, endpoint } = await bound('pair', '--count', '1', '--json', 'to the other')
  expect((await run('pair', '-c', endpoint, '--count', '1', 'back').ended).stdout).toContain('<- "to the other"')
  // Either end may be the first to send.
  expect(linesOf((await socket.ended).stdout)).toContainEqual(
    expect.objectContaining({ event: 'received', text: ['back'], peer: null }),
  )
  const pushes = [using(new Push()), using(new Push())]
  for (const push of pushes) await push.bind(anyPort)
  const connects = pushes.flatMap(({ lastEndpoint }) => ['-c', lastEndpoint ?? ''])
  const pull = run('pull', ...connects, '--count', '2')
  for (const [index, push] of pushes.entries()) await push.send(`from ${index}`)
  expect((await pull.ended).stdout.split('\n').slice(2, 4).sort()).toEqual(['<- "from 0"', '<- "from 1"'])
})

test('stream answers a plain TCP client', async () => {
  const { socket, endpoint } = await bound('stream', '--count', '1', 'welcome')
  const client = connect(Number(new URL(endpoint.replace('tcp', 'http')).port), '127.0.0.1')
  onTestFinished(() => void client.destroy())
  client.write('hi')
  expect(String(await new Promise((resolve) => client.once('data', resolve)))).toBe('welcome')
  expect((await socket.ended).stdout).toContain('<- "hi"\n-> "welcome"\n')
})

test('a subscriber in this process gets what pub repeats at an interval', async () => {
  const { socket, endpoint } = await bound('pub', '--interval', '20ms', '--count', '5', 'tick')
  const subscriber = using(new Subscriber())
  subscriber.subscribe()
  subscriber.connect(endpoint)
  expect(String(await subscriber.receive())).toBe('tick')
  const { code, stdout } = await socket.ended
  expect({ code, sent: stdout.split('-> "tick"').length - 1 }).toEqual({ code: 0, sent: 5 })
})

test('what standard input says is sent byte for byte, or refused by its place', async () => {
  const { socket, endpoint } = await bound('pull', '--count', '3', '--encoding', 'hex')
  const push = run('push', '-c', endpoint, '-')
  push.feed(Uint8Array.of(0xef, 0xbb, 0xbf, 0x68, 0x0a, 0xff, 0x00, 0x0d, 0x0a, 0x0a))
  expect(await push.ended).toMatchObject({ code: 0, stderr: '' })
  expect((await socket.ended).stdout.split('\n').slice(1, 4)).toEqual(["<- h'efbbbf68'", "<- h'ff00'", "<- h''"])
  const refused = run('pub', '-b', anyPort, '--no-wait', '--encoding', 'json', '-')
  refused.feed(Uint8Array.of(0x31, 0x0a, 0x22, 0xff, 0x22, 0x0a))
  const { code, stderr } = await refused.ended
  expect(code).toBe(2)
  expect(stderr).toContain('Message 2 of standard input: Byte 1 is not valid UTF-8.')
})

describe('a failure', () => {
  test.each([
    ['no endpoint', ['pub', 'x'], 2, 'Say where'],
    ['an endpoint that is none', ['sub', '-b', 'nonsense'], 2, 'Missing transport'],
    ['nothing to send', ['push', '-b', anyPort], 2, 'Say what to send'],
    ['nothing to answer', ['rep', '-b', anyPort], 2, 'Say what the REP answers'],
    ['an unknown option', ['pull', '-b', anyPort, '-o', 'FOO=1'], 2, 'no option FOO'],
    ['an option of others', ['push', '-b', anyPort, '-o', 'ROUTING_ID=a', 'x'], 2, 'A PUSH has no option ROUTING_ID'],
    ['an option out of range', ['push', '-b', anyPort, '-o', 'ZMQ_SNDHWM=-1', 'x'], 2, 'whole number from 0'],
    ['a long topic', ['sub', '-b', anyPort, '--topic', 'x'.repeat(256)], 2, '255 bytes at most'],
    ['a long routing id', ['router', '-b', anyPort, '--peer', 'x'.repeat(256), 'x'], 2, '255 bytes at most'],
    ['both paces', ['pub', '-b', anyPort, '--rate', '1', '--interval', '1s', 'x'], 2, 'not both'],
    [
      'frames that conflate drops',
      ['pub', '-b', anyPort, '--conflate', '--frames', 'a', 'b'],
      2,
      'only the last frame',
    ],
    ['a dash among messages', ['pub', '-b', anyPort, 'a', '-'], 2, "Write '-' alone"],
    ['a type that does not send', ['pull', '-b', anyPort, 'x'], 2, 'too many arguments'],
    ['nobody to connect to', ['push', '-c', 'tcp://127.0.0.1:1', '--timeout', '300ms', 'x'], 1, 'Nobody is listening'],
    [
      'nobody who connects',
      ['push', '-b', anyPort, '--timeout', '200ms', 'x'],
      1,
      'Nobody has connected within 200 ms',
    ],
    ['too few in time', ['pull', '-b', anyPort, '--duration', '200ms', '--count', '1'], 1, 'Only 0 of 1 messages'],
  ])('%s', async (_what, args, code, words) => {
    const ended = await run(...args).ended
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: expect.stringContaining(words) })
  })

  test('is told once, with its cure', async () => {
    const { stderr } = await run('push', '-c', 'tcp://127.0.0.1:1', '--timeout', '300ms', 'x').ended
    expect(stderr).toBe(
      'zmq-inspector: Not connected within 300 ms. Nobody is listening there. Start the server, or check the host and the port.\n',
    )
  })
})

test('ends cleanly at Ctrl-C, and at the end of its time', async () => {
  const { socket } = await bound('pull')
  socket.kill('SIGINT')
  expect(await socket.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  expect(await run('pull', '-b', anyPort, '--duration', '100ms').ended).toMatchObject({ code: 0, stderr: '' })
})

test('a request to another program', async () => {
  const { code, stdout } = await run('req', '-c', await echoPeer(), '--encoding', 'json', '{ "a": 1 }').ended
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('<- {"a":1}') })
})
