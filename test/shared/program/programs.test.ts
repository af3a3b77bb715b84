import { describe, expect, test } from 'vitest'
import { InspectorError } from '../../../src/shared/errors.ts'
import { programIn } from '../../../src/shared/program/index.ts'
import { type LanguageId, languageIds } from '../../../src/shared/program/language-ids.ts'
import { maximumProgramBytes } from '../../../src/shared/program/program-size.ts'
import { newSpec } from '../../../src/shared/workspace.ts'
import { defaultSocketOptions, type SocketOptions } from '../../../src/shared/zmq/options.ts'
import { type PatternId, patternIds, patternOf } from '../../../src/shared/zmq/patterns.ts'
import { bytes } from '../../support/bytes.ts'

const endpoint = 'tcp://127.0.0.1:5555'

function program(
  id: LanguageId,
  frames: readonly Uint8Array[],
  pattern: PatternId = 'push',
  options: Partial<SocketOptions> = {},
): string {
  const spec = { ...newSpec(pattern, endpoint), options: { ...defaultSocketOptions, ...options } }
  return programIn(id, { spec, frames, timeoutMs: 5000 })
}

/** What is between two lines of a program. */
function part(text: string, from: string, to: string): string {
  const start = text.indexOf(from)
  expect(start, text).toBeGreaterThan(0)
  const rest = text.slice(start + from.length)
  return rest.slice(0, rest.indexOf(to)).trim()
}

/** The lines around the literals of a message. */
const messageOf: Readonly<Record<LanguageId, readonly [string, string]>> = {
  python: ['message = [', '\n]'],
  c: ['message[] = {', '\n};'],
  cpp: ['message{', '\n  };'],
  rust: ['vec![', '\n    ];'],
  javascript: ['const message = [', '\n]'],
  java: ['new ArrayList<>();', '\n\n'],
  go: ['[][]byte{', '\n\t}'],
  csharp: ['new List<byte[]> {', '\n};'],
}

const text = 'a"b\'c\\x41d??/\r\n\té\u2028🙂\u{e0001} \\u000a #{x}'
const octets = Uint8Array.of(0, 0x31, 0xff, 0x41, 0x5c, 0x22)

/** The lines of a text, of bytes, and of an empty frame, as compilers of each language were seen to read them. */
const expected: Readonly<Record<LanguageId, readonly string[]>> = {
  python: [
    '(',
    '"a\\"b\'c\\\\x41d??/\\r\\n"',
    '"\\té\\u2028🙂\\U000e0001 \\\\u000a #{x}"',
    ').encode(),',
    'bytes.fromhex("0031ff415c22"),',
    'b"",',
  ],
  c: [
    '{BYTES(',
    '"a\\"b\'c\\\\x41d\\?\\?/\\r\\n"',
    '"\\t\\303\\251\\342\\200\\250\\360\\237\\231\\202\\363\\240\\200\\201 \\\\u000a #{x}"',
    ')},',
    '{BYTES("\\x00\\x31\\xff\\x41\\x5c\\x22")},',
    '{BYTES("")},',
  ],
  cpp: [
    '"a\\"b\'c\\\\x41d\\?\\?/\\r\\n"',
    '"\\t\\303\\251\\342\\200\\250\\360\\237\\231\\202\\363\\240\\200\\201 \\\\u000a #{x}"s,',
    '"\\x00\\x31\\xff\\x41\\x5c\\x22"s,',
    '""s,',
  ],
  rust: [
    'concat!(',
    '"a\\"b\'c\\\\x41d??/\\r\\n",',
    '"\\té\\u{2028}🙂\\u{e0001} \\\\u000a #{x}"',
    ').as_bytes(),',
    '&[0x00, 0x31, 0xff, 0x41, 0x5c, 0x22][..],',
    '"".as_bytes(),',
  ],
  javascript: [
    'Buffer.from(',
    '"a\\"b\'c\\\\x41d??/\\r\\n" +',
    '"\\té\\u2028🙂\\udb40\\udc01 \\\\u000a #{x}"',
    '),',
    'Buffer.from("0031ff415c22", "hex"),',
    'Buffer.from(""),',
  ],
  java: [
    'message.add(utf8(',
    '"a\\"b\'c\\\\x41d??/\\r\\n" +',
    '"\\t\\u00e9\\u2028\\ud83d\\ude42\\udb40\\udc01 \\\\u000a #{x}"',
    '));',
    'message.add(hex("0031ff415c22"));',
    'message.add(utf8(""));',
  ],
  go: [
    '[]byte(',
    '"a\\"b\'c\\\\x41d??/\\r\\n" +',
    '"\\té\\u2028🙂\\U000e0001 \\\\u000a #{x}",',
    '),',
    '[]byte{0x00, 0x31, 0xff, 0x41, 0x5c, 0x22},',
    '[]byte(""),',
  ],
  csharp: [
    'Encoding.UTF8.GetBytes(',
    '"a\\"b\'c\\\\x41d??/\\r\\n" +',
    '"\\té\\u2028🙂\\U000e0001 \\\\u000a #{x}"',
    '),',
    'Convert.FromHexString("0031ff415c22"),',
    'Encoding.UTF8.GetBytes(""),',
  ],
}

