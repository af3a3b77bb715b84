import { describe, expect, test } from 'vitest'
import { foreignProtocols } from '../../../src/shared/probe/protocols.ts'
import type { ProbeAnswer, ProbedHandshake, ProbedProtocol } from '../../../src/shared/probe/report.ts'
import { greetingWords, handshakeWords, traceWords } from '../../../src/shared/probe/step-words.ts'
import { type ProbedTransport, talkersTo, verdictOf } from '../../../src/shared/probe/verdict.ts'
import { patternIds, patternOf } from '../../../src/shared/zmq/patterns.ts'

const answer = (parts: Partial<ProbeAnswer> = {}): ProbeAnswer => ({
  protocol: 'zmtp',
  version: '3.1',
  mechanism: 'NULL',
  asServer: false,
  socketType: 'PUB',
  identity: null,
  metadata: {},
  handshake: 'done',
  refusal: null,
  start: null,
  ...parts,
})

const verdict = (parts: Partial<ProbeAnswer>, transport: ProbedTransport = 'tcp', port: number | null = 5555) =>
  verdictOf({ transport, port, answer: answer(parts), pattern: null })

const protocols: readonly ProbedProtocol[] = [
  'zmtp',
  'unfinished',
  'silent',
  'closed',
  'unknown',
  // The rows of the table are all of them.
  ...Object.keys(foreignProtocols).filter((name): name is keyof typeof foreignProtocols => name in foreignProtocols),
]
const handshakes: readonly ProbedHandshake[] = ['done', 'needs-credentials', 'refused', 'closed', 'unfinished', 'none']

describe('a verdict', () => {
  test('is made of whole sentences, whatever was found', () => {
    for (const protocol of protocols) {
      for (const handshake of handshakes) {
        for (const transport of ['tcp', 'ipc', 'ws'] as const) {
          const found = { protocol, handshake, refusal: '400', start: '“x”' }
          expect(verdict(found, transport)).toMatch(/^[A-Z].*[.]$/)
          expect(verdict(found, transport)).not.toMatch(/undefined|null|\.\./)
          expect(greetingWords(answer(found))).not.toMatch(/undefined|null|\.$/)
          expect(handshakeWords(answer(found))).not.toMatch(/undefined|null|\.$/)
        }
      }
    }
  })

  test('says whether a pattern fits, for each of them and each type', () => {
    for (const type of patternIds) {
      const { label, peers } = patternOf(type)
      for (const pattern of patternIds) {
        const words = verdictOf({ transport: 'tcp', port: 1, answer: answer({ socketType: label }), pattern })
        const own = patternOf(pattern).label
        const fits = patternOf(pattern).peers.includes(label)
        expect(words).toContain(fits ? `${own} can talk to it.` : `${own} cannot talk to it`)
        if (!fits && peers.length > 0) expect(words).toMatch(/: open an? [A-Z]+\.$/)
      }
    }
  })

  test('hints at who usually has the port', () => {
    const closed = { protocol: 'closed', handshake: 'none' } as const
    expect(verdict(closed, 'tcp', 5432)).toBe(
      'Accepts TCP and closes without a word: no ZMTP. This is the usual port of PostgreSQL, which does so.',
    )
    expect(verdict(closed, 'tcp', 5555)).not.toContain('PostgreSQL')
  })
})

test('who can talk to a type is the same from both ends', () => {
  for (const type of patternIds) {
    const { label, peers } = patternOf(type)
    expect(talkersTo(label).map((id) => patternOf(id).label)).toEqual(expect.arrayContaining([...peers]))
  }
  expect(talkersTo(null)).toEqual([])
  expect(talkersTo('CHANNEL')).toEqual([])
})

test('the trace names as many connections as there were', () => {
  expect([0, 1, 2].map(traceWords)).toEqual([
    'nothing was connected',
    'one short connection, and no message',
    '2 short connections, one for each address, and no message',
  ])
})
