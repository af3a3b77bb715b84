import { mkdtempSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Request, Router } from 'zeromq'
import { forkLab } from '../../../src/cli/lab-child.ts'
import type { ExpectedRuns } from '../../../src/engine/expected-runs.ts'
import { LabJob } from '../../../src/engine/lab/lab.ts'
import { LabService } from '../../../src/engine/lab/lab-service.ts'
import type { LabChild } from '../../../src/engine/lab/protocol.ts'
import { RunArchive } from '../../../src/engine/lab/run-archive.ts'
import { expectRun, reaches } from '../../../src/engine/own-sessions.ts'
import { parseEndpoint } from '../../../src/shared/endpoint.ts'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import { idleLab, type LabState } from '../../../src/shared/lab/progress.ts'
import { echoServerId } from '../../../src/shared/session/spec.ts'
import { messageOf } from '../../../src/shared/transcript/record.ts'
import { builtModule } from '../../support/built.ts'
import { bytes, createHarness, type Harness } from '../../support/harness.ts'
import { labSettings } from '../../support/lab.ts'
import { serve, served } from '../../support/sessions.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

const lanAddress = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

describe('whether an endpoint is that of a server here', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-'))

  test.each<[to: string, bound: string, boolean]>([
    ['tcp://127.0.0.1:5555', 'tcp://127.0.0.1:5555', true],
    ['tcp://localhost:5555', 'tcp://127.0.0.1:5555', true],
    ['tcp://127.0.0.1:5556', 'tcp://127.0.0.1:5555', false],
    ['tcp://127.0.0.2:5555', 'tcp://127.0.0.1:5555', false],
    ['tcp://127.0.0.2:5555', 'tcp://0.0.0.0:5555', true],
    ['tcp://192.0.2.1:5555', 'tcp://0.0.0.0:5555', false],
    ['tcp://[::1]:5555', 'tcp://0.0.0.0:5555', false],
    ['tcp://[::1]:5555', 'tcp://[::1]:5555', true],
    ['tcp://[0:0:0:0:0:0:0:1]:5555', 'tcp://[::]:5555', true],
    ['tcp://[::ffff:127.0.0.1]:5555', 'tcp://127.0.0.1:5555', true],
    ['tcp://127.0.0.1:5555', 'tcp://[::]:5555', true],
    ['tcp://no-such-host.invalid:5555', 'tcp://0.0.0.0:5555', false],
    [`ipc://${folder}/one`, `ipc://${folder}/../${folder.split('/').at(-1)}/one`, true],
    [`ipc://${folder}/one`, `ipc://${folder}/two`, false],
    [`ipc://${folder}/one`, 'tcp://127.0.0.1:5555', false],
    ['ws://localhost:5555', 'ws://127.0.0.1:5555', true],
    ['ws://127.0.0.1:5555', 'tcp://127.0.0.1:5555', false],
  ])('%s and %s: %s', async (to, bound, expected) => {
    const ipv6 = to.includes('[')
    expect(await reaches(parseEndpoint(to, 'connect', { ipv6 }), parseEndpoint(bound, 'bind'), ipv6)).toBe(expected)
  })

  test.runIf(lanAddress !== undefined)('an address of this machine is, where the server listens on all', async () => {
    const to = parseEndpoint(`tcp://${lanAddress}:5555`, 'connect')
    expect(await reaches(to, parseEndpoint('tcp://0.0.0.0:5555', 'bind'), false)).toBe(true)
    expect(await reaches(to, parseEndpoint('tcp://127.0.0.1:5555', 'bind'), false)).toBe(false)
  })
})

const messages = ({ entries }: Harness) => entries.filter(({ kind }) => kind === 'message')
const runsOf = ({ engine }: Harness): ExpectedRuns => {
  const runs = engine.session(echoServerId).streamer?.runs
  if (!runs) throw new Error('The echo server expects no runs.')
  return runs
}
const runEntries = ({ entries }: Harness) => entries.filter(({ event }) => event === 'lab:run')

