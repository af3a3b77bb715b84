import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type EndpointRole,
  formatEndpoint,
  parseEndpoint,
  reachableFromOutside,
  withPort,
} from '../../src/shared/endpoint.ts'
import { InspectorError } from '../../src/shared/errors.ts'

function refusal(text: string, role: EndpointRole): InspectorError {
  try {
    parseEndpoint(text, role)
  } catch (error) {
    if (error instanceof InspectorError) return error
    throw error
  }
  throw new Error(`Expected ${text} to be refused`)
}

describe('accepts', () => {
  test.each([
    ['tcp://127.0.0.1:5555', { scheme: 'tcp', host: '127.0.0.1', port: 5555 }],
    ['  tcp://localhost:1\n', { scheme: 'tcp', host: 'localhost', port: 1 }],
    ['tcp://my_service.example.com.:65535', { scheme: 'tcp', host: 'my_service.example.com.', port: 65535 }],
    ['tcp://0.0.0.0:05555', { scheme: 'tcp', host: '0.0.0.0', port: 5555 }],
    ['ipc:///tmp/socket', { scheme: 'ipc', path: '/tmp/socket' }],
    ['ipc://@name', { scheme: 'ipc', path: '@name' }],
    ['ipc://relative path', { scheme: 'ipc', path: 'relative path' }],
    [`ipc://${'x'.repeat(107)}`, { scheme: 'ipc', path: 'x'.repeat(107) }],
    ['inproc://a/b:c', { scheme: 'inproc', name: 'a/b:c' }],
    ['ws://127.0.0.1:80', { scheme: 'ws', host: '127.0.0.1', port: 80, path: '' }],
    ['ws://127.0.0.1:80/', { scheme: 'ws', host: '127.0.0.1', port: 80, path: '/' }],
    ['ws://h:80/chat?x=1', { scheme: 'ws', host: 'h', port: 80, path: '/chat?x=1' }],
    ['ipc://"/tmp/x",', { scheme: 'ipc', path: '"/tmp/x",' }],
  ])('%s for both roles', (text, endpoint) => {
    expect(parseEndpoint(text, 'bind')).toEqual(endpoint)
    expect(parseEndpoint(text, 'connect')).toEqual(endpoint)
  })

  test.each([
    ['tcp://*:5555', { scheme: 'tcp', host: '*', port: 5555 }],
    ['tcp://127.0.0.1:*', { scheme: 'tcp', host: '127.0.0.1', port: '*' }],
    ['tcp://127.0.0.1:0', { scheme: 'tcp', host: '127.0.0.1', port: '*' }],
    ['tcp://eth0:5555', { scheme: 'tcp', host: 'eth0', port: 5555 }],
    ['tcp://[::]:5555', { scheme: 'tcp', host: '::', port: 5555 }],
    ['tcp://[fe80::1%eth0]:*', { scheme: 'tcp', host: 'fe80::1%eth0', port: '*' }],
    ['ipc://*', { scheme: 'ipc', path: '*' }],
    ['ws://*:*', { scheme: 'ws', host: '*', port: '*', path: '' }],
  ])('%s for binding', (text, endpoint) => {
    expect(parseEndpoint(text, 'bind')).toEqual(endpoint)
  })

  test.each(['::1', '2001:db8::8:800:200c:417a', '1:2:3:4:5:6:7:8', '::ffff:127.0.0.1', 'fe80::1%eth0'])(
    '[%s] for connecting with IPv6',
    (host) => {
      expect(parseEndpoint(`tcp://[${host}]:5555`, 'connect', { ipv6: true })).toEqual({
        scheme: 'tcp',
        host,
        port: 5555,
      })
    },
  )
})

