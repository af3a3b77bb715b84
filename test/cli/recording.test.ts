import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Publisher, Push } from 'zeromq'
import { version } from '../../package.json'
import { readRecordingFile } from '../../src/engine/recording/read-recording.ts'
import type { PlacedItem } from '../../src/shared/recording/reader.ts'
import { endLine, headerLine, recordLine, socketLine } from '../../src/shared/recording/write.ts'
import type { TranscriptRecord } from '../../src/shared/transcript/record.ts'
import { commandLine } from '../support/built.ts'
import { anyHeader, anySocket, receivedMessage, recordingOf } from '../support/recordings.ts'
import { runNode } from '../support/running-program.ts'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'recording')
}

function fileOf(content: string): string {
  const path = newPath()
  writeFileSync(path, content)
  return path
}

async function itemsOf(path: string): Promise<PlacedItem[]> {
  const items: PlacedItem[] = []
  for await (const piece of readRecordingFile(path)) items.push(...piece)
  return items
}

/** A PUSH that sends to whoever pulls. */
async function pushing(...messages: (string | Uint8Array)[][]): Promise<string> {
  const push = new Push({ linger: 0 })
  onTestFinished(() => push.close())
  await push.bind('tcp://127.0.0.1:*')
  const sendAll = async () => {
    for (const message of messages) await push.send(message)
  }
  // It ends when its socket is closed.
  sendAll().catch(() => undefined)
  return push.lastEndpoint ?? ''
}

const binary = Uint8Array.from({ length: 256 }, (_, index) => index)

