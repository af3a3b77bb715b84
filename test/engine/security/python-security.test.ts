import { describe, expect, test, vi } from 'vitest'
import { newKeyPair } from '../../../src/engine/security/key-pair.ts'
import { adviceFor } from '../../../src/shared/diagnosis/diagnosis.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import type { LinkState } from '../../../src/shared/session/state.ts'
import { curveSecretId, noSecurity, type Secrets, type Security } from '../../../src/shared/zmq/security.ts'
import { bytes, createHarness, type Harness, texts } from '../../support/harness.ts'
import { hasPython, type PythonSecurity, pythonClient, pythonServer } from '../../support/python-security.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const server = newKeyPair()
const client = newKeyPair()
const other = newKeyPair()
const keysOf = ({ publicKey, secretKey }: typeof server) => ({ public: publicKey, secret: secretKey })

const secrets: Secrets = {
  [curveSecretId(server.publicKey)]: server.secretKey,
  [curveSecretId(client.publicKey)]: client.secretKey,
  password: 'open sesame',
  guess: 'guessed',
}

const curveClient: Partial<Security> = {
  kind: 'curve-client',
  serverKey: server.publicKey,
  ownKey: client.publicKey,
}
const plainClient: Partial<Security> = { kind: 'plain-client', userName: 'alice', password: 'password' }
const curveServer: Partial<Security> = {
  kind: 'curve-server',
  ownKey: server.publicKey,
  clients: [{ publicKey: client.publicKey, name: 'python' }],
}
const plainServer: Partial<Security> = {
  kind: 'plain-server',
  users: [{ id: 'alice', name: 'alice', password: 'password' }],
}

const openClient = ({ engine }: Harness, endpoint: string, security: Partial<Security>) =>
  engine.open('client', { ...requestSpec(endpoint), security: { ...noSecurity, ...security } }, null, secrets)

const openServer = async ({ engine }: Harness, security: Partial<Security>): Promise<string> => {
  const { endpoints } = await engine.open(
    'server',
    {
      ...requestSpec(''),
      pattern: 'rep',
      attach: [{ how: 'bind', endpoint: 'tcp://127.0.0.1:0' }],
      behaviour: 'echo',
      security: { ...noSecurity, ...security },
    },
    null,
    secrets,
  )
  return endpoints[0]?.endpoint ?? ''
}

const linkOf = ({ engine }: Harness): LinkState | undefined => {
  const [first] = engine.session('client').state.endpoints
  return first?.how === 'connect' ? first.link : undefined
}

const curvePeer = { mechanism: 'CURVE', server: true, ...keysOf(server) } as const
const plainPeer = { mechanism: 'PLAIN', server: true, users: { alice: 'open sesame' } } as const