describe('rejects with cause and cure', () => {
  test.each([
    ['', 'The endpoint is empty: write one such as tcp://127.0.0.1:5555'],
    [' \n', 'The endpoint is empty: write one such as tcp://127.0.0.1:5555'],
    [
      'udp://127.0.0.1:5555',
      'udp:// is not offered, because a datagram from anybody can end the process in libzmq: use tcp',
    ],
    ['pgm://eth0;239.0.0.1:5555', 'pgm:// needs a libzmq with OpenPGM, which this one has not: use tcp'],
    ['epgm://eth0;239.0.0.1:5555', 'epgm:// needs a libzmq with OpenPGM, which this one has not: use tcp'],
    ['norm://1,127.0.0.1:5555', 'norm:// needs a libzmq with NORM, which this one has not: use tcp'],
    ['wss://127.0.0.1:443', 'wss:// is not built into this libzmq: use ws:// behind a proxy that adds TLS'],
    ['vmci://*:5555', 'vmci:// needs a libzmq with VMCI, which this one has not: use tcp over the virtual network'],
    ['tipc://{5555,0}', 'tipc:// needs a kernel module, and is not supported here: use tcp'],
    ['ws://127.0.0.1', 'The port is missing: write one after a colon, such as ws://127.0.0.1:5555'],
    ['ws://h:80/a b', "The path '/a b' contains white space: remove it"],
    ['tcp://', 'The host is missing before the port: write one such as 127.0.0.1'],
    ['tcp://127.0.0.1', 'The port is missing: write one after a colon, such as tcp://127.0.0.1:5555'],
    ['tcp://127.0.0.1:', 'The port is missing: write one after a colon, such as tcp://127.0.0.1:5555'],
    ['tcp://[::1', "Expected ']' after the IPv6 address, then ':' and the port, such as tcp://[::1]:5555"],
    ['tcp://[::1]5555', "Expected ']' after the IPv6 address, then ':' and the port, such as tcp://[::1]:5555"],
    ['tcp://127.0.0.1:65536', "Port '65536' does not exist: write a number from 1 to 65535"],
    ['tcp://127.0.0.1:70000', "Port '70000' does not exist: write a number from 1 to 65535"],
    ['tcp://127.0.0.1:-1', "Port '-1' does not exist: write a number from 1 to 65535"],
    ['tcp://127.0.0.1:5x', "Port '5x' does not exist: write a number from 1 to 65535"],
    ['tcp://127.0.0.1:1e3', "Port '1e3' does not exist: write a number from 1 to 65535"],
    ['tcp://127.0.0.1: 5', 'It contains white space: write tcp://127.0.0.1:5'],
    ['tcp://127.0.0.1:٣', "Port '٣' does not exist: write a number from 1 to 65535"],
    ['tcp://a b:5555', "The host 'a b' contains white space: remove it"],
    ['tcp://a!b:5555', "'a!b' is not a host name or address: use letters, digits, '-' and '.'"],
    ['tcp://-a:5555', "'-a' is not a host name or address: use letters, digits, '-' and '.'"],
    ['tcp://a..b:5555', "'a..b' is not a host name or address: use letters, digits, '-' and '.'"],
    ['tcp://münchen.de:5555', "'münchen.de' is not a host name or address: use letters, digits, '-' and '.'"],
    ['tcp://256.0.0.1:5555', '256.0.0.1 is not an IPv4 address: write four numbers from 0 to 255, such as 127.0.0.1'],
    ['tcp://127.1:5555', '127.1 is not an IPv4 address: write four numbers from 0 to 255, such as 127.0.0.1'],
    ['tcp://010.0.0.1:5555', '010.0.0.1 is not an IPv4 address: write four numbers from 0 to 255, such as 127.0.0.1'],
    ['tcp://[127.0.0.1]:5555', '[127.0.0.1] is not an IPv6 address: write one such as [::1]'],
    ['tcp://[1::2::3]:5555', '[1::2::3] is not an IPv6 address: write one such as [::1]'],
    ['tcp://[]:5555', '[] is not an IPv6 address: write one such as [::1]'],
    ['tcp://a:b:5555', "'a:b:5555' has more than one colon: write host:port, and an IPv6 address in brackets"],
    ['ipc://', 'The ipc path is missing: write one such as ipc:///tmp/name'],
    ['ipc://@', "The abstract name after '@' is missing: write one such as ipc://@name"],
    ['ipc://a\0b', 'The ipc path contains a zero character: remove it'],
    [`ipc://${'x'.repeat(108)}`, 'The ipc path has 108 bytes, but the system allows 107: choose a shorter one'],
    [`ipc://${'é'.repeat(54)}`, 'The ipc path has 108 bytes, but the system allows 107: choose a shorter one'],
    ['inproc://', 'The inproc name is missing: write one such as inproc://name'],
  ])('%j in both roles', (text, message) => {
    expect(refusal(text, 'connect')).toMatchObject({ code: 'invalid-endpoint', message })
    expect(refusal(text, 'bind')).toMatchObject({ code: 'invalid-endpoint', message })
  })

  test.each([
    ['127.0.0.1:5555', 'tcp://127.0.0.1:5555', 'Missing transport. Did you mean tcp://127.0.0.1:5555?'],
    ['localhost:5555', 'tcp://localhost:5555', 'Did you mean tcp://localhost:5555?'],
    ['5555', 'tcp://127.0.0.1:5555', 'Did you mean tcp://127.0.0.1:5555?'],
    [':5555', 'tcp://127.0.0.1:5555', 'Did you mean tcp://127.0.0.1:5555?'],
    ['tcp:127.0.0.1:5555', 'tcp://127.0.0.1:5555', "Expected 'tcp://'"],
    ['tcp:/127.0.0.1:5555', 'tcp://127.0.0.1:5555', "Expected 'tcp://'"],
    ['/tmp/socket', 'ipc:///tmp/socket', 'A path needs ipc:// before it'],
    ['./socket', 'ipc://./socket', 'A path needs ipc:// before it'],
    ['TCP://127.0.0.1:5555', 'tcp://127.0.0.1:5555', 'The transport must be in lower case'],
    ['http://127.0.0.1:5555', 'tcp://127.0.0.1:5555', 'There is no http:// in ZeroMQ: use tcp, ipc, inproc or ws'],
    ['tcp://127.0.0.1:5555/path', 'tcp://127.0.0.1:5555', "A TCP endpoint has no path: remove '/path'"],
    ['tcp://127.0.0.1:5555/', 'tcp://127.0.0.1:5555', "A TCP endpoint has no path: remove '/'"],
    ['tcp://me:secret@127.0.0.1:5555', 'tcp://127.0.0.1:5555', "A TCP endpoint has no user name: remove 'me:secret@'"],
    ['tcp://:5555', 'tcp://127.0.0.1:5555', 'The host is missing before the port'],
    ['tcp://::1:5555', 'tcp://[::1]:5555', 'Put an IPv6 address in brackets before the port: write tcp://[::1]:5555'],
  ])('%j, and suggests %s', (text, suggestion, message) => {
    for (const role of ['bind', 'connect'] as const) {
      const error = refusal(text, role)
      expect(error.details).toEqual({ suggestion })
      expect(error.message).toContain(message)
      expect(formatEndpoint(parseEndpoint(suggestion, role, { ipv6: true }))).toBe(suggestion)
    }
  })

  test('a complete IPv6 address without brackets or port', () => {
    expect(refusal('tcp://1:2:3:4:5:6:7:8', 'connect').message).toBe(
      'Put an IPv6 address in brackets before the port: write tcp://[1:2:3:4:5:6:7:8]: and the port',
    )
  })

  test.each([
    ['tcp://*:5555', "'*' means every interface when binding; to connect, write a host such as 127.0.0.1"],
    ['tcp://127.0.0.1:*', "Port * lets the system choose when binding; to connect, write the server's port"],
    ['tcp://127.0.0.1:0', "Port 0 lets the system choose when binding; to connect, write the server's port"],
    ['ipc://*', "'*' lets the system choose a path when binding; to connect, write the server's path"],
    ['tcp://[::1]:5555', 'Connecting to [::1] needs IPv6: turn on IPv6 in the options'],
  ])('%s only when connecting', (text, message) => {
    expect(refusal(text, 'connect')).toMatchObject({ code: 'invalid-endpoint', message })
    expect(() => parseEndpoint(text, 'bind')).not.toThrow()
  })

  test('names what to change', () => {
    expect(refusal('tcp://*:5555', 'connect').details).toEqual({ suggestion: 'tcp://127.0.0.1:5555' })
    expect(refusal('tcp://[::1]:5555', 'connect').details).toEqual({ needsIpv6: true })
  })

  test('any other text, with nothing but an InspectorError', () => {
    const pieces = ['tcp', 'ipc', '://', ':', '/', '*', '[', ']', '::1', '127.0.0.1', 'a', '@', ';', '%', '5', ' ', '0']
    const near = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        fc.oneof(
          near,
          near.map((rest) => `tcp://${rest}`),
          fc.string(),
        ),
        fc.constantFrom('bind', 'connect'),
        (text, role) => {
          let endpoint: ReturnType<typeof parseEndpoint>
          try {
            endpoint = parseEndpoint(text, role)
          } catch (error) {
            expect(error).toBeInstanceOf(InspectorError)
            return
          }
          expect(parseEndpoint(formatEndpoint(endpoint), role)).toEqual(endpoint)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('reach', () => {
  test.each([
    ['tcp://127.0.0.1:1', false],
    ['tcp://127.255.0.9:1', false],
    ['tcp://localhost:1', false],
    ['tcp://LOCALHOST.:1', false],
    ['tcp://[::1]:1', false],
    ['tcp://[0:0:0:0:0:0:0:1]:1', false],
    ['tcp://[::ffff:127.0.0.1]:1', false],
    ['tcp://[::ffff:10.0.0.1]:1', true],
    ['tcp://[::2]:1', true],
    ['tcp://[1::1]:1', true],
    ['tcp://[::]:1', true],
    ['tcp://*:1', true],
    ['tcp://0.0.0.0:1', true],
    ['tcp://10.0.0.1:1', true],
    ['tcp://localhost.example.com:1', true],
    ['ipc:///tmp/x', false],
    ['inproc://x', false],
  ])('%s: reachable from outside %s', (text, outside) => {
    const endpoint = parseEndpoint(text, 'bind')
    expect(reachableFromOutside(endpoint)).toBe(outside)
  })
})

test('an interface whose addresses are all loopback is not reachable from outside', () => {
  const addresses = { lo: ['127.0.0.1', '::1'], eth0: ['10.0.0.1'], odd: ['127.0.0.1', '10.0.0.2'], down: [] }
  const reachable = (text: string) => reachableFromOutside(parseEndpoint(text, 'bind'), addresses)
  expect(reachable('tcp://lo:*')).toBe(false)
  expect(reachable('ws://lo:80')).toBe(false)
  for (const text of ['tcp://eth0:5', 'tcp://odd:5', 'tcp://down:5', 'tcp://other:5', 'tcp://constructor:5']) {
    expect(reachable(text)).toBe(true)
  }
})

test('withPort changes the port if there is one', () => {
  expect(formatEndpoint(withPort(parseEndpoint('tcp://[::1]:*', 'bind'), 5555))).toBe('tcp://[::1]:5555')
  expect(formatEndpoint(withPort(parseEndpoint('tcp://*:5555', 'bind'), '*'))).toBe('tcp://*:*')
  expect(formatEndpoint(withPort(parseEndpoint('ipc:///tmp/x', 'bind'), 5555))).toBe('ipc:///tmp/x')
  expect(formatEndpoint(withPort(parseEndpoint('ws://*:80/a', 'bind'), 81))).toBe('ws://*:81/a')
})
