import { expect, test } from 'vitest'
import { clientFor, whyLibzmq } from '../../../src/shared/lab/client.ts'
import { defaultSocketOptions } from '../../../src/shared/zmq/options.ts'

const plain = { endpoint: 'tcp://127.0.0.1:5555', options: defaultSocketOptions, security: { kind: 'none' } } as const

test.each([
  [plain, null],
  [{ ...plain, endpoint: 'ipc:///tmp/socket' }, null],
  [{ ...plain, security: { kind: 'plain-client' } } as const, null],
  [{ ...plain, options: { ...defaultSocketOptions, linger: 5, routingId: 'lab' } }, null],
  [{ ...plain, security: { kind: 'curve-client' } } as const, 'CURVE'],
  [{ ...plain, endpoint: 'ipc://@name' }, 'abstract'],
  [{ ...plain, endpoint: 'ws://127.0.0.1:5555' }, 'transport'],
  [{ ...plain, options: { ...defaultSocketOptions, relaxedCorrelate: true } }, 'Relaxed and correlate'],
])('%o is measured without libzmq unless that is needed: %s', (measured, reason) => {
  const why = whyLibzmq(measured)
  if (reason === null) expect(why).toBeNull()
  else expect(why).toContain(reason)
  expect(clientFor('zmtp', measured)).toBe(reason === null ? 'zmtp' : 'libzmq')
  expect(clientFor('libzmq', measured)).toBe('libzmq')
})
