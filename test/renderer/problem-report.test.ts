import { expect, test } from 'vitest'
import { problemReportText, type ReportFacts } from '../../src/renderer/features/commands/problem-report-text.ts'
import { newSocket, type SocketDraft } from '../../src/shared/workspace.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'

const facts: ReportFacts = {
  versions: { 'ZeroMQ Inspector': '1.2.3', ZeroMQ: '4.3.5' },
  surroundings: ['X11; Linux x86_64', 'Window 1000 × 700'],
  sockets: [newSocket('one')],
  serverEndpoint: 'ipc:///tmp/the secret server',
  phases: {},
  notices: [],
}

test('a report has versions, system and sockets, and room for what happened', () => {
  expect(problemReportText(facts)).toBe(`What I did:

What I expected:

What happened:

Versions
ZeroMQ Inspector 1.2.3
ZeroMQ 4.3.5

System
X11; Linux x86_64
Window 1000 × 700

Sockets
REQ: closed, connects (tcp), options: defaults
Echo server: closed`)
})

test('a report has nothing that people wrote', () => {
  const secret: SocketDraft = {
    ...newSocket('two', 'tcp://user-secret.example:5555', 'router'),
    name: 'secret-name',
    attach: [
      { how: 'bind', endpoint: 'IPC:///tmp/a secret' },
      { how: 'connect', endpoint: 'secret' },
      { how: 'connect', endpoint: 'secret://secret' },
    ],
    peer: 'secret',
    frames: [{ id: 'f', encoding: 'text', text: 'secret', attachment: null, message: null }],
    options: { ...defaultSocketOptions, linger: 5, ipv6: true, routingId: 'secret', socksProxy: 'secret:1080' },
  }
  const text = problemReportText({
    ...facts,
    sockets: [secret],
    phases: { two: { phase: 'open' }, 'echo-server': { phase: 'failed' } },
    notices: [
      {
        title: 'Cannot connect to tcp://secret:1',
        text: 'See "ipc:///tmp/secret/s.sock" and IPC:///tmp/a secret, please. Not ipc:///tmp/the secret server.',
      },
    ],
  })
  expect(text).not.toContain('secret')
  expect(text).toContain('ROUTER: open, binds (ipc), connects (no known transport), connects (no known transport)')
  expect(text).toMatch(/options: .*Linger 5 ms.*Routing id set.*IPv6 on/)
  expect(text).toContain('Echo server: failed')
  expect(text).toContain('Cannot connect to tcp://…\n  See "ipc://…" and ipc://…, please. Not ipc://….')
})
