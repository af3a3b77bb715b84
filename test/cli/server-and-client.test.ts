import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Request } from 'zeromq'
import { buildCommandLine } from '../support/built.ts'
import { type RunningProgram, runNode } from '../support/running-program.ts'

const program = buildCommandLine()
const run = (...args: string[]) => runNode(program, ...args)

async function startServer(...args: string[]): Promise<{ server: RunningProgram; endpoint: string }> {
  const server = run('server', '--endpoint', 'tcp://127.0.0.1:0', ...args)
  const [, endpoint = ''] = await server.until(/(tcp:\/\/[\d.]+:\d+)/)
  return { server, endpoint }
}

/** A bare client, to send what the command line would not. */
function connectRequest(endpoint: string): Request {
  const request = new Request({ linger: 0 })
  onTestFinished(() => request.close())
  request.connect(endpoint)
  return request
}

describe('server and client', () => {
  test('print exactly what went over the wire', async () => {
    const { server, endpoint } = await startServer()
    const client = await run('client', '--endpoint', endpoint).ended
    expect(client).toEqual({
      code: 0,
      signal: null,
      stdout: `ZeroMQ client connecting to ${endpoint}\n-> "Hello world!"\n<- "Hello world!"\n`,
      stderr: '',
    })
    await server.until(/->.*\n/)
    server.kill('SIGTERM')
    expect(await server.ended).toEqual({
      code: 0,
      signal: null,
      stdout: `ZeroMQ server listening on ${endpoint}\n<- "Hello world!"\n-> "Hello world!"\n`,
      stderr: '',
    })
  })

  test('send every argument as a message of its own, or all as the frames of one', async () => {
    const { endpoint } = await startServer()
    const each = await run('client', '--endpoint', endpoint, 'one', 'zwei 二 👋').ended
    expect(each.stdout.split('\n').slice(1)).toEqual(['-> "one"', '<- "one"', '-> "zwei 二 👋"', '<- "zwei 二 👋"', ''])
    const together = await run('client', '--endpoint', endpoint, '--frames', '--', 'one', '', '-three').ended
    expect(together.stdout.split('\n').slice(1)).toEqual(['-> "one" "" "-three"', '<- "one" "" "-three"', ''])
  })

  test.each([
    ['text', 'a"b', '"a\\"b"', 'YSJi'],
    ['json', '{ "a": 1.0 }', '{"a":1.0}', 'eyAiYSI6IDEuMCB9'],
    ['messagepack', '{"a":1}', '{"a":1}', 'gaFhAQ=='],
    ['cbor', '[1, "x"]', '[1,"x"]', 'ggFheA=='],
    ['hex', '00 FF', "h'00ff'", 'AP8='],
    ['base64', 'AP8=', 'AP8=', 'AP8='],
    ['z85', 'HelloWorld', 'HelloWorld', 'hk/Sb7VZ91s='],
    ['z85', '', "h''", ''],
  ])('with the encoding %s send %j and show %s', async (encoding, argument, shown, base64) => {
    const { endpoint } = await startServer()
    const args = ['client', '--endpoint', endpoint, '--encoding', encoding, argument]
    expect((await run(...args).ended).stdout.split('\n').slice(1)).toEqual([`-> ${shown}`, `<- ${shown}`, ''])
    const lines = (await run(...args, '--json').ended).stdout.trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { event: 'connecting', endpoint },
      { event: 'sent', frames: [base64], roundTripNs: null },
      { event: 'received', frames: [base64], roundTripNs: expect.any(Number) },
    ])
  })

  test('print nothing but JSON lines with --json', async () => {
    const { server, endpoint } = await startServer('--json')
    await run('client', '--endpoint', endpoint, '--encoding', 'hex', 'ff 00', '48 69').ended
    await server.until(/"sent"[\s\S]*"sent".*\n/)
    server.kill('SIGINT')
    const { code, stdout, stderr } = await server.ended
    const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const message = (event: string, frame: string, text: string | null) => ({
      event,
      at,
      frames: [frame],
      text: [text],
      roundTripNs: null,
    })
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line)),
    ).toEqual([
      { event: 'listening', endpoint },
      message('received', '/wA=', null),
      message('sent', '/wA=', null),
      message('received', 'SGk=', 'Hi'),
      message('sent', 'SGk=', 'Hi'),
    ])
    expect([code, stderr]).toEqual([0, ''])
  })

  test('show nothing of a hostile peer that a terminal would act on', async () => {
    const { server, endpoint } = await startServer()
    const request = connectRequest(endpoint)
    const hostile = '\u001b[2J\r\n<- "fake"\u0007\u007f\u009b1m\u202e\u2066\u2028\ufeff'
    await request.send([hostile, Buffer.from([0xff, 0x1b])])
    await request.receive()
    await server.until(/->.*\n/)
    const [, line] = server.stdout.split('\n')
    expect(line).toBe(`<- "\\u001b[2J\\r\\n<- \\"fake\\"\\u0007\\u007f\\u009b1m\\u202e\\u2066\\u2028\\ufeff" h'ff1b'`)
    expect(server.stdout).not.toMatch(/(?!\n)[\p{Cc}\u202e\u2066\u2028\ufeff]/u)
  })

  test('show a JSON reply on one line, whatever line breaks it holds', async () => {
    const { endpoint } = await startServer()
    const client = await run('client', '--endpoint', endpoint, '--encoding', 'json', '[\n"<- \u009b\u202e"\n]').ended
    expect(client.stdout.split('\n').slice(1)).toEqual(['-> ["<- \\u009b\\u202e"]', '<- ["<- \\u009b\\u202e"]', ''])
  })
})

describe('the server', () => {
  test('names the next free endpoint when the address is taken', async () => {
    const { endpoint } = await startServer()
    const { code, stdout, stderr } = await run('server', '--endpoint', endpoint).ended
    const [, suggestion = ''] = /--endpoint (tcp:\S+\d)\)/.exec(stderr) ?? []
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: `zmq-inspector: ${endpoint} is already in use. The next free one is ${suggestion} (--endpoint ${suggestion}).\n`,
    })
    const second = run('server', '--endpoint', suggestion)
    await second.until(new RegExp(`listening on ${suggestion}\n`))
  })

  test('warns when other machines can reach it', async () => {
    const server = run('server', '--endpoint', 'tcp://*:0')
    await server.until(/listening/)
    server.kill('SIGINT')
    expect(await server.ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^zmq-inspector: warning: other/),
    })
  })

  test('ends quietly when nobody reads its output any more', async () => {
    const { server, endpoint } = await startServer()
    server.closeOutput()
    const request = connectRequest(endpoint)
    await request.send('x')
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  })

  test('listens on an ipc path', async () => {
    const path = `ipc:///tmp/inspector-${crypto.randomUUID()}`
    const server = run('server', '--endpoint', path)
    await server.until(/listening on ipc:/)
    expect((await run('client', '--endpoint', path, 'x').ended).stdout).toContain('<- "x"')
  })
})

describe('the client', () => {
  test('says that nobody listens, and what to do', async () => {
    const { server, endpoint } = await startServer()
    server.kill('SIGINT')
    await server.ended
    expect(await run('client', '--endpoint', endpoint, '--timeout', '200ms').ended).toMatchObject({
      code: 1,
      stdout: `ZeroMQ client connecting to ${endpoint}\n`,
      stderr: 'zmq-inspector: Nobody is listening there. Start the server, or check the host and the port.\n',
    })
  })

  test('is ended by Ctrl-C while it waits', async () => {
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
    expect(stderr).toMatch(/^zmq-inspector: The output cannot be written: ENOSPC/)
  })
})
