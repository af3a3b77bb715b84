import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type EndpointRole, formatEndpoint, parseEndpoint } from '../../src/shared/endpoint.ts'
import { InspectorError } from '../../src/shared/errors.ts'
import { tries } from '../support/nightly.ts'

function refusal(text: string, role: EndpointRole): InspectorError {
  try {
    parseEndpoint(text, role, { ipv6: true })
  } catch (error) {
    if (error instanceof InspectorError) return error
    throw error
  }
  throw new Error(`Expected ${text} to be refused`)
}

const meant = 'tcp://h:5555'

describe('tells what was meant', () => {
  test.each<[what: string, texts: string[], message: RegExp, suggestion?: string]>([
    ["CZMQ's prefixes", ['>tcp://h:5555', '@tcp://h:5555', '> h:5555'], /CZMQ/],
    ['another sign before it', ['+tcp://h:5555', '-tcp://h:5555', '- tcp://h:5555'], /is not part of the endpoint/],
    [
      'quotes and brackets around it',
      [
        '"tcp://h:5555"',
        "'tcp://h:5555',",
        '`tcp://h:5555`',
        '“tcp://h:5555”',
        '„tcp://h:5555“',
        '«tcp://h:5555»',
        '<tcp://h:5555>',
        '(tcp://h:5555).',
        '[tcp://h:5555]',
        '["tcp://h:5555"]',
      ],
      /in quotes or brackets/,
    ],
    [
      'quotes in it',
      ['tcp://h:5555"', 'tcp://"h":5555', 'tcp://<h>:5555', 'tcp://’h’:5555'],
      /not part of an endpoint/,
    ],
    [
      'text after the port',
      [
        'tcp://h:5555,',
        'tcp://h:5555;',
        'tcp://h:5555.',
        'tcp://h:5555)',
        'tcp://h:5555 # comment',
        'tcp://h:5555, tcp://h:5556',
        'tcp://h:5555;tcp://h:5556',
        'tcp://h:5555?x=1',
        'tcp://h:5555-5560',
        'tcp://h:5555\\n',
      ],
      /^Remove '.+' after the port: write tcp:\/\/h:5555$/s,
    ],
    ['letters after the port', ['tcp://h:5555abc'], /^Port '5555abc' does not exist/],
    ['two ports', ['tcp://h:5555:6666'], /two ports/],
    ['a port with separators', ['tcp://h:5,555', 'tcp://h:5.555'], /no separators/],
    [
      'an odd separator before the port',
      ['tcp://h://5555', 'tcp://h:/5555', 'tcp://h::5555', 'tcp://h/5555', 'tcp://h 5555'],
      /Expected ':'/,
    ],
    [
      'two transports',
      ['tcp://tcp://h:5555', 'tcp://http://h:5555', 'http://tcp://h:5555', 'ipc://tcp://h:5555', 'tcp://tcp:h:5555'],
      /two transports/,
    ],
    ['another transport', ['zmq://h:5555', 'http://h:5555/path?x', 'udp://h:5555', 'tcps://h:5555'], /: use tcp/],
    [
      'a transport with other signs',
      ['tcp:h:5555', 'tcp:/h:5555', 'tcp//h:5555', 'tcp:///h:5555', 'tcp;//h:5555', 'TCP:h:5555', 'tcp h:5555'],
      /^Expected 'tcp:\/\/'/,
    ],
    ['upper case', ['TCP://h:5555', 'Tcp://h:5555'], /lower case/],
    ['white space', ['tcp://h :5555', 'tcp://h: 5555', 'tcp:// h:5555', 'tcp : // h : 5555'], /white space/],
    ['odd spaces', ['tcp://h\u00a0:5555', 'tcp://h:\u30005555'], /unusual space/],
    ['invisible characters', ['tcp://h\u200b:5555', '\u200btcp://h:5555', 'tcp://\u202eh:5555'], /invisible/],
    [
      'full-width and other signs',
      ['tcp：//h:5555', 'tcp://h：5555', 'tcp://h∶5555', 'ｔｃｐ://h:5555', 'tcp:／／h:5555', 'tcp://h:５５５５'],
      /not an ordinary/,
    ],
    ['backslashes', ['tcp:\\\\h:5555', 'tcp:\\/\\/h:5555'], /Write '\/' instead of '\\'/],
    ['text before it', ['endpoint: tcp://h:5555', 'endpoint=tcp://h:5555', 'connect tcp://h:5555'], /is not part/],
    ['a user name', ['tcp://user@h:5555', 'tcp://me:secret@h:5555/x'], /no user name/],
    ['a path', ['tcp://h:5555/', 'tcp://h:5555/a/b'], /no path/],
    ['no transport', ['h:5555', '//h:5555', 'user@h:5555', 'h:5555/path'], /^Missing transport\. Did you mean/],
    ['everything at once', ['tcp://h:5555; // comment', ' >> "tcp:\\\\h：5555/path" , '], /./],
    ['no host', ['tcp://:5555', 'tcp://5555', 'tcp:5555'], /./, 'tcp://127.0.0.1:5555'],
    [
      'no colon before a port',
      ['tcp://127.0.0.1.5555', 'tcp://127.0.0.1;5555'],
      /Expected ':'/,
      'tcp://127.0.0.1:5555',
    ],
    ['brackets around a name', ['tcp://[127.0.0.1]:5555'], /not an IPv6 address/, 'tcp://127.0.0.1:5555'],
    ['an IPv6 address alone', ['[abcd::1]:5', '"[abcd::1]:5"', 'abcd::1:5'], /./, 'tcp://[abcd::1]:5'],
    ['no colon after brackets', ['tcp://[::1]5555'], /Expected '\]'/, 'tcp://[::1]:5555'],
    ['a path with one slash', ['ipc:/tmp/x', 'unix:///tmp/x', '"ipc:///tmp/x"', '>ipc:///tmp/x'], /./, 'ipc:///tmp/x'],
    ['a name', ['inproc:x', 'inproc:/x', 'INPROC://x', '@inproc://x'], /./, 'inproc://x'],
    ['a longer path of ws', ['ws://h:80/a/b'], /keeps only '\/b'/, 'ws://h:80/b'],
    ['ws', ['ws:h:80/b', 'WS://h:80/b', '"ws://h:80/b"', 'tcp://ws://h:80/b'], /./, 'ws://h:80/b'],
  ])('%s', (_what, texts, message, suggestion = meant) => {
    for (const role of ['bind', 'connect'] as const) {
      for (const text of texts) {
        const error = refusal(text, role)
        expect([text, error.message]).toEqual([text, expect.stringMatching(message)])
        expect([text, error.details]).toEqual([text, { suggestion }])
      }
    }
  })

  test('for the role that it is used in', () => {
    expect(refusal('@tcp://*:5555', 'bind').details).toEqual({ suggestion: 'tcp://*:5555' })
    expect(refusal('@tcp://*:5555', 'connect').details).toEqual({ suggestion: 'tcp://127.0.0.1:5555' })
    expect(refusal('ws://localhost:80', 'bind').details).toEqual({ suggestion: 'ws://127.0.0.1:80' })
    expect(() => parseEndpoint('ws://localhost:80', 'connect')).not.toThrow()
  })

  test.each([
    'hello',
    'localhost',
    'tcp://a b:5555',
    'tcp://h:1e3',
    'tcp://<host>:<port>',
    'C:\\x',
    '::1',
    'http://h',
    'tcp',
  ])('%s: not when it cannot be told', (text) => {
    const { message, details } = refusal(text, 'connect')
    expect(details?.suggestion).toBeUndefined()
    expect(message).toMatch(/: (write|remove|use) /)
  })

  test('and takes paths and names as they are', () => {
    for (const text of ['ipc:///tmp/a b,"c"', 'ipc:///tmp/x\u200b', 'inproc://a://b;c ', 'ipc:////x']) {
      expect(formatEndpoint(parseEndpoint(text, 'connect'))).toBe(text.trim())
    }
  })
})

