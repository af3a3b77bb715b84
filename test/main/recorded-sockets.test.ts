import { expect, test } from 'vitest'
import { recordedSockets } from '../../src/main/recorded-sockets.ts'
import { echoServerId } from '../../src/shared/session/spec.ts'
import { defaultWorkspace, newSocket } from '../../src/shared/workspace.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'

const noTypes = { messages: {}, enums: {} }

test('a recording tells what sockets of the window are, without their secrets and options', () => {
  const socket = {
    ...newSocket('one', 'tcp://127.0.0.1:5555', 'sub'),
    name: 'prices',
    security: { ...noSecurity, kind: 'plain-client' as const, userName: 'alice', password: 'secret-id' },
    replyViews: { 1: { layers: [], view: 'json' as const, form: null, message: null } },
  }
  const socketOf = recordedSockets({ ...defaultWorkspace, sockets: [socket] }, noTypes)
  expect(socketOf('one')).toEqual({
    session: 'one',
    name: 'prices',
    pattern: 'sub',
    attach: [{ how: 'connect', endpoint: 'tcp://127.0.0.1:5555' }],
    subscriptions: [{ encoding: 'text', text: '' }],
    security: 'plain-client',
    views: {
      sent: { frames: [{ encoding: 'text', message: null }], others: null },
      received: { frames: [null, { encoding: 'json', message: null }], others: null },
    },
  })
  expect(socketOf(echoServerId)).toMatchObject({ session: echoServerId, pattern: 'router', security: 'none' })
  expect(socketOf('removed')).toBeNull()
})
