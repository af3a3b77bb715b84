import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Publisher } from 'zeromq'
import { fitted, TopicTable } from '../../src/cli/topic-table.ts'
import { TopicPages } from '../../src/engine/topics/topic-page.ts'
import { TopicTree } from '../../src/engine/topics/topic-tree.ts'
import { previewFrames } from '../../src/shared/codecs/preview.ts'
import { firstFrame } from '../../src/shared/topics/key.ts'
import { commandLine } from '../support/built.ts'
import { bytes } from '../support/bytes.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args)

const linesOf = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

/** Output that shows the first message that arrives, and the last. */
interface Seen {
  readonly first: RegExp
  readonly last: RegExp
}

/** Runs the command line's SUB until it has shown these messages, and those before that tell that it hears. */
async function heard(messages: readonly (readonly string[])[], { first, last }: Seen, ...args: string[]) {
  const publisher = new Publisher({ linger: 0 })
  onTestFinished(() => publisher.close())
  await publisher.bind('tcp://127.0.0.1:0')
  const sub = run('sub', '-c', publisher.lastEndpoint ?? '', ...args)
  // A subscription comes at some time: until it is there, nothing arrives.
  const ticking = setInterval(() => void publisher.send(['ready', '{"bid": 0, "by": 0}']), 20)
  await sub.until(first).finally(() => clearInterval(ticking))
  for (const message of messages) await publisher.send([...message])
  await sub.until(last)
  sub.kill('SIGINT')
  return sub.ended
}

const prices = [
  ['prices.eur', '{"bid": 1.08, "by": {"who": "a\\nb"}}'],
  ['prices.usd', '{"bid": 12345678901234567890}'],
  ['prices.eur', '{"bid": 1.09}'],
]

describe('--topics', () => {
  test('prints the topics that had messages, each second', async () => {
    const { code, stdout } = await heard(
      prices,
      { first: /^ready\t/m, last: /^prices\.eur\t2.*\n3 topics/ms },
      '--topics',
    )
    expect(code).toBe(0)
    const lines = stdout.trim().split('\n')
    expect(lines[0]).toMatch(/^ZeroMQ SUB connecting to tcp:/)
    expect(lines).toContainEqual(
      expect.stringMatching(/^prices\.usd\t1\t\S+ \/s\t39 B\t\{"bid": 12345678901234567890\}$/),
    )
    expect(lines.at(-1)).toMatch(/^3 topics, \d+ messages, /)
    // Only what is new.
    expect(lines.filter((line) => line.startsWith('prices.usd')).length).toBe(1)
  })

  test('prints JSON, by a value and its own separator', async () => {
    const options = ['--topics', '--json', '--topic-key', '2:$.bid', '--separator', 'none', '--encoding', 'json']
    const messages = [...prices, ['end', 'no JSON'], ['end', '{"bid": "end"}']]
    const seen = { first: /"topic":"0"/, last: /"topic":"end".*"event":"topics"/s }
    const { code, stdout } = await heard(messages, seen, ...options)
    expect(code).toBe(0)
    const lines = linesOf(stdout)
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'topic', topic: '12345678901234567890', encoding: 'text', count: 1, bytes: 39 }),
    )
    expect(lines.at(-1)).toMatchObject({ event: 'topics', topics: 5, folded: { topics: 0 }, without: { count: 1 } })
  })
})

test('--topics of a ROUTER tells its peers', async () => {
  const router = run('router', '-b', 'tcp://127.0.0.1:0', '--echo', '--topics', '--count', '1')
  const [, endpoint = ''] = await router.until(/(tcp:\/\/[\d.]+:\d+)/)
  expect(await run('req', '-c', endpoint, '--routing-id', 'ann', 'hello').ended).toMatchObject({ code: 0 })
  expect((await router.ended).stdout).toMatch(/^ann\t1\t\S+ \/s\t5 B\thello$/m)
})

describe('--watch', () => {
  test('prints the value of each message, and says where there is none', async () => {
    const messages = [...prices, ['end', 'no JSON'], ['end', '{"bid": "\\u001b"}']]
    const { code, stdout, stderr } = await heard(messages, { first: /^0$/m, last: /u001b/ }, '--watch', '$.bid')
    const values = stdout.trim().split('\n')
    expect({ code, values: values.slice(1).filter((value) => value !== '0') }).toEqual({
      code: 0,
      values: ['1.08', '12345678901234567890', '1.09', '"\\u001b"'],
    })
    expect(stderr).toBe('zmq-inspector: warning: a message has nothing at $.bid\n')
  })

  test('prints JSON, of the frame that is named', async () => {
    const seen = { first: /"value":0/, last: /"who"/ }
    const { stdout, stderr } = await heard(prices, seen, '--watch', '2:$.by', '--json')
    expect(linesOf(stdout).filter(({ event, value }) => event === 'value' && value !== 0)).toEqual([
      { event: 'value', at: expect.stringMatching(/Z$/), value: { who: 'a\nb' } },
    ])
    expect(stderr).not.toContain('shown as hex')
  })
})

