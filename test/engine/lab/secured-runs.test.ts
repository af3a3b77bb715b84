import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { forkLab } from '../../../src/cli/lab-child.ts'
import { LabJob } from '../../../src/engine/lab/lab.ts'
import { newKeyPair } from '../../../src/engine/security/key-pair.ts'
import { htmlReport } from '../../../src/report/html-report.tsx'
import { findingsOf } from '../../../src/shared/lab/findings.ts'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import type { LabRun } from '../../../src/shared/lab/result.ts'
import { labSecurityOf } from '../../../src/shared/lab/security.ts'
import { parseRunJson, toRunJson } from '../../../src/shared/lab/summary.ts'
import { runName } from '../../../src/shared/lab/words.ts'
import { echoServerSpec } from '../../../src/shared/session/spec.ts'
import { curveSecretId, noSecurity, type Secrets, type Security } from '../../../src/shared/zmq/security.ts'
import { builtModule } from '../../support/built.ts'
import { bytes, createHarness, type Harness } from '../../support/harness.ts'
import { labSettings } from '../../support/lab.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const server = newKeyPair()
const client = newKeyPair()
const password = 'open sesame'
const secrets: Secrets = {
  [curveSecretId(server.publicKey)]: server.secretKey,
  [curveSecretId(client.publicKey)]: client.secretKey,
  'password:1': password,
}
const curveServer: Partial<Security> = {
  kind: 'curve-server',
  ownKey: server.publicKey,
  clients: [{ publicKey: client.publicKey, name: 'the lab' }],
}
const curveClient: Partial<Security> = { kind: 'curve-client', serverKey: server.publicKey, ownKey: client.publicKey }
const plainServer: Partial<Security> = {
  kind: 'plain-server',
  users: [{ id: 'alice', name: 'alice', password: 'password:1' }],
}
const plainClient: Partial<Security> = { kind: 'plain-client', userName: 'alice', password: 'password:1' }

async function openServer({ engine }: Harness, security: Partial<Security>): Promise<string> {
  const spec = { ...echoServerSpec('tcp://127.0.0.1:0'), security: { ...noSecurity, ...security } }
  const { endpoints } = await engine.open('server', spec, null, secrets)
  return endpoints[0]?.endpoint ?? ''
}

function run(endpoint: string, part: Partial<Security>, settings: Partial<LabSettings> = {}): Promise<LabRun> {
  const security = { ...noSecurity, ...part }
  const host = {
    fork: () => forkLab(pathToFileURL(builtModule('lab-process'))),
    versions: {},
    progress: () => undefined,
  }
  const all = { ...labSettings, endpoint, security: labSecurityOf(security), ...settings }
  const plan = { settings: all, frames: [bytes('Hello')], encodeNs: null }
  const job = new LabJob(host, plan, runName(all, 5), { credentials: { security, secrets } })
  onTestFinished(() => void job.cancel())
  return job.result
}

test.each<[string, Partial<Security>, Partial<Security>]>([
  ['CURVE', curveServer, curveClient],
  ['CURVE', { ...curveServer, admits: 'anyone' }, { ...curveClient, ownKey: null }],
  ['PLAIN', plainServer, plainClient],
])('measures a server with %s, and its document has no secret', async (mechanism, served, asked) => {
  const harness = createHarness()
  const endpoint = await openServer(harness, served)
  const result = await run(endpoint, asked, { load: { model: 'closed', concurrency: 2 } })
  expect(result).toMatchObject({
    outcome: 'finished',
    problem: null,
    name: `Closed loop, 2 sockets, 5 B, ${mechanism}`,
  })
  expect(result.steps[0]?.counts.replied).toBe(100)
  expect(harness.engine.session('server').state.authentication).toMatchObject({ admitted: 2, refused: 0 })
  const json = toRunJson(result)
  const report = htmlReport([result], { now: 0, findingsOf, baseline: 0 })
  for (const text of [json, report]) {
    for (const secret of [password, client.secretKey, server.secretKey, 'password:1'])
      expect(text).not.toContain(secret)
  }
  expect(report).toContain(`5 B, ${mechanism}, 100 requests`)
  expect(parseRunJson(json).settings.security.kind).toBe(asked.kind)
})

test('an open loop is secured, too', async () => {
  const harness = createHarness()
  const endpoint = await openServer(harness, curveServer)
  const result = await run(endpoint, curveClient, { load: { model: 'open', ratePerSecond: 500 } })
  expect(result).toMatchObject({ outcome: 'finished', problem: null })
})

test.each<[string, Partial<Security>, string]>([
  ['a key that is not allowed', { ...curveClient, ownKey: null }, 'refused'],
  ['another server key', { ...curveClient, serverKey: client.publicKey }, 'curve-broken-off'],
])('%s ends the run, and it says why', async (_, asked, diagnosis) => {
  const harness = createHarness()
  const result = await run(await openServer(harness, curveServer), asked)
  expect(result).toMatchObject({ outcome: 'failed', problem: { diagnosis }, steps: [] })
})

test('a secret that is not there fails the run, and no server can ask', async () => {
  const missing = await run('tcp://127.0.0.1:9', { ...curveClient, ownKey: newKeyPair().publicKey })
  expect(missing).toMatchObject({ outcome: 'failed', problem: { code: 'invalid-argument' } })
  expect(() => labSecurityOf({ ...noSecurity, kind: 'curve-server' })).toThrow('this socket is a CURVE server')
})

test('a document of before has no security', () => {
  const { security: _, ...before } = labSettings
  const run = { format: 'zeromq-inspector-run', version: 1, name: '', startedAt: 0, outcome: 'finished', problem: null }
  const environment = { versions: {}, platform: '', architecture: '', processor: '', cores: 1, memoryBytes: 1 }
  const json = JSON.stringify({
    ...run,
    settings: before,
    message: { frames: [], encodeNs: null },
    environment,
    steps: [],
  })
  expect(parseRunJson(json).settings).toEqual(labSettings)
})
