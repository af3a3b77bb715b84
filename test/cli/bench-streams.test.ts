import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Pull } from 'zeromq'
import { parseRunJson } from '../../src/shared/lab/summary.ts'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const bench = (...args: string[]) => runNode(program, 'bench', ...args)
const serverKey = 'Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID'
const short = ['--count', '2000', '--warmup', '0']

async function pull(): Promise<string> {
  const socket = new Pull({ linger: 0 })
  onTestFinished(() => socket.close())
  await socket.bind('tcp://127.0.0.1:*')
  const loop = async () => {
    for await (const _message of socket);
  }
  // It ends when its socket is closed.
  loop().catch(() => undefined)
  return socket.lastEndpoint ?? ''
}

describe('bench --flood', () => {
  test('prints what was sent, accepted and read, and how long writes waited', async () => {
    const endpoint = await pull()
    const { code, stdout } = await bench('--flood', '--endpoint', endpoint, ...short, '--size', '16').ended
    expect(stdout).toContain(`Measuring ${endpoint}: PUSH flood, 1 socket, 16 B, ZMTP, 2,000 messages\n`)
    expect(stdout).toMatch(/^ {2}sent +2,000 +[\d,]+ \/s$/m)
    expect(stdout).toMatch(/^ {2}accepted +2,000 +[\d,]+ \/s +[\d.]+ (K|M)iB\/s$/m)
    expect(stdout).toMatch(/^ {2}read by the peer +2,000$/m)
    expect(stdout).toMatch(/^ +wait of a write$/m)
    expect(stdout).not.toContain('replies')
    expect(stdout).not.toContain('no reply')
    expect(code).toBe(0)
  })

  test('prints one JSON object, holds assertions, and sweeps over sockets at a rate', async () => {
    const endpoint = await pull()
    const args = [
      '--concurrency',
      '1,3',
      '--rate',
      '20000',
      '--json',
      '--assert',
      'accepted=2000',
      '--assert',
      'errors=0',
    ]
    const { code, stdout, stderr } = await bench('--flood', '--endpoint', endpoint, ...short, ...args).ended
    expect(stderr).toContain('assertion accepted=2000: holds at 3 sockets')
    expect(code).toBe(0)
    const { settings, steps } = parseRunJson(stdout)
    expect(settings).toMatchObject({ client: 'zmtp', load: { model: 'flood', ratePerSecond: 20_000 } })
    expect(steps.map(({ sockets, flood }) => [sockets, flood?.accepted])).toEqual([
      [1, 2000],
      [3, 2000],
    ])
  })

  test('is not compared with round trips', async () => {
    const endpoint = await pull()
    const path = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'before.json')
    const { stdout } = await bench('--one-way', 'push-pull', ...short, '--json').ended
    writeFileSync(path, stdout)
    const against = await bench('--flood', '--endpoint', endpoint, ...short, '--against', path).ended
    expect(against.stdout).toContain('The baseline measured a one-way stream and the other run a PUSH flood')
    expect(against.code).toBe(0)
  })

  test('ends with the diagnosis where nobody listens', async () => {
    const { code, stdout } = await bench('--flood', '--endpoint', 'tcp://127.0.0.1:1', ...short).ended
    expect(stdout).toMatch(/^0 messages\. /m)
    expect(code).toBe(1)
  })
})

describe('bench --one-way', () => {
  test.each([
    ['push-pull', 'PUSH to PULL', 'ZMTP'],
    ['pub-sub', 'PUB to SUB', 'libzmq'],
  ])('%s prints what came, also in the words of libzmq', async (pattern, words, client) => {
    const log = join(mkdtempSync(join(tmpdir(), 'inspector-')), 'run.hlog')
    const args = ['--one-way', pattern, '--size', '32', '--rate', '5000', '--hlog', log]
    const { code, stdout } = await bench(...args, ...short).ended
    expect(stdout).toContain(`one way, ${words} at 5,000 /s, 32 B, ${client}, 2,000 messages\n`)
    expect(stdout).toMatch(/^ {2}delivered +2,000$/m)
    expect(stdout).toMatch(/^ {2}lost +0$/m)
    expect(stdout).toMatch(/^ {2}message size: 32 \[B\]$/m)
    expect(stdout).toMatch(/^ {2}mean throughput: \d+ \[msg\/s\]$/m)
    expect(stdout).toMatch(/^ {2}mean throughput: \d+\.\d{3} \[Mb\/s\]$/m)
    expect(stdout).toMatch(/^ {2}average latency: \d+\.\d{3} \[us\]$/m)
    expect(code).toBe(0)
    const merged = await bench('merge', log).ended
    expect(merged.stdout).toContain('2,000')
    expect(readFileSync(log, 'utf8')).toContain('#[Histogram log format version 1.3]')
  })

  test('sweeps over sizes', async () => {
    const { stdout } = await bench('--one-way', 'push-pull', ...short, '--size', '16,1KiB').ended
    expect(stdout).toContain('one way, PUSH to PULL, 16 B to 1.00 KiB, ZMTP, 2,000 messages each')
    expect(stdout).toMatch(/^1\.00 KiB\n {2}sent/m)
  })
})

test.each([
  [['--flood', '--one-way', 'pub-sub'], '--flood cannot be used with --one-way.'],
  [['--flood', '--in-flight', '2'], '--flood cannot be used with --in-flight.'],
  [['--flood', '--versus', 'libzmq'], '--flood cannot be used with --versus.'],
  [['--flood', '--hlog', 'file'], '--flood cannot be used with --hlog.'],
  [['--flood', '--assert', 'replied>1'], 'replied is no figure of a PUSH flood.'],
  [['--one-way', 'push-pull', '--concurrency', '2'], '--one-way cannot be used with --concurrency.'],
  [['--one-way', 'push-pull', '--size', '15'], '--size is at least 16.'],
  [['--one-way', 'push-pull', 'message'], '--one-way makes its messages itself'],
  [['--one-way', 'push-pull', '--curve-server-key', serverKey], '--one-way has both ends here'],
  [['--one-way', 'req-rep'], 'Allowed choices are push-pull, pub-sub'],
  [['--rate', '200000'], 'a --rate of at most 100,000'],
  [['--rate', '100', '--concurrency', '2'], '--rate cannot be used with --concurrency.'],
])('bench %j is wrong usage', async (args, words) => {
  const { code, stderr } = await bench(...args).ended
  expect(stderr).toContain(words)
  expect(code).toBe(2)
})