describe('the table on a terminal', () => {
  const preview = (frames: readonly Uint8Array[], without: number) =>
    previewFrames(frames.filter((_frame, place) => place !== without))

  function drawn(topics: readonly string[], columns: number, rows: number): { lines: string[]; again: string } {
    const tree = new TopicTree({ key: firstFrame, separator: '/' })
    for (const topic of topics) tree.add({ at: 1000, frames: [bytes(topic), bytes('x'.repeat(90))], envelope: 0 }, 1)
    let written = ''
    const table = new TopicTable(
      (text) => {
        written += text
      },
      () => [columns, rows],
    )
    const pages = new TopicPages(tree)
    table.draw(pages, 2000, preview)
    const lines = written.split('\n').slice(0, -1)
    written = ''
    table.draw(pages, 2000, preview)
    return { lines, again: written }
  }

  test('is the tree, in lines that a terminal does not wrap, and is drawn again in its place', () => {
    const { lines, again } = drawn(['home/hall/temp', 'home/hall/light', 'car', 'h\u001b[2Jid'], 60, 24)
    expect(lines[0]).toMatch(/^TOPIC +COUNT +RATE +SIZE +AGE +VALUE$/)
    expect(lines.slice(1, -1).map((line) => line.replace(/ +\d.*/, ''))).toEqual([
      'car',
      'home',
      '  hall',
      '    light',
      '    temp',
      "h'681b5b324a6964'",
    ])
    expect(lines.at(-1)).toMatch(/^4 topics, 4 messages, /)
    for (const line of lines) expect(line.length).toBeLessThan(60)
    expect(lines[1]).toMatch(/^car +1 +\S+ \/s +93 B +1\.0 s +x+…$/)
    expect(again).toBe(`\u001b[${lines.length}A\r\u001b[J${lines.join('\n')}\n`)
  })

  test('opens what there is room for, and is no higher than the terminal', () => {
    const many = Array.from({ length: 40 }, (_, index) => `wide/${index}`)
    const { lines } = drawn([...many, 'home/a', 'home/b'], 80, 12)
    expect(lines.length).toBeLessThan(12)
    expect(lines.slice(1, -1).map((line) => line.split('  ')[0] || line.trim().split(' ')[0])).toEqual([
      'home',
      'a',
      'b',
      'wide',
    ])
    const flat = drawn(
      many.map((topic) => topic.replace('/', '-')),
      80,
      12,
    )
    expect(flat.lines.length).toBeLessThan(12)
    expect(flat.lines.at(-1)).toMatch(/^40 topics, 40 messages/)
  })

  test.each([
    ['abc', 5, 'abc  '],
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['日本', 4, '日本'],
    ['日本', 3, '日…'],
    ['a日本', 4, 'a日…'],
    ['日本語', 4, '日… '],
  ])('%j in %i columns is %j', (text, columns, shown) => {
    expect(fitted(text, columns)).toBe(shown)
  })
})

describe('wrong usage', () => {
  const sub = ['sub', '-c', 'tcp://127.0.0.1:9']
  test.each<[string, string[], RegExp]>([
    ['both', ['--topics', '--watch', '$.a'], /--topics or --watch, not both/],
    ['a key without topics', ['--topic-key', 'peer'], /are for --topics/],
    ['a path that is none', ['--watch', 'price'], /"price" is no path/],
    ['a path in a key that is none', ['--topics', '--topic-key', '2:price'], /"price" is no path/],
    ['an encoding without paths', ['--watch', '$.a', '--encoding', 'hex'], /Hex has no values with paths/],
    ['a separator of two characters', ['--topics', '--separator', '::'], /one character/],
    ['frame 0', ['--topics', '--topic-key', '0'], /counted from 1/],
  ])('is %s', async (_what, args, reason) => {
    const { code, stderr } = await run(...sub, ...args).ended
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(reason) })
  })

  test('is topics of a socket that does not receive', async () => {
    const { code, stderr } = await run('push', '-c', 'tcp://127.0.0.1:9', '--topics', 'x').ended
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/unknown option '--topics'/) })
  })
})