describe('a source to connect from', () => {
  const parse = (text: string, ipv6 = true) => parseEndpoint(text, 'connect', { ipv6 })

  test.each([
    ['tcp://127.0.0.2:0;127.0.0.1:5555', 'tcp://127.0.0.2:*;127.0.0.1:5555', '127.0.0.2', '*'],
    ['tcp://eth0:*;h:5555', 'tcp://eth0:*;h:5555', 'eth0', '*'],
    ['tcp://10.0.0.1:6000;h:5555', 'tcp://10.0.0.1:6000;h:5555', '10.0.0.1', 6000],
    ['tcp://[fe80::1%eth0]:*;[::1]:5555', 'tcp://[fe80::1%eth0]:*;[::1]:5555', 'fe80::1%eth0', '*'],
  ])('%s', (text, formatted, host, port) => {
    const endpoint = parse(text)
    expect(endpoint).toMatchObject({ scheme: 'tcp', source: { host, port }, port: 5555 })
    expect(formatEndpoint(endpoint)).toBe(formatted)
    expect(parse(formatted)).toEqual(endpoint)
  })

  test.each([
    ['tcp://127.0.0.2;h:5555', "The source needs a port before ';'", 'tcp://127.0.0.2:*;h:5555'],
    ['tcp://;h:5555', "The source before ';' is missing", 'tcp://h:5555'],
    ['tcp://localhost:0;h:5555', 'must be an address or a network interface', 'tcp://127.0.0.1:*;h:5555'],
    ['tcp://a:1; h:5555', 'white space', 'tcp://a:1;h:5555'],
    ['tcp://a:1;h:5555/x', 'no path', 'tcp://a:1;h:5555'],
    ['tcp://a:1;*:5555', "'*' means every interface", 'tcp://a:1;127.0.0.1:5555'],
    ['tcp://*:0;h:5555', "cannot be '*'", undefined],
    ['tcp://a:1;b:2;c:3', "Expected one ';'", undefined],
    ['tcp://a:1;b', 'The port is missing', undefined],
    ['tcp://a:x;b:2', "Port 'x' does not exist", undefined],
  ])('%s is refused', (text, message, suggestion) => {
    const error = refusal(text, 'connect')
    expect(error.message).toContain(message)
    expect(error.details?.suggestion).toBe(suggestion)
  })

  test('needs IPv6 where it is an IPv6 address', () => {
    expect(() => parse('tcp://[::1]:0;127.0.0.1:5', false)).toThrow('Connecting from [::1] needs IPv6')
    expect(() => parse('tcp://127.0.0.1:0;[::1]:5', false)).toThrow('Connecting to [::1] needs IPv6')
  })

  test('is not for binding', () => {
    expect(refusal('tcp://127.0.0.2:0;127.0.0.1:5555', 'bind').message).toContain('Only a connecting socket')
  })
})

