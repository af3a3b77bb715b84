import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Router } from 'zeromq'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'
import { serverOf } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)
const startServer = (...args: string[]) => serverOf(program, ...args)

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
    expect(stderr).toMatch(/^zmq-inspector: Could not write the output: ENOSPC/)
  })
})