describe.skipIf(!hasPython)('a client here, and a server in Python', () => {
  test.each<[string, Partial<Security>, PythonSecurity]>([
    ['CURVE with a list', curveClient, { ...curvePeer, allowed: [client.publicKey] }],
    ['CURVE without an authenticator', { ...curveClient, ownKey: null }, curvePeer],
    ['PLAIN', plainClient, plainPeer],
    ['no security', {}, { mechanism: 'NULL' }],
  ])('%s: a reply comes', async (_, security, peer) => {
    const harness = createHarness()
    const { endpoint } = await pythonServer(peer)
    await openClient(harness, endpoint, security)
    const exchange = await harness.engine.send('client', [bytes('hello')], 10_000)
    expect(texts([...(exchange?.frames ?? [])])).toEqual(['hello'])
  })

  test.each<[string, Partial<Security>, PythonSecurity, string]>([
    ['a key that is not allowed', { ...curveClient, ownKey: null }, { ...curvePeer, allowed: [] }, 'refused'],
    ['a wrong password', { ...plainClient, password: 'guess' }, plainPeer, 'refused'],
    ['a client without security, at CURVE', {}, curvePeer, 'mechanism-mismatch'],
    ['a client without security, at PLAIN', {}, plainPeer, 'mechanism-mismatch'],
    ['a PLAIN client at CURVE', plainClient, curvePeer, 'mechanism-mismatch'],
    ['a CURVE client at PLAIN', curveClient, plainPeer, 'mechanism-mismatch'],
    ['a CURVE client at a server without security', curveClient, { mechanism: 'NULL' }, 'mechanism-mismatch'],
    ['a wrong server key', { ...curveClient, serverKey: other.publicKey }, curvePeer, 'curve-broken-off'],
  ])('%s: the link says so', async (_, security, peer, diagnosis) => {
    const harness = createHarness()
    const { endpoint } = await pythonServer(peer)
    await openClient(harness, endpoint, security)
    const link = await harness.until(diagnosis, () => {
      const found = linkOf(harness)
      return found?.state === 'rejected' ? found : null
    })
    expect(link.cause.diagnosis).toBe(diagnosis)
  })

  test.each([
    ['200', 'ready'],
    // libzmq 4.3.4 leaves the client waiting, or cuts it off.
    ['300', '“come again” (300)'],
    ['400', 'Add the own public key of this socket'],
    ['500', 'Look at it: this is its own error'],
    ['malformed', 'Otherwise its authenticator fails'],
    ['never', 'Its authenticator has not decided yet'],
  ] as const)(
    'CURVE with an authenticator that answers %s: the link says what is the matter',
    async (answers, said) => {
      const harness = createHarness()
      const { endpoint } = await pythonServer({ ...curvePeer, answers })
      await openClient(harness, endpoint, curveClient)
      await harness.until(said, () => {
        const link = linkOf(harness)
        if (said === 'ready') return link?.state === 'ready'
        return link && 'cause' in link && link.cause && adviceFor(link.cause).cure.includes(said)
      })
    },
  )

  test('PLAIN without an authenticator: whether it breaks off or waits for ever, the link says what is missing', async () => {
    const harness = createHarness()
    const { endpoint } = await pythonServer({ mechanism: 'PLAIN', server: true })
    await openClient(harness, endpoint, plainClient)
    const cause = await harness.until('the cause', () => {
      const link = linkOf(harness)
      return link && 'cause' in link ? link.cause : null
    })
    expect(adviceFor(cause).cure).toContain('no authenticator (ZAP handler) runs there')
  })
})

describe.skipIf(!hasPython)('a server here, and a client in Python', () => {
  const curvePython = { mechanism: 'CURVE', serverKey: server.publicKey, ...keysOf(client) } as const
  const plainPython = { mechanism: 'PLAIN', user: 'alice', password: 'open sesame' } as const

  test.each<[string, Partial<Security>, PythonSecurity, string]>([
    ['CURVE', curveServer, curvePython, 'Its key is among the allowed clients.'],
    ['PLAIN', plainServer, plainPython, 'User name and password are right.'],
  ])('%s: it is let in, and answered', async (_, security, peer, why) => {
    const harness = createHarness()
    const program = pythonClient(await openServer(harness, security), peer)
    await program.until(/got from python/)
    const state = harness.engine.session('server').state.authentication
    expect(state).toMatchObject({ admitted: 1, newest: [{ outcome: 'admitted', address: '127.0.0.1', why }] })
  })

  test.each<[string, Partial<Security>, PythonSecurity, string, string]>([
    ['a key that is not allowed', curveServer, { ...curvePython, ...keysOf(other) }, 'refused', 'not among'],
    ['another server key', curveServer, { ...curvePython, serverKey: other.publicKey }, 'failed', 'another public key'],
    ['keys that are no pair', curveServer, { ...curvePython, secret: other.secretKey }, 'failed', 'no pair'],
    ['a wrong password', plainServer, { ...plainPython, password: 'guessed' }, 'refused', 'password is wrong'],
    ['an unknown user', plainServer, { ...plainPython, user: 'bob' }, 'refused', 'no such user'],
    ['no security', curveServer, { mechanism: 'NULL' }, 'failed', 'another mechanism'],
    ['another mechanism', plainServer, curvePython, 'failed', 'another mechanism'],
  ])('%s: it is not let in, and the server says why', async (_, security, peer, outcome, why) => {
    const harness = createHarness()
    pythonClient(await openServer(harness, security), peer)
    const decision = await harness.until(
      'the decision',
      () => harness.engine.session('server').state.authentication?.newest[0],
    )
    expect(decision.outcome).toBe(outcome)
    expect(decision.why).toContain(why)
    expect(harness.engine.session('server').state.authentication?.admitted).toBe(0)
  })
})