/** A REQ socket with a routing id of its own, or one that libzmq chooses. */
async function exchange(endpoint: string, text: string, routingId?: string): Promise<void> {
  const socket = new Request({ linger: 0, ...(routingId === undefined ? {} : { routingId }) })
  onTestFinished(() => socket.close())
  socket.connect(endpoint)
  await socket.send(text)
  expect(String((await socket.receive())[0])).toBe(text)
}

describe('the server during a run', () => {
  test('counts the messages of the run, logs those of others, and says in the end how many there were', async () => {
    const harness = createHarness()
    const { endpoint } = await serve(harness.engine, 'tcp://127.0.0.1:*')
    const run = runsOf(harness).expect('a <b>name</b>')
    for (let number = 1; number <= 3; number += 1) await exchange(endpoint, 'lab', `${run.routingIdPrefix}${number}`)
    await exchange(endpoint, 'other')
    await exchange(endpoint, 'another', 'lab-0000000000000000-1')
    expect(served(harness.engine)).toMatchObject({ sent: 5, sentBytes: 21, rate: 5 })
    expect(messages(harness).map((record) => String(messageOf(record)[0]))).toEqual([
      'other',
      'other',
      'another',
      'another',
    ])
    expect(runEntries(harness)).toEqual([])
    run.end()
    await harness.until('the entry about the run', () => runEntries(harness).length > 0)
    expect(runEntries(harness)).toMatchObject([
      {
        session: 'echo-server',
        name: endpoint,
        detail: 'Lab run “a <b>name</b>”: 3 messages, 9 B echoed. They are not logged one by one.',
      },
    ])
    // The run has ended, so what comes now is not of it.
    await exchange(endpoint, 'late', `${run.routingIdPrefix}4`)
    expect(messages(harness)).toHaveLength(6)
  })

  test('logs nothing about a run that sent nothing, and one entry about one that ends while it stops', async () => {
    const harness = createHarness()
    const { endpoint } = await serve(harness.engine, 'tcp://127.0.0.1:*')
    runsOf(harness).expect('empty').end()
    const run = runsOf(harness).expect('short')
    await exchange(endpoint, 'lab', `${run.routingIdPrefix}1`)
    run.end()
    await harness.engine.close(echoServerId)
    expect(runEntries(harness).map(({ detail }) => detail)).toEqual([
      'Lab run “short”: 1 message, 3 B echoed. They are not logged one by one.',
    ])
  })

  test('expects a run only if the run goes to it', async () => {
    const { engine } = createHarness()
    const at = (endpoint: string): LabSettings => ({ ...labSettings, endpoint })
    expect(await expectRun(engine.sessions, at('tcp://127.0.0.1:5555'), 'a run')).toBeNull()
    const { endpoint } = await serve(engine, 'tcp://127.0.0.1:*')
    expect(await expectRun(engine.sessions, at('tcp://127.0.0.1:1'), 'a run')).toBeNull()
    expect((await expectRun(engine.sessions, at(endpoint), 'a run'))?.routingIdPrefix).toMatch(/^lab-[0-9a-f]{16}-$/)
  })
})