describe('record', () => {
  test('writes every message and event of a socket, and prints no messages', async () => {
    const path = newPath()
    const endpoint = await pushing(['prices.eur', '{"price":1.08}'], ['', binary])
    const { code, stdout, stderr } = await run(
      ...['record', path, 'pull', '-c', endpoint, '--count', '2', '--encoding', 'json'],
    ).ended
    expect([code, stdout]).toEqual([0, `ZeroMQ PULL connecting to ${endpoint}\n`])
    expect(stderr).toMatch(/^zmq-inspector: 2 messages and \d+ events are in .*recording\n$/)
    const items = await itemsOf(path)
    const [header, socket] = items
    expect(header).toMatchObject({ kind: 'header', header: { application: version } })
    const view = { frames: [], others: { encoding: 'json', message: null } }
    expect(socket).toMatchObject({
      socket: { pattern: 'pull', attach: [{ how: 'connect', endpoint }], views: { sent: view, received: view } },
    })
    const records = items.flatMap((item) => (item.kind === 'record' ? [item.record] : []))
    const messages = records.filter(({ kind }) => kind === 'message')
    expect(messages.map(({ frames }) => frames.map((frame) => Buffer.from(frame).toString('hex')))).toEqual([
      [Buffer.from('prices.eur').toString('hex'), Buffer.from('{"price":1.08}').toString('hex')],
      ['', Buffer.from(binary).toString('hex')],
    ])
    expect(messages[0]).toMatchObject({ direction: 'received', session: 'socket', name: endpoint })
    expect(records.map(({ event }) => event)).toContain('handshake')
    expect(items.at(-1)).toMatchObject({ end: { records: records.length, complete: true } })
  })

  test('with --record a socket prints and records, also what it sends', async () => {
    const path = newPath()
    const rep = run('rep', '-b', 'tcp://127.0.0.1:0', '--count', '2', 'answer')
    const [, endpoint = ''] = await rep.until(/(tcp:\/\/[\d.]+:\d+)/)
    const req = await run('req', '-c', endpoint, '--record', path, '--json', 'one', 'two').ended
    const printed = req.stdout.trim().split('\n').slice(1)
    const shown = (await run('show', path, '--json').ended).stdout.trim().split('\n')
    const withoutName = shown.map((line) => {
      const { name, ...rest } = JSON.parse(line)
      expect(name).toBe(endpoint)
      return rest
    })
    expect(withoutName).toEqual(printed.map((line) => JSON.parse(line)))
    expect(withoutName.map(({ event, text }) => [event, ...text])).toEqual([
      ['sent', 'one'],
      ['received', 'answer'],
      ['sent', 'two'],
      ['received', 'answer'],
    ])
    expect(withoutName[1]).toMatchObject({ roundTripNs: expect.any(Number) })
  })

  test('can be read while it is written, and ends whole at Ctrl-C', async () => {
    const path = newPath()
    const publisher = new Publisher({ linger: 0 })
    onTestFinished(() => publisher.close())
    await publisher.bind('tcp://127.0.0.1:*')
    const ticking = setInterval(() => void publisher.send('tick'), 20)
    onTestFinished(() => clearInterval(ticking))
    const recording = run('record', path, 'sub', '-c', publisher.lastEndpoint ?? '')
    await expect
      .poll(() => existsSync(path) && readFileSync(path, 'utf8').includes('"tick"'), { timeout: 20_000 })
      .toBe(true)
    const { code, stdout, stderr } = await run('show', path).ended
    expect(code).toBeLessThan(2)
    expect(stdout).toContain('<- "tick"\n')
    expect(stderr).toMatch(/warning: (the recording has no end|line \d+ .* is cut off)/)
    recording.kill('SIGINT')
    expect((await recording.ended).code).toBe(0)
    expect(await run('show', path).ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('has no secret', async () => {
    const path = newPath()
    const args = ['sub', '-c', 'tcp://127.0.0.1:1', '--plain-user', 'alice', '--duration', '1ms']
    const env = process.env.ZMQ_PLAIN_PASSWORD
    process.env.ZMQ_PLAIN_PASSWORD = 'correct-horse'
    onTestFinished(() => {
      if (env === undefined) delete process.env.ZMQ_PLAIN_PASSWORD
      else process.env.ZMQ_PLAIN_PASSWORD = env
    })
    expect((await run('record', path, ...args).ended).code).toBe(0)
    const text = readFileSync(path, 'utf8')
    expect(text).toContain('"security":"plain-client"')
    expect(text).not.toMatch(/correct-horse|alice/)
  })

  test('replaces a file only with --overwrite', async () => {
    const path = fileOf('mine')
    const args = ['record', path, 'pull', '-b', 'tcp://127.0.0.1:0', '--duration', '1ms']
    expect(await run(...args).ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `zmq-inspector: ${path} is already there. Name another file, or add --overwrite to replace it.\n`,
    })
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect((await run(...args, '--overwrite').ended).code).toBe(0)
    expect(readFileSync(path, 'utf8')).toContain('"format":"zeromq-inspector-recording"')
  })

  test('leaves no file behind where the socket does not open', async () => {
    const path = newPath()
    const endpoint = await pushing()
    const { code, stderr } = await run('record', path, 'pull', '-b', endpoint).ended
    expect([code, stderr]).toEqual([1, expect.stringContaining('already in use')])
    expect(existsSync(path)).toBe(false)
  })

  test.each([
    ['no pattern', ['record', 'file'], /missing required argument 'pattern'/],
    ['another pattern', ['record', 'file', 'bench'], /There is no command 'bench' to record/],
    [
      'an option in place of the file',
      ['record', '-c', 'tcp://127.0.0.1:1', 'file', 'sub'],
      /Write record FILE PATTERN/,
    ],
    ['a wrong option of the socket', ['record', 'file', 'sub', '--rate', '5'], /unknown option '--rate'/],
    ['a folder that is not there', ['record', '/missing/file', 'pull', '-b', 'tcp://127.0.0.1:0'], /cannot be written/],
    ['--overwrite alone', ['sub', '-c', 'tcp://127.0.0.1:1', '--overwrite'], /Give --overwrite with --record FILE/],
    ['no name', ['sub', '-c', 'tcp://127.0.0.1:1', '--record', ''], /Name a file/],
  ])('refuses %s', async (_what, args, reason) => {
    const { code, stderr } = await run(...args).ended
    expect(stderr).toMatch(reason)
    expect(code).toBe(2)
  })

  test.skipIf(!canMount)('says that the disk is full (as root)', async () => {
    const disk = mountSmallDisk('size=64k')
    onTestFinished(() => disk.remove())
    const path = join(disk.path, 'recording')
    const endpoint = await pushing(...Array.from({ length: 200 }, () => ['x'.repeat(1000)]))
    const { code, stderr } = await run('record', path, 'pull', '-c', endpoint).ended
    expect(stderr).toMatch(/recording could not be written: the disk is full/)
    expect(code).toBe(1)
  })
})

const event: TranscriptRecord = {
  ...receivedMessage(),
  kind: 'event',
  direction: 'none',
  event: 'connect',
  detail: 'Connected\u001b[31m',
}

describe('show', () => {
  const prices = [
    receivedMessage('prices.eur', '{"price": 1.08}'),
    { ...receivedMessage('prices.usd', 'Größe'), direction: 'sent' as const },
    receivedMessage(Uint8Array.of(0, 0xff)),
    event,
  ]

  test.each<[string, string[], string]>([
    ['as text', [], '<- "prices.eur" "{\\"price\\": 1.08}"\n-> "prices.usd" "Größe"\n<- h\'00ff\'\n'],
    ['of a topic', ['--topic', 'prices.e', '--topic', 'x'], '<- "prices.eur" "{\\"price\\": 1.08}"\n'],
    ['with a value', ['--filter', 'price < 2 topic:prices is:received'], '<- "prices.eur" "{\\"price\\": 1.08}"\n'],
    ['without a word', ['--filter', '-prices'], "<- h'00ff'\n"],
    ['with a text in any case', ['--text', 'GRöße'], '-> "prices.usd" "Größe"\n'],
    ['with several texts', ['--text', 'prices', '--text', 'USD'], '-> "prices.usd" "Größe"\n'],
    ['with a text in another case of letters that are not of ASCII', ['--text', 'GRÖßE'], ''],
    [
      'of a topic, and events',
      ['--topic', 'prices.u', '--events'],
      '-> "prices.usd" "Größe"\n-- connect: Connected\\u001b[31m\n',
    ],
    [
      'in hex',
      ['--decode', 'hex', '--topic', 'prices.e'],
      "<- h'7072696365732e657572' h'7b227072696365223a20312e30387d'\n",
    ],
    [
      'with events',
      ['--events', '--decode', 'text'],
      '<- "prices.eur" "{\\"price\\": 1.08}"\n-> "prices.usd" "Größe"\n<- h\'00ff\'\n-- connect: Connected\\u001b[31m\n',
    ],
  ])('prints messages %s', async (_what, args, output) => {
    const text = recordingOf(...prices).replace(socketLine(anySocket), '')
    const { code, stdout } = await run('show', fileOf(text), ...args).ended
    expect([code, stdout]).toEqual([0, output])
  })

  test('refuses a search with a mistake', async () => {
    const { code, stderr } = await run('show', fileOf(recordingOf(...prices)), '--filter', '$.price >').ended
    expect([code, stderr]).toEqual([
      2,
      'zmq-inspector: Write a number, a "text", true, false or null after $.price >.\n',
    ])
  })

  test('says which messages it did not look into', async () => {
    const large = receivedMessage(JSON.stringify({ price: 1, filler: 'x'.repeat(300_000) }))
    const { code, stdout, stderr } = await run('show', fileOf(recordingOf(large)), '--filter', 'price > 0').ended
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('warning: 1 message has frames of more than 256 KiB, which are not looked into.')
  })

  test('shows frames as they were shown, and reads standard input', async () => {
    const views = { frames: [null], others: { encoding: 'json' as const, message: null } }
    const socket = socketLine({ ...anySocket, views: { sent: views, received: views } })
    const showing = run('show', '-')
    showing.feed(recordingOf(...prices).replace(socketLine(anySocket), socket))
    const { code, stdout } = await showing.ended
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe('<- "prices.eur" {"price":1.08}')
  })

  test('shows Protobuf, by the types that it is given', async () => {
    const proto = `${newPath()}.proto`
    writeFileSync(proto, 'syntax = "proto3";\npackage api;\nmessage Price { string name = 1; }\n')
    const frame = Uint8Array.of(0x0a, 1, 0x78)
    const path = fileOf(recordingOf(receivedMessage('', frame)))
    // Its second frame was shown as an api.Price.
    expect((await run('show', path, '--proto', proto).ended).stdout).toBe(`<- "" {"name":"x"}\n`)
    const other = fileOf(recordingOf(receivedMessage(frame)).replace(socketLine(anySocket), ''))
    const { stdout } = await run('show', other, '--proto', proto, '--message', 'api.Price').ended
    expect(stdout).toBe(`<- {"name":"x"}\n`)
    expect((await run('show', other, '--message', 'api.None').ended).code).toBe(2)
  })

  test('ends at Ctrl-C while standard input has nothing to say', async () => {
    const showing = run('show', '-')
    showing.write(recordingOf(...prices).slice(0, -1))
    await showing.until(/usd/)
    showing.kill('SIGINT')
    expect((await showing.ended).code).toBe(0)
  })

  test('names the sockets where there are several', async () => {
    const second = { ...receivedMessage('b'), session: 'two', name: 'tcp://127.0.0.1:6' }
    const content = [
      headerLine(anyHeader),
      socketLine(anySocket),
      socketLine({ ...anySocket, session: 'two' }),
      recordLine(receivedMessage('a'), 1),
      recordLine(second, 2),
      endLine({ records: 2, complete: false }),
    ]
    const { stdout, stderr } = await run('show', fileOf(content.join('')), '--decode', 'text').ended
    expect(stdout).toBe('[tcp://127.0.0.1:5555] <- "a"\n[tcp://127.0.0.1:6] <- "b"\n')
    expect(stderr).toContain('warning: messages are missing')
  })

  test('prints JSON, events too', async () => {
    const { stdout } = await run('show', fileOf(recordingOf(...prices)), '--json', '--events').ended
    const lines = stdout.trim().split('\n')
    expect(JSON.parse(lines[2] ?? '')).toEqual({
      event: 'received',
      at: '2024-02-29T12:34:56.789Z',
      frames: ['AP8='],
      text: [null],
      roundTripNs: null,
      peer: null,
      name: 'tcp://127.0.0.1:5555',
    })
    expect(JSON.parse(lines[3] ?? '')).toEqual({
      event: 'socket-event',
      at: '2024-02-29T12:34:56.789Z',
      type: 'connect',
      detail: 'Connected\u001b[31m',
      name: 'tcp://127.0.0.1:5555',
    })
  })

  test('tells of what is missing', async () => {
    const text = recordingOf(...prices)
    const cut = await run('show', fileOf(text.slice(0, -60)), '--decode', 'text').ended
    expect(cut.code).toBe(1)
    expect(cut.stdout.split('\n')).toHaveLength(4)
    expect(cut.stderr).toMatch(/warning: line 6 \(at byte \d+\) is cut off\. All 3 records before it were read\.\n$/)
    const lines = text.split('\n')
    const fewer = await run('show', fileOf([...lines.slice(0, 3), ...lines.slice(4)].join('\n'))).ended
    expect([fewer.code, fewer.stderr]).toEqual([
      0,
      expect.stringContaining('4 records were written, and 3 are in the file.'),
    ])
  })

  test.each([
    ['nothing there', '/missing/file', 1, /\/missing\/file cannot be read: /],
    ['a folder', tmpdir(), 1, /it is a folder/],
    ['no recording', program, 1, /This is no recording/],
  ])('fails for %s', async (_what, path, expected, reason) => {
    const { code, stderr, stdout } = await run('show', path).ended
    expect(stderr).toMatch(reason)
    expect([code, stdout]).toEqual([expected, ''])
  })

  test('prints what is before a line that is wrong, and where that is', async () => {
    const text = recordingOf(...prices).replace('"id":1,', '"id":1,"id":"x",')
    const { code, stdout, stderr } = await run('show', fileOf(text)).ended
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/Line 3 \(at byte \d+\) cannot be read: /)
  })
})
