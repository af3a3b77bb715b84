import { describe, expect, test } from 'vitest'
import { programIn } from '../../../src/shared/program/index.ts'
import { type LanguageId, languageIds } from '../../../src/shared/program/language-ids.ts'
import { newSpec } from '../../../src/shared/workspace.ts'
import type { PatternId } from '../../../src/shared/zmq/patterns.ts'
import { noSecurity, type Security } from '../../../src/shared/zmq/security.ts'
import { bytes } from '../../support/bytes.ts'

const serverKey = 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7'
const clientKey = 'Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID'

function program(id: LanguageId, security: Partial<Security>, pattern: PatternId = 'req'): string {
  const spec = { ...newSpec(pattern, 'tcp://127.0.0.1:5555'), security: { ...noSecurity, ...security } }
  return programIn(id, { spec, frames: [bytes('x')], timeoutMs: 5000 })
}

/** A key as C and C++ write it: two question marks may begin a trigraph. */
const writtenKey = (id: LanguageId, key: string): string =>
  id === 'c' || id === 'cpp' ? key.replaceAll('?', '\\?') : key

const list: Partial<Security> = {
  kind: 'curve-server',
  ownKey: serverKey,
  clients: [{ publicKey: clientKey, name: 'a name */ """' }],
  denied: ['192.0.2.7'],
}
const users: Partial<Security> = {
  kind: 'plain-server',
  users: [
    { id: 'alice', name: 'alice', password: 'one' },
    { id: 'bob', name: 'bob', password: 'two' },
  ],
}

describe.each(languageIds)('a secured socket in %s', (id) => {
  test('a CURVE client has public keys as they are, and its secret one from the environment', () => {
    const made = program(id, { kind: 'curve-client', serverKey: ` "${serverKey}" `, ownKey: clientKey })
    expect(made).toContain(`"${writtenKey(id, serverKey)}"`)
    expect(made).toContain(`"${writtenKey(id, clientKey)}"`)
    expect(made).toContain('"ZMQ_CURVE_SECRET_KEY"')
  })

  test('without a pair it makes one, and asks for no secret', () => {
    const made = program(id, { kind: 'curve-client', serverKey })
    expect(made).toContain('A fresh pair of keys each time.')
    expect(made).not.toContain('ZMQ_CURVE_SECRET_KEY')
    expect(made).not.toContain('Public key')
    expect(program(id, { kind: 'curve-server', admits: 'anyone' })).toContain('Public key')
  })

  test('a CURVE server has its list, or says why not', () => {
    const made = program(id, list)
    const hasList = id === 'python' || id === 'go'
    expect(made.includes('Only clients with these public keys come in.')).toBe(hasList)
    expect(made.includes(`"${clientKey}"`)).toBe(hasList)
    expect(made.includes('Whoever knows the public key of this server comes in: ')).toBe(!hasList)
    expect(made).toContain('The addresses that the server refuses are not in this program.')
    // What a person calls a client is in no program.
    expect(made).not.toContain('a name')
    expect(program(id, { ...list, admits: 'anyone' })).toContain('comes in: encrypted, not authenticated.')
  })

  test('PLAIN has its users, and passwords from the environment, or says why not', () => {
    const client = program(id, { kind: 'plain-client', userName: 'ali"ce', password: 'secret' })
    const server = program(id, users)
    expect(client.includes('"ali\\"ce"')).toBe(id !== 'csharp')
    expect(client.includes('"ZMQ_PLAIN_PASSWORD"')).toBe(id !== 'csharp')
    expect(client.includes('NetMQ has no PLAIN: this socket uses no security.')).toBe(id === 'csharp')
    const hasUsers = id === 'python' || id === 'go'
    expect(server.includes('"ZMQ_PLAIN_PASSWORD_2"')).toBe(hasUsers)
    expect(/comes in.*(?:brings none|from files)|no PLAIN/.test(server)).toBe(!hasUsers)
  })

  test('none of it is there where there is nothing to secure', () => {
    for (const made of [program(id, {}), program(id, list, 'stream')])
      expect(made).not.toMatch(/curve|plain_?(?:server|user|password)|secret/i)
  })
})

test('a key that is none is named in place of the program', () => {
  expect(() => program('python', { kind: 'curve-client', serverKey: 'short' })).toThrow(
    'The public key has 5 characters',
  )
})