describe('the lab against the own server', () => {
  async function lab() {
    const harness = createHarness()
    const { endpoint } = await serve(harness.engine, 'tcp://127.0.0.1:*')
    const children: LabChild[] = []
    let state: LabState = idleLab
    const watchers = new Set<() => void>()
    const archive = new RunArchive({
      path: join(mkdtempSync(join(tmpdir(), 'inspector-')), 'lab.sqlite'),
      damaged: () => undefined,
      unstored: () => undefined,
      unreadable: () => undefined,
      disturbed: () => undefined,
      listChanged: () => undefined,
    })
    const service = new LabService(
      {
        fork() {
          const child = forkLab(pathToFileURL(builtModule('lab-process')))
          children.push(child)
          return child
        },
        versions: {},
        changed(next) {
          state = next
          for (const watch of [...watchers]) watch()
        },
        async expectRun(settings, name) {
          const run = await expectRun(harness.engine.sessions, settings, name)
          return run && { routingIdPrefix: run.routingIdPrefix, end: async () => run.end() }
        },
      },
      archive,
    )
    onTestFinished(() => service.dispose())
    const untilState = (has: (state: LabState) => boolean) =>
      new Promise<void>((resolve) => {
        const watch = () => {
          if (has(state)) resolve()
        }
        watchers.add(watch)
        watch()
      })
    const start = (part: Partial<LabSettings>) =>
      service.start(
        { settings: { ...labSettings, endpoint, ...part }, frames: [bytes('12 bytes …')], encodeNs: null },
        'R',
      )
    const entryAboutRun = () => harness.until('the entry about the run', () => runEntries(harness).length > 0)
    return { ...harness, service, children, archive, start, untilState, entryAboutRun }
  }
  const long = { length: { by: 'duration', milliseconds: 600_000 } } as const
  const isMeasuring = ({ progress }: LabState) => (progress?.replied ?? 0) > 100
  const isIdle = ({ activity }: LabState) => activity === 'idle'

  test('one entry stands for all messages of a run, and the run says how they were recognised', async () => {
    const { start, untilState, archive, service, ...harness } = await lab()
    start({ load: { model: 'closed', concurrency: 4 }, sweep: { over: 'size', sizes: [16, 64] } })
    await untilState(isIdle)
    await harness.entryAboutRun()
    expect(served(harness.engine)).toMatchObject({ sent: 200, sentBytes: 8000 })
    expect(messages(harness)).toEqual([])
    expect(runEntries(harness).map(({ detail }) => detail)).toEqual([
      'Lab run “R”: 200 messages, 7.81 KiB echoed. They are not logged one by one.',
    ])
    const [row] = service.runs.list()
    expect(archive.read(row?.id ?? 0)).toMatchObject({
      outcome: 'finished',
      routingIdPrefix: expect.stringMatching(/^lab-[0-9a-f]{16}-$/),
    })
  })

  test.each([
    ['was cancelled', ({ service }: Awaited<ReturnType<typeof lab>>) => service.cancel()],
    ['lost its process', ({ children }: Awaited<ReturnType<typeof lab>>) => children[0]?.kill()],
  ])('so it is after a run that %s', async (_how, end) => {
    const all = await lab()
    all.start(long)
    await all.untilState(isMeasuring)
    end(all)
    await all.untilState(isIdle)
    await all.entryAboutRun()
    expect(messages(all)).toEqual([])
    expect(runEntries(all)[0]?.detail).toMatch(/^Lab run “R”: [\d,]+ messages, /)
  })

  test('a run can be cancelled before it has begun', async () => {
    const { start, untilState, service, ...harness } = await lab()
    start(long)
    service.cancel()
    await untilState(isIdle)
    expect(service.state.error).toBeNull()
    expect(messages(harness)).toEqual([])
  })
})

test('each socket has a routing id of its own, also one that replaces another', async () => {
  const router = new Router({ linger: 0 })
  onTestFinished(() => router.close())
  await router.bind('tcp://127.0.0.1:*')
  const routingIds = new Set<string>()
  const answer = async () => {
    for (let number = 0; ; number += 1) {
      const message = await router.receive()
      routingIds.add(String(message[0]))
      if (number !== 4 && number !== 9) await router.send(message)
    }
  }
  // It ends when its socket is closed.
  answer().catch(() => undefined)
  const settings: LabSettings = {
    ...labSettings,
    endpoint: router.lastEndpoint ?? '',
    length: { by: 'count', requests: 15 },
    timeoutMs: 1000,
  }
  const host = {
    fork: () => forkLab(pathToFileURL(builtModule('lab-process'))),
    versions: {},
    progress: () => undefined,
  }
  const job = new LabJob(host, { settings, frames: [bytes('a')], encodeNs: null, routingIdPrefix: 'lab-x-' }, 'a run')
  const { steps } = await job.result
  expect(steps[0]?.counts).toMatchObject({ sent: 15, replied: 13, timedOut: 2 })
  expect([...routingIds].sort()).toEqual(Array.from({ length: 3 }, (_, index) => `lab-x-${index + 1}`))
})
