import { describe, expect, test, vi } from 'vitest'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'
import { connectRequest, echoPeer, serverOf } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)
const startServer = (...args: string[]) => serverOf(program, ...args)

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
    const endpoint = await echoPeer()
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
