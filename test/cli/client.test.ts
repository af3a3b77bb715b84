import { spawn, spawnSync } from 'node:child_process'
import { open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Router } from 'zeromq'
import { commandLine } from '../support/built.ts'
import { RunningProgram, runNode } from '../support/running-program.ts'
import { echoPeer, serverOf } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)
const startServer = (...args: string[]) => serverOf(program, ...args)

/** A ROUTER that answers each request twice: the second time when the next request has come. */
async function doubleAnswering() {
  const router = new Router({ linger: 0 })
  onTestFinished(() => router.close())
  await router.bind('tcp://127.0.0.1:0')
  const ids = new Set<string>()
  const serve = async () => {
    let previous: Buffer | undefined
    for (;;) {
      const [id = Buffer.alloc(0), delimiter = '', body = ''] = await router.receive()
      if (previous) await router.send([previous, '', 'surplus'])
      await router.send([id, delimiter, `re: ${body}`])
      ids.add(id.toString('hex'))
      previous = id
    }
  }
  // The loop ends when the router closes.
  serve().catch(() => undefined)
  return { endpoint: router.lastEndpoint ?? '', ids }
}

describe('the client', () => {
  test('says that nothing is listening, and what to do', async () => {
    const { server, endpoint } = await startServer()
    server.kill('SIGINT')
    await server.ended
    expect(await run('client', '--endpoint', endpoint, '--timeout', '200ms').ended).toMatchObject({
      code: 1,
      stdout: `ZeroMQ client connecting to ${endpoint}\n`,
      stderr: 'zmq-inspector: Nobody is listening there. Start the server, or check the host and the port.\n',
    })
  })

  test.each([
    [['--decode', 'cbor', 'hello'], 'warning: shown as hex, not CBOR: '],
    [['--decode', 'json', '--frames', '1', '{"a":}', 'x'], 'warning: frame 2 is shown as hex, not JSON: '],
    [['--encoding', 'hex', '--decode', 'text', 'ff'], 'warning: shown as hex, not Text: Byte 0 is not valid UTF-8'],
  ])('says why it shows a reply as hex (%j)', async (args, words) => {
    const { code, stderr } = await run('client', '--endpoint', await echoPeer(), ...args).ended
    expect(code).toBe(0)
    expect(stderr.split('\n')).toEqual([expect.stringContaining(words), ''])
  })

  test('shows bytes as hex without a word where nobody asked for an encoding', async () => {
    const { stdout, stderr } = await run('client', '--endpoint', await echoPeer(), '--decode', 'hex', 'x').ended
    expect([stdout.endsWith("<- h'78'\n"), stderr]).toEqual([true, ''])
  })

  test('says that no reply came, and what to do', async () => {
    const router = new Router({ linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:0')
    const endpoint = router.lastEndpoint ?? ''
    const { code, stdout, stderr } = await run('client', '--endpoint', endpoint, '--timeout', '1s', 'one', 'two').ended
    // It stops at the first failure: the second message is not sent.
    expect(stdout).toBe(`ZeroMQ client connecting to ${endpoint}\n-> "one"\n`)
    expect(stderr).toMatch(
      /^zmq-inspector: No reply within 1\.00 s\. The peer is connected but did not reply\. Allow more time with --timeout/,
    )
    expect(code).toBe(1)
  })

  test('sets the options of its socket', async () => {
    const router = new Router({ linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:*')
    const endpoint = router.lastEndpoint ?? ''
    const flags = ['--routing-id', 'command line', '--relaxed-correlate', '--ipv6', '--linger', '-1']
    const client = run('client', '--endpoint', endpoint, ...flags, 'x')
    const [id, requestId, empty, body] = await router.receive()
    expect([String(id), requestId?.byteLength, empty?.byteLength, String(body)]).toEqual(['command line', 4, 0, 'x'])
    await router.send([id ?? '', requestId ?? '', empty ?? '', 'y'])
    expect(await client.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('ends as soon as it knows that a silent port has closed, however long the time limit is', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      setTimeout(() => socket.destroy(), 1600)
    })
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const client = run('client', '--endpoint', `tcp://127.0.0.1:${port}`, '--timeout', '600s')
    expect(await client.ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/sends no ZMTP greeting/) })
  })

  /** A process without any network, where the system allows that. */
  test.skipIf(spawnSync('unshare', ['-n', 'true']).status !== 0)('says that a network is unreachable', async () => {
    const command = [process.execPath, program, 'client', '--endpoint', 'tcp://10.0.0.1:5555', '--timeout', '500ms']
    const { code, stderr } = await new RunningProgram('unshare', ['-n', ...command]).ended
    expect(stderr).toMatch(/^zmq-inspector: The network of 10\.0\.0\.1 is unreachable from this machine\. /)
    expect(code).toBe(1)
  })

  test('never takes a surplus reply for that of the next message', async () => {
    const { endpoint, ids } = await doubleAnswering()
    const { code, stdout } = await run('client', '--endpoint', endpoint, 'one', 'two', 'three').ended
    expect(stdout).toBe(
      `ZeroMQ client connecting to ${endpoint}\n${['one', 'two', 'three'].map((text) => `-> "${text}"\n<- "re: ${text}"\n`).join('')}`,
    )
    expect(code).toBe(0)
    expect(ids.size).toBe(3)
  })

  test('shares a socket where a routing id is given', async () => {
    const router = new Router({ linger: 0 })
    onTestFinished(() => router.close())
    await router.bind('tcp://127.0.0.1:0')
    const client = run('client', '--endpoint', router.lastEndpoint ?? '', '--routing-id', 'me', 'one', 'two')
    const seen: string[] = []
    for (let count = 0; count < 2; count += 1) {
      const frames = await router.receive()
      seen.push(String(frames[0]))
      await router.send(frames)
    }
    expect(seen).toEqual(['me', 'me'])
    expect(await client.ended).toMatchObject({ code: 0 })
  })

  test('ends on Ctrl-C while waiting', async () => {
    const { server, endpoint } = await startServer()
    server.kill('SIGINT')
    await server.ended
    const client = run('client', '--endpoint', endpoint, '--timeout', '600s')
    await client.until(/connecting/)
    client.kill('SIGINT')
    expect(await client.ended).toMatchObject({ code: 1, signal: null, stderr: '' })
  })

  test.runIf(process.platform === 'linux')('fails when its output cannot be written', async () => {
    const { endpoint } = await startServer()
    const full = await open('/dev/full', 'w')
    const child = spawn(process.execPath, [program, 'client', '--endpoint', endpoint], {
      stdio: ['ignore', full.fd, 'pipe'],
    })
    let stderr = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const code = await new Promise((resolve) => child.on('close', resolve))
    await full.close()
    expect(code).toBe(1)
    expect(stderr).toMatch(/^zmq-inspector: The output could not be written: the disk is full/)
  })
})
