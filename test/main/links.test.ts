import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endpointOfLink, endpointsOfArguments } from '../../src/main/links.ts'

const link = (endpoint: string) => `zmq-inspector://connect?endpoint=${encodeURIComponent(endpoint)}`

describe('a link', () => {
  test('asks for an endpoint', () => {
    expect(endpointOfLink(link('tcp://127.0.0.1:5555'))).toBe('tcp://127.0.0.1:5555')
    expect(endpointOfLink('zmq-inspector://connect?endpoint=tcp://[::1]:5555')).toBe('tcp://[::1]:5555')
    expect(endpointOfLink('zmq-inspector://connect/?endpoint=ipc:///tmp/a%20b')).toBe('ipc:///tmp/a b')
  })

  test.each([
    ['nothing', ''],
    ['no link', 'hello'],
    ['another scheme', 'https://connect?endpoint=tcp://127.0.0.1:5555'],
    ['another action', 'zmq-inspector://send?endpoint=tcp://127.0.0.1:5555'],
    ['a path', 'zmq-inspector://connect/../send?endpoint=tcp://127.0.0.1:5555'],
    ['no endpoint', 'zmq-inspector://connect'],
    ['something besides', `${link('tcp://127.0.0.1:5555')}&message=x`],
    ['two endpoints', `${link('tcp://127.0.0.1:5555')}&endpoint=tcp://127.0.0.1:6`],
    ['a port that does not exist', link('tcp://127.0.0.1:70000')],
    ['a script', link('javascript:alert(1)')],
    ['a file', link('file:///etc/passwd')],
    ['an endless endpoint', link(`ipc:///${'a'.repeat(2000)}`)],
  ])('%s asks for nothing', (_what, text) => {
    expect(endpointOfLink(text)).toBeNull()
  })

  test('of any text is an endpoint or nothing, and never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `zmq-inspector://connect?endpoint=${text}`),
        ),
        (text) => {
          const endpoint = endpointOfLink(text)
          expect(endpoint === null || /^(tcp|ipc|inproc|ws|wss|udp|pgm|epgm|norm|vmci|tipc):/.test(endpoint)).toBe(true)
        },
      ),
    )
  })
})

test('arguments: links and endpoints, each once; switches and files are ignored', () => {
  expect(
    endpointsOfArguments([
      '/opt/app',
      '--no-sandbox',
      'tcp://127.0.0.1:5555',
      link('tcp://127.0.0.1:5555'),
      link('ipc:///tmp/x'),
      'a.txt',
      'http://x',
    ]),
  ).toEqual(['tcp://127.0.0.1:5555', 'ipc:///tmp/x'])
  expect(endpointsOfArguments(Array.from({ length: 50 }, (_, port) => `tcp://127.0.0.1:${port + 1}`))).toHaveLength(10)
})
