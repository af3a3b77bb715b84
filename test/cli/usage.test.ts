import { describe, expect, test, vi } from 'vitest'
import { version } from '../../package.json'
import { commandLine } from '../support/built.ts'
import { runNode } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const program = commandLine()
const run = (...args: string[]) => runNode(program, ...args).ended

describe('wrong usage exits with 2 and a reason on standard error', () => {
  test.each<[string, string[], RegExp]>([
    ['no command', [], /^Usage: zmq-inspector/],
    ['an unknown command', ['sever'], /^zmq-inspector: unknown command 'sever'\n\(Did you mean server\?\)/],
    ['an unknown option', ['server', '--port', '5'], /^zmq-inspector: unknown option '--port'/],
    ['an argument too many', ['server', 'x'], /^zmq-inspector: too many arguments/],
    [
      'an option without its value',
      ['client', '--endpoint'],
      /^zmq-inspector: option '--endpoint <endpoint>' argument/,
    ],
    ['a bad encoding', ['client', '--encoding', 'utf9'], /'utf9' is invalid\. Allowed choices are text, json/],
    ['a bad timeout', ['client', '--timeout', '5m'], /'5m' is invalid\. Write milliseconds/],
    ['a timeout of nothing', ['client', '--timeout', '0'], /'0' is invalid/],
    ['a timeout beyond every clock', ['client', '--timeout', '2147484s'], /is invalid/],
    [
      'a bad endpoint',
      ['client', '--endpoint', 'localhost:5'],
      /^zmq-inspector: Missing transport\. Did you mean tcp:\/\/localhost:5\?/,
    ],
    ['a port beyond all', ['server', '--endpoint', 'tcp://127.0.0.1:70000'], /^zmq-inspector: Port '70000'/],
    ['a wildcard to connect to', ['client', '--endpoint', 'tcp://127.0.0.1:*'], /^zmq-inspector: Port \*/],
    [
      'an option out of bounds',
      ['client', '--linger', '-2'],
      /--linger.*'-2' is invalid\. Write a whole number from -1 to/,
    ],
    [
      'an option that is no number',
      ['bench', '--send-high-water-mark', '1e3'],
      /'1e3' is invalid\. Write a whole number/,
    ],
    ['an option without its value', ['client', '--heartbeat-interval'], /option '--heartbeat-interval <ms>' argument/],
    [
      'a long routing id',
      ['client', '--routing-id', 'é'.repeat(128)],
      /is invalid\. It has 256 bytes; write 255 at most/,
    ],
    [
      'an endpoint with a path, which can be told',
      ['client', '--endpoint', 'tcp://h:5/x'],
      /^zmq-inspector: A TCP endpoint has no path: remove '\/x'\. Did you mean tcp:\/\/h:5\?\n$/,
    ],
    ['inproc', ['server', '--endpoint', 'inproc://x'], /^zmq-inspector: inproc:\/\/ works only within one process/],
  ])('%s', async (_what, args, reason) => {
    const { code, stdout, stderr } = await run(...args)
    expect(stderr).toMatch(reason)
    expect([code, stdout]).toEqual([2, ''])
  })

  test.each<[string, string, string[]]>([
    ['hex', '12g4', ["zmq-inspector: This is not Hex. Not a hex digit: 'g'.", '  12g4', '    ^']],
    ['json', '{\n"a": x}', [expect.stringMatching(/^zmq-inspector: This is not JSON\. /), '  "a": x}', '       ^']],
    ['json', '"\u001b', [expect.stringMatching(/./), '  "\\u001b', '   ^']],
    ['base64', 'AAA*', [expect.stringMatching(/Base64/), '  AAA*', '     ^']],
    ['hex', `${'00'.repeat(50)}z`, [expect.stringMatching(/./), `  ${'0'.repeat(60)}z`, `  ${' '.repeat(60)}^`]],
  ])('%s that is malformed, with a caret under the fault', async (encoding, text, lines) => {
    const { code, stdout, stderr } = await run('client', '--encoding', encoding, text)
    expect(stderr.split('\n')).toEqual([...lines, ''])
    expect([code, stdout]).toEqual([2, ''])
  })
})

describe('help and version exit with 0', () => {
  test('--version', async () => {
    expect(await run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  test.each([[['--help']], [['help', 'client']], [['client', '--help']]])('%j', async (args) => {
    const { code, stdout, stderr } = await run(...args)
    expect(stdout).toMatch(/^Usage: zmq-inspector/)
    expect([code, stderr]).toEqual([0, ''])
  })
})
