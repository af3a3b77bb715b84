import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { newKeyPair } from '../../src/engine/security/key-pair.ts'
import { programIn } from '../../src/shared/program/index.ts'
import type { LanguageId } from '../../src/shared/program/language-ids.ts'
import { requestSpec, type SocketSpec } from '../../src/shared/session/spec.ts'
import { curveSecretId, noSecurity, type Secrets, type Security } from '../../src/shared/zmq/security.ts'
import { bytes } from '../support/bytes.ts'
import { createHarness, type Harness, texts } from '../support/harness.ts'
import { runners, runProgram } from '../support/programs.ts'
import type { RunningProgram } from '../support/running-program.ts'

// Starting processes and building programs takes a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const languageIds: readonly LanguageId[] = ['python', 'javascript', 'c', 'cpp']

const server = newKeyPair()
const client = newKeyPair()
const other = newKeyPair()
const password = 'open "sesame" é'
const user = 'al"ice\\x41 é?'
const secrets: Secrets = {
  [curveSecretId(server.publicKey)]: server.secretKey,
  [curveSecretId(client.publicKey)]: client.secretKey,
  [curveSecretId(other.publicKey)]: other.secretKey,
  password,
  wrong: 'guessed',
}

const curveClient: Partial<Security> = { kind: 'curve-client', serverKey: server.publicKey, ownKey: client.publicKey }
const plainClient: Partial<Security> = { kind: 'plain-client', userName: user, password: 'password' }
const curveServer: Partial<Security> = {
  kind: 'curve-server',
  ownKey: server.publicKey,
  clients: [{ publicKey: client.publicKey, name: 'client' }],
}
const plainServer: Partial<Security> = {
  kind: 'plain-server',
  users: [{ id: 'alice', name: user, password: 'password' }],
}

const withSecurity = (spec: SocketSpec, security: Partial<Security>): SocketSpec => ({
  ...spec,
  security: { ...noSecurity, ...security },
})
const replySpec = (endpoint: string): SocketSpec => ({
  ...requestSpec(''),
  pattern: 'rep',
  attach: [{ how: 'bind', endpoint }],
})

function newAddress(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secured-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return `ipc://${join(folder, 'socket')}`
}

function start(id: LanguageId, spec: SocketSpec, environment: NodeJS.ProcessEnv): RunningProgram {
  const text = programIn(id, { spec, frames: [bytes('from the program')], timeoutMs: 20_000 })
  for (const secret of [password, server.secretKey, client.secretKey]) expect(text).not.toContain(secret)
  return runProgram(id, text, environment)
}

async function openServer({ engine }: Harness, security: Partial<Security>): Promise<string> {
  const spec = withSecurity({ ...replySpec('tcp://127.0.0.1:0'), behaviour: 'echo' }, security)
  const { endpoints } = await engine.open('server', spec, null, secrets)
  return endpoints[0]?.endpoint ?? ''
}

async function ask({ engine }: Harness, endpoint: string, security: Partial<Security>): Promise<string[]> {
  await engine.open('client', withSecurity(requestSpec(endpoint), security), null, secrets)
  const exchange = await engine.send('client', [bytes('hello')], 20_000)
  return texts([...(exchange?.frames ?? [])])
}

describe.each(languageIds)('secured programs in %s', (id) => {
  const isAtHand = runners[id]?.isAtHand === true

  test.skipIf(!isAtHand).each<[string, Partial<Security>, Partial<Security>, NodeJS.ProcessEnv]>([
    ['CURVE with its own pair', curveServer, curveClient, { ZMQ_CURVE_SECRET_KEY: client.secretKey }],
    ['CURVE with a fresh pair', { ...curveServer, admits: 'anyone' }, { ...curveClient, ownKey: null }, {}],
    ['PLAIN', plainServer, plainClient, { ZMQ_PLAIN_PASSWORD: password }],
  ])('a client with %s gets its reply', async (_, served, asked, environment) => {
    const harness = createHarness()
    const endpoint = await openServer(harness, served)
    const program = start(id, withSecurity(requestSpec(endpoint), asked), environment)
    await program.until(/Received:\n.*from the program/)
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' })
    expect(harness.engine.session('server').state.authentication).toMatchObject({ admitted: 1, refused: 0 })
  })

  test.skipIf(!isAtHand)('a CURVE server answers', async () => {
    const harness = createHarness()
    const endpoint = newAddress()
    start(id, withSecurity(replySpec(endpoint), { ...curveServer, admits: 'anyone' }), {
      ZMQ_CURVE_SECRET_KEY: server.secretKey,
    })
    expect(await ask(harness, endpoint, curveClient)).toEqual(['from the program'])
  })

  test.skipIf(!isAtHand)('a CURVE server tells the key that it made', async () => {
    const harness = createHarness()
    const endpoint = newAddress()
    const program = start(id, withSecurity(replySpec(endpoint), { ...curveServer, ownKey: null, admits: 'anyone' }), {})
    const [, serverKey = ''] = await program.until(/Public key: (\S{40})\n/)
    expect(await ask(harness, endpoint, { ...curveClient, serverKey })).toEqual(['from the program'])
  })

  test.skipIf(!isAtHand)('ends without its secret, and says which', async () => {
    const spec = withSecurity(requestSpec('tcp://127.0.0.1:9'), curveClient)
    const { code, stderr } = await start(id, spec, { ZMQ_CURVE_SECRET_KEY: undefined }).ended
    expect(code).not.toBe(0)
    expect(stderr).toContain('ZMQ_CURVE_SECRET_KEY')
  })
})

describe.skipIf(runners.python?.isAtHand !== true)('the authenticator of a program in Python', () => {
  test.each<[string, Partial<Security>, Partial<Security>, Partial<Security>, NodeJS.ProcessEnv]>([
    [
      'CURVE',
      curveServer,
      curveClient,
      { ...curveClient, ownKey: other.publicKey },
      { ZMQ_CURVE_SECRET_KEY: server.secretKey },
    ],
    ['PLAIN', plainServer, plainClient, { ...plainClient, password: 'wrong' }, { ZMQ_PLAIN_PASSWORD: password }],
  ])('%s: lets those in who may, and nobody else', async (_, served, known, stranger, environment) => {
    const harness = createHarness()
    const endpoint = newAddress()
    start('python', withSecurity(replySpec(endpoint), served), environment)
    expect(await ask(harness, endpoint, known)).toEqual(['from the program'])
    await expect(ask(harness, endpoint, stranger)).rejects.toMatchObject({
      code: 'peer-rejected',
      details: { diagnosis: 'refused' },
    })
  })
})