test('any text is an endpoint, or refused with an endpoint of that role or none', () => {
  const pieces = ['tcp', 'ws', 'ipc', 'inproc', 'http', '://', ':', '/', '\\', '*', '[', ']', '::1', '127.0.0.1', 'lo']
  const more = [
    '@',
    ';',
    '%',
    '5',
    '5555',
    ' ',
    '0',
    '"',
    '“',
    '<',
    '>',
    '+',
    '-',
    '：',
    '\u200b',
    '\u00a0',
    ',',
    '.',
    '#',
  ]
  const near = fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 12 }).map((parts) => parts.join(''))
  const texts = fc.oneof(
    near,
    near.map((rest) => `tcp://${rest}`),
    near.map((rest) => `ws://h:5${rest}`),
    fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)) }),
  )
  fc.assert(
    fc.property(texts, fc.constantFrom('bind', 'connect'), fc.boolean(), (text, role, ipv6) => {
      let endpoint: ReturnType<typeof parseEndpoint>
      try {
        endpoint = parseEndpoint(text, role, { ipv6 })
      } catch (error) {
        expect(error).toBeInstanceOf(InspectorError)
        const suggestion = error instanceof InspectorError ? error.details?.suggestion : undefined
        if (typeof suggestion !== 'string') return
        expect(formatEndpoint(parseEndpoint(suggestion, role, { ipv6: true }))).toBe(suggestion)
        return
      }
      expect(parseEndpoint(formatEndpoint(endpoint), role, { ipv6 })).toEqual(endpoint)
    }),
    tries(300, 20_000),
  )
})
