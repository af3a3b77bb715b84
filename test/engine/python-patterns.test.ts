import { spawnSync } from 'node:child_process'
import { describe, expect, test, vi } from 'vitest'
import type { SocketSpec } from '../../src/shared/session/spec.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'
import { type PatternId, patternOf } from '../../src/shared/zmq/patterns.ts'
import { noSecurity } from '../../src/shared/zmq/security.ts'
import { bytes, createHarness, texts } from '../support/harness.ts'
import { RunningProgram } from '../support/running-program.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const python = '/usr/bin/python3'
const hasPython = spawnSync(python, ['-c', 'import zmq']).status === 0

/** Opens the socket that it is told to, prints its endpoint and what it receives, and sends when it is asked to. */
const peer = `
import sys, zmq
kind, how, endpoint = sys.argv[1:4]
context = zmq.Context()
socket = context.socket(getattr(zmq, kind))
# Long enough for what was sent, on a busy machine too: who has what came ends this program.
socket.linger = 20000
if kind == 'SUB':
    socket.subscribe(b'')
if how == 'bind':
    socket.bind(endpoint)
    print('at', socket.last_endpoint.decode(), flush=True)
else:
    socket.connect(endpoint)
if kind == 'XSUB':
    socket.send(bytes([1]))
receives = kind not in ('PUB', 'PUSH')
answers = kind in ('REP', 'DEALER', 'ROUTER', 'PAIR')
if kind in ('REQ', 'DEALER', 'PAIR'):
    socket.send_multipart([b'', b'from', b'python'] if kind == 'DEALER' else [b'from', b'python'])
if kind == 'PUSH':
    socket.send_multipart([b'from', b'python'])
while receives or kind == 'PUB':
    if kind == 'PUB':
        socket.send_multipart([b'from', b'python'])
        if socket.poll(20): pass
        continue
    message = socket.recv_multipart()
    print('got', ' '.join(frame.hex() or '-' for frame in message), flush=True)
    if answers and b'from' not in message:
        socket.send_multipart(message[:-1] + [b'back'])
# Else the interpreter ends without the linger.
socket.close()
context.term()
`

const specOf = (pattern: PatternId, attach: SocketSpec['attach'][number]): SocketSpec => ({
  pattern,
  attach: [attach],
  options: defaultSocketOptions,
  security: noSecurity,
  subscriptions: pattern === 'sub' || pattern === 'xsub' ? [{ encoding: 'text', text: '' }] : [],
  behaviour: null,
})

const hex = (text: string): string => Buffer.from(text).toString('hex')

/** Ours, and Python's at the other end. */
const pairs: readonly (readonly [PatternId, string])[] = [
  ['req', 'REP'],
  ['req', 'ROUTER'],
  ['rep', 'REQ'],
  ['rep', 'DEALER'],
  ['dealer', 'REP'],
  ['dealer', 'DEALER'],
  ['dealer', 'ROUTER'],
  ['router', 'REQ'],
  ['router', 'DEALER'],
  ['pub', 'SUB'],
  ['pub', 'XSUB'],
  ['xpub', 'SUB'],
  ['sub', 'PUB'],
  ['sub', 'XPUB'],
  ['xsub', 'PUB'],
  ['push', 'PULL'],
  ['pull', 'PUSH'],
  ['pair', 'PAIR'],
]

describe.skipIf(!hasPython)('with a peer in Python', () => {
  test.each(pairs)('%s and %s understand each other', async (pattern, kind) => {
    const { engine, entries, until } = createHarness()
    const { sends, envelope, lockstep, hears, usual } = patternOf(pattern)
    // Whoever binds usually does so here, too.
    const binds = usual === 'bind'
    const [how, program] = binds
      ? ['connect', undefined]
      : ['bind', new RunningProgram(python, ['-u', '-c', peer, kind, 'bind', 'tcp://127.0.0.1:*'])]
    const attach = program
      ? { how: 'connect' as const, endpoint: (await program.until(/at (\S+)/))[1] ?? '' }
      : { how: 'bind' as const, endpoint: 'tcp://127.0.0.1:0' }
    const { endpoints } = await engine.open('one', specOf(pattern, attach))
    const other = program ?? new RunningProgram(python, ['-u', '-c', peer, kind, how, endpoints[0]?.endpoint ?? ''])
    const received = (text: string) =>
      until(text, () =>
        entries.find(({ direction, frames }) => direction === 'received' && texts([...frames]).includes(text)),
      )
    if (!['REP', 'ROUTER', 'SUB', 'XSUB', 'XPUB', 'PULL'].includes(kind)) {
      const { frames, envelope: leading } = await received('python')
      expect(texts(frames.slice(leading))).toEqual(['from', 'python'])
    }
    if (!sends || pattern === 'xsub') return
    if (hears) await until('a subscriber', () => engine.session('one').state.audience?.subscriptions === 1)
    const id = envelope === 'peer' ? engine.session('one').state.peers?.newest[0]?.routingId : undefined
    await engine.send('one', [bytes('to'), bytes('python')], 5000, id === undefined ? null : Buffer.from(id, 'hex'))
    await other.until(new RegExp(`got .*${hex('to')} ${hex('python')}`))
    if (['REP', 'DEALER', 'ROUTER', 'PAIR'].includes(kind) && lockstep !== 'receive-first') await received('back')
  })
})
