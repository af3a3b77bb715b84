import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Dealer } from 'zeromq'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'
import { connectRequest, serverOf } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)
const startServer = (...args: string[]) => serverOf(program, ...args)

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

  test('warns when the network can reach it', async () => {
    const server = run('server', '--endpoint', 'tcp://*:0')
    await server.until(/listening/)
    server.kill('SIGINT')
    expect(await server.ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^zmq-inspector: warning: anyone on your network/),
    })
  })

  test('ends quietly when its output is closed', async () => {
    const { server, endpoint } = await startServer()
    server.closeOutput()
    const request = connectRequest(endpoint)
    await request.send('x')
    expect(await server.ended).toMatchObject({ code: 0, signal: null, stderr: '' })
  })

  test('listens on an ipc path', async () => {
    const path = `ipc://${join(tmpdir(), `inspector-${crypto.randomUUID()}`)}`
    const server = run('server', '--endpoint', path)
    await server.until(/listening on ipc:/)
    expect((await run('client', '--endpoint', path, 'x').ended).stdout).toContain('<- "x"')
  })

  test('warns of a message that breaks the protocol, and echoes the next', async () => {
    const { server, endpoint } = await startServer()
    const dealer = new Dealer({ linger: 0 })
    onTestFinished(() => dealer.close())
    dealer.connect(endpoint)
    await dealer.send('no delimiter')
    await dealer.send(['', 'good'])
    await server.until(/-> "good"\n/)
    server.kill('SIGINT')
    const { code, stdout, stderr } = await server.ended
    expect(stdout.split('\n').slice(1)).toEqual(['<- "good"', '-> "good"', ''])
    expect(stderr).toMatch(/^zmq-inspector: warning: Dropped a message without the empty delimiter frame.*\.\n$/)
    expect(code).toBe(0)
  })

  test('warns of replies that it drops, and counts them', async () => {
    const { server, endpoint } = await startServer()
    const dealer = new Dealer({ linger: 0, sendHighWaterMark: 0, receiveHighWaterMark: 1, receiveBufferSize: 8192 })
    onTestFinished(() => dealer.close())
    dealer.connect(endpoint)
    for (let index = 0; index < 3000; index += 1) await dealer.send(['', Buffer.alloc(5000, 'x')])
    await server.untilComplains(/warning: reply dropped: the peer does not read/)
    server.kill('SIGINT')
    const { code, stdout, stderr } = await server.ended
    const warnings = stderr.matchAll(/warning: (?:([\d,]+) × in .*: )?reply dropped: the peer does not read\.$/gm)
    const dropped = [...warnings].reduce((total, [, times = '1']) => total + Number(times.replace(',', '')), 0)
    const lines = stdout.split('\n').map((line) => line.slice(0, 2))
    expect(lines.filter((line) => line === '->').length + dropped).toBe(lines.filter((line) => line === '<-').length)
    expect(code).toBe(0)
  })
})
