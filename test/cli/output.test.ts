import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Dealer } from 'zeromq'
import { commandLine } from '../support/built.ts'
import { RunningProgram } from '../support/running-program.ts'
import { echoPeer } from './support.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const withDevices = existsSync('/dev/full')

/** Runs a line of the shell, in which `$0` is Node.js and `$1` the program. */
const shell = (line: string, ...args: string[]) =>
  new RunningProgram('bash', ['-c', `set -o pipefail; ${line}`, process.execPath, program, ...args])

/** A server whose output is read up to its first line, and then no more. */
async function unreadServer(): Promise<{ child: ChildProcess; stdout: NodeJS.ReadableStream; endpoint: string }> {
  const child = spawn(process.execPath, [program, 'server', '--endpoint', 'tcp://127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { stdout } = child
  const [line] = await once(stdout.setEncoding('utf8'), 'data')
  stdout.pause()
  const [endpoint = ''] = /tcp:\S+/.exec(String(line)) ?? []
  return { child, stdout, endpoint }
}

/** A peer that did not read would hold the server back, too. Ends when the socket is closed. */
async function discardReplies(dealer: Dealer): Promise<void> {
  for await (const _reply of dealer);
}

/** Sends until the peer takes no more, and returns how many it took, at most `limit`. */
async function sendUntilFull(endpoint: string, limit: number): Promise<number> {
  const dealer = new Dealer({ linger: 0, sendHighWaterMark: 1, sendTimeout: 1000 })
  onTestFinished(() => dealer.close())
  dealer.connect(endpoint)
  void discardReplies(dealer)
  const message = ['', Buffer.alloc(4096, 'a')]
  for (let sent = 0; sent < limit; sent += 1) {
    try {
      await dealer.send(message)
    } catch {
      return sent
    }
  }
  return limit
}

describe('a server whose output nobody reads', () => {
  test('receives no more, and ends with Ctrl-C', async () => {
    const { child, endpoint } = await unreadServer()
    const limit = 20_000
    // Between the two are the high-water mark of 1000 messages and what the system keeps for a connection.
    expect(await sendUntilFull(endpoint, limit)).toBeLessThan(limit / 2)
    child.kill('SIGINT')
    const [code, signal] = await once(child, 'exit')
    expect({ code, signal }).toEqual({ code: 0, signal: null })
  })

  test('goes on when its output is read', async () => {
    const { child, stdout, endpoint } = await unreadServer()
    const sent = await sendUntilFull(endpoint, 20_000)
    // Two lines for each message: received and sent.
    let lines = 0
    const all = new Promise<void>((resolve) => {
      stdout.on('data', (part: string) => {
        lines += part.split('\n').length - 1
        if (lines === 2 * sent) resolve()
      })
    })
    stdout.resume()
    await all
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    expect({ code, lines }).toEqual({ code: 0, lines: 2 * sent })
  })
})

describe('a reader that has enough', () => {
  test('is a normal end for client, bench, decode and --help', async () => {
    const endpoint = await echoPeer()
    const lines = [
      `"$0" "$1" client --endpoint ${endpoint} $(seq 500) | head -1`,
      `"$0" "$1" bench --endpoint ${endpoint} --warmup 0 --duration 500ms | head -1`,
      `printf '[1%s]' "$(printf ',%s' $(seq 20000))" | "$0" "$1" decode --encoding json | head -1`,
      '"$0" "$1" --help | head -1',
    ]
    for (const line of lines) {
      const { code, stdout, stderr } = await shell(line).ended
      expect({ line, code, lines: stdout.split('\n').length }).toEqual({ line, code: 0, lines: 2 })
      expect(stderr).not.toMatch(/EPIPE|could not|at /)
    }
  })
})

test.skipIf(!withDevices)('an output that cannot be written is told on standard error', async () => {
  const endpoint = await echoPeer()
  const lines = [
    `"$0" "$1" client --endpoint ${endpoint} a > /dev/full`,
    `"$0" "$1" bench --endpoint ${endpoint} --warmup 0 --count 10 > /dev/full`,
    'echo 1 | "$0" "$1" decode --encoding json > /dev/full',
    'echo 1 | "$0" "$1" encode --encoding json > /dev/full',
    '"$0" "$1" server --endpoint tcp://127.0.0.1:0 > /dev/full',
    '"$0" "$1" --help > /dev/full',
  ]
  for (const line of lines) {
    const { code, stderr } = await shell(line).ended
    expect({ line, code, failure: stderr.split('\n').find((each) => each.startsWith('zmq-inspector:')) }).toEqual({
      line,
      code: 1,
      failure:
        'zmq-inspector: The output could not be written: the disk is full. Free some space there, then try again.',
    })
  }
})

test.skipIf(!withDevices)('a standard error that cannot be written does not cost bench its figures', async () => {
  const endpoint = await echoPeer()
  for (const standardError of ['2> /dev/full', '2>&-', '2> >(exit)']) {
    const line = `"$0" "$1" bench --endpoint ${endpoint} --warmup 0 --count 50 ${standardError}`
    const { code, stdout } = await shell(line).ended
    expect({ line, code }).toEqual({ line, code: 0 })
    expect(stdout).toMatch(/^ {2}replies +50$/m)
  }
})

test('decode prints all of it to a slow reader', async () => {
  const child = spawn(process.execPath, [program, 'decode', '--encoding', 'json'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end(`[${'1,'.repeat(20_000)}1]`)
  await once(child.stdout, 'readable')
  const all = await text(child.stdout)
  expect(all.trimEnd().split('\n')).toHaveLength(20_002)
})