const linesOf = (id: LanguageId, frames: readonly Uint8Array[]): string[] =>
  part(program(id, frames), ...messageOf[id])
    .split('\n')
    .map((line) => line.trim())

describe.each(languageIds)('%s', (id) => {
  test('escapes a text, bytes and nothing', () => {
    expect(linesOf(id, [bytes(text), octets, new Uint8Array()])).toEqual(expected[id])
  })

  test('breaks long frames into lines', () => {
    const lines = linesOf(id, [new Uint8Array(100_000), bytes('"?'.repeat(50_000))])
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200)
  })

  test('writes no frame of a person into a comment, and no line that a text could end', () => {
    const frame = bytes('*/ \n"""\n#define x\n\u2028//')
    for (const line of program(id, [frame]).split('\n')) expect(line).not.toMatch(/^\s*(#define x|\/\/$|\*\/)/)
  })

  test.each(patternIds.filter((pattern) => !patternOf(pattern).isDraft))('has a program for %s', (pattern) => {
    const made = program(id, [bytes('x')], pattern)
    expect(made).toMatch(/\n$/)
    expect(made).not.toMatch(/undefined|null\(|\[object/)
    expect(made.split('\n').filter((line) => /\s$/.test(line))).toEqual([])
  })

  test('has draft types, or says that it has none', () => {
    const draft = () => program(id, [bytes('x')], 'client')
    if (id === 'javascript') expect(draft()).toContain('import { Client } from "zeromq/draft.js"')
    else expect(draft).toThrow(/^CLIENT is a draft type: .+ Choose JavaScript\.$/)
  })

  test('says which options it cannot set', () => {
    const made = program(id, [bytes('x')], 'router', { bindToDevice: 'eth"0', requireDelimiter: true })
    expect(made).toContain('Require delimiter (true): an option of ZeroMQ Inspector, not of ZeroMQ.')
    const isSet = ['python', 'c', 'javascript'].includes(id)
    expect(made.includes('Network device: ')).toBe(!isSet)
    // What a person wrote is nowhere but in literals.
    expect(made.includes('eth')).toBe(isSet)
  })
})

test('options that are not changed stay as the library has them, but for the time to leave', () => {
  expect(program('c', [bytes('x')])).toContain('  set(socket, ZMQ_LINGER, 5000);\n  check(zmq_connect(')
  expect(program('c', [bytes('x')], 'push', { linger: -1, sendHighWaterMark: 0 })).toContain(
    '  set(socket, ZMQ_SNDHWM, 0);\n  set(socket, ZMQ_LINGER, -1);\n',
  )
  expect(program('c', [], 'pull')).not.toContain('LINGER')
})

test('a switch of several options sets them all, and one of several values is a switch again', () => {
  const made = program('c', [bytes('x')], 'req', { relaxedCorrelate: true })
  expect(made).toContain('set(socket, ZMQ_REQ_RELAXED, 1);\n  set(socket, ZMQ_REQ_CORRELATE, 1);')
  expect(program('c', [bytes('x')], 'xpub', { verboseSubscriptions: true })).toContain(
    'set(socket, ZMQ_XPUB_VERBOSE, 1);',
  )
  expect(program('javascript', [bytes('x')], 'xpub', { verboseSubscriptions: true })).toContain(
    'socket.verbosity = "allSubs"',
  )
})

test('an envelope comes first', () => {
  expect(linesOf('python', [bytes('x')])).toEqual(['b"x",'])
  expect(program('python', [bytes('x')], 'dealer')).toContain('message = [\n    b"",\n    b"x",\n]')
  expect(program('python', [bytes('x')], 'dealer', { envelope: false })).toContain('message = [\n    b"x",\n]')
})

test('what cannot be a program says why', () => {
  const spec = newSpec('push', 'tcp://nowhere')
  expect(() => programIn('c', { spec, frames: [bytes('x')], timeoutMs: 1 })).toThrow(InspectorError)
  expect(() => program('c', [new Uint8Array(maximumProgramBytes + 1)])).toThrow(/256 KiB of it at most/)
  expect(() => program('c', [bytes('x'), bytes('y')], 'stream')).toThrow(/one frame in each message/)
})

test.each(patternIds.filter((pattern) => !patternOf(pattern).sends))('%s has no message', (pattern) => {
  if (!patternOf(pattern).isDraft)
    expect(program('python', [new Uint8Array(10 ** 6)], pattern)).not.toContain('message =')
})

test.each([
  ['c', 'inproc://a', 'inproc reaches sockets of the same context only'],
  ['java', 'ipc:///tmp/a', 'The ipc of JeroMQ is not that of libzmq'],
  ['csharp', 'ipc:///tmp/a', 'The ipc of NetMQ is not that of libzmq'],
  ['go', 'ws://127.0.0.1:5555', 'ws needs a libzmq that was built with WebSocket'],
  ['java', 'ws://127.0.0.1:5555', 'JeroMQ has no ws'],
] as const)('%s with %s says what is different about it', (id, at, words) => {
  const source = { spec: newSpec('push', at), frames: [bytes('x')], timeoutMs: 1 }
  expect(programIn(id, source)).toContain(words)
  expect(program(id, [bytes('x')])).not.toContain(words)
})
