import type { Socket } from 'node:net'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { forkLab } from '../../../src/cli/lab-child.ts'
import { LabJob } from '../../../src/engine/lab/lab.ts'
import type { LabSettings } from '../../../src/shared/lab/plan.ts'
import type { StepResult } from '../../../src/shared/lab/result.ts'
import { builtModule } from '../../support/built.ts'
import { bytes } from '../../support/bytes.ts'
import { labSettings } from '../../support/lab.ts'
import { frame, peer, reply } from '../../support/zmtp-peer.ts'

// Starting processes takes a while on a busy machine.
vi.setConfig({ testTimeout: 30_000 })

async function run(settings: Partial<LabSettings>): Promise<StepResult> {
  const host = {
    fork: () => forkLab(pathToFileURL(builtModule('lab-process'))),
    versions: {},
    progress: () => undefined,
  }
  const plan = {
    settings: { ...labSettings, client: 'zmtp' as const, ...settings },
    frames: [bytes('Hello')],
    encodeNs: null,
  }
  const job = new LabJob(host, plan, 'a run')
  onTestFinished(() => void job.cancel())
  const { steps, problem } = await job.result
  const [step] = steps
  if (!step) throw new Error(`nothing was measured: ${JSON.stringify(problem)}`)
  return step
}

/** What the second of three connections gets for its twentieth request, what that counts as, and what it is called. */
const faults: readonly (readonly [string, (socket: Socket) => void, 'failed' | 'timedOut', RegExp | null])[] = [
  ['closes', (socket) => socket.destroy(), 'failed', /connection/i],
  ['stalls half-way through a frame', (socket) => socket.write(reply.subarray(0, 5)), 'timedOut', null],
  ['breaks ZMTP', (socket) => socket.write(Buffer.from([0xf8, 1, 1])), 'failed', /reserved bit/],
  ['leaves the delimiter out', (socket) => socket.write(frame(false, 'reply')), 'failed', /rules|delimiter/i],
  ['answers twice', (socket) => socket.write(Buffer.concat([reply, reply])), 'failed', /twice|nobody/i],
]

describe('a peer that does so in mid-run is counted and named, and the run goes on with the others', () => {
  test.each(faults)('%s', async (_, act, counted, named) => {
    const endpoint = await peer((socket, number, connection) => {
      if (connection === 1 && number === 20) act(socket)
      else socket.write(reply)
    })
    const load = { model: 'closed', concurrency: 3 } as const
    const step = await run({ endpoint, load, length: { by: 'count', requests: 600 }, timeoutMs: 300 })
    expect(step.counts).toEqual({
      ...{ sent: 600, replied: 599, timedOut: 0, failed: 0, unsent: 0, unfinished: 0 },
      [counted]: 1,
    })
    expect(step.reconnects).toBe(1)
    if (named === null) expect(step.errors).toEqual([])
    else expect(step.errors).toMatchObject([{ count: 1, message: expect.stringMatching(named) }])
  })
})

test('a server that is of another type after it went is named, and the run goes on with the others', async () => {
  const endpoint = await peer(
    (socket, number, connection) => {
      if (connection === 1 && number === 20) socket.destroy()
      else socket.write(reply)
    },
    (connection) => (connection < 2 ? 'REP' : 'PUB'),
  )
  const load = { model: 'closed', concurrency: 2 } as const
  const step = await run({ endpoint, load, length: { by: 'duration', milliseconds: 800 }, timeoutMs: 300 })
  expect(step.counts.replied).toBeGreaterThan(100)
  expect(step.errors.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringMatching(/PUB/)]))
})
