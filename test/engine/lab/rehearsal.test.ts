import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { monotonicNanoseconds } from '../../../src/engine/clock.ts'
import { Metronome } from '../../../src/engine/lab/metronome.ts'
import { rehearse } from '../../../src/engine/lab/rehearsal.ts'
import { builtModule } from '../../support/built.ts'
import { makeRun } from '../../support/lab-job.ts'
import { startStalledPeer } from '../../support/stalled-peer.ts'

function startMetronome(): Metronome {
  const metronome = new Metronome(pathToFileURL(builtModule('lab-metronome')))
  onTestFinished(() => metronome.dispose())
  return metronome
}

/** Those of TCP that this process has. */
const connections = () => process.getActiveResourcesInfo().filter((resource) => resource.startsWith('TCP'))

test('a rehearsal ends by itself, and leaves no connection', async () => {
  const metronome = startMetronome()
  await rehearse(metronome, () => undefined)
  await expect.poll(connections).toEqual([])
  // The metronome serves what comes after it.
  const beats = new Promise<void>((resolve) => {
    let count = 0
    metronome.start(monotonicNanoseconds(), 1e6, () => {
      count += 1
      if (count === 10) resolve()
    })
  })
  await beats
  metronome.stop()
})

test('a rehearsal that is cancelled ends at once', async () => {
  const metronome = startMetronome()
  const looked: number[] = []
  await rehearse(metronome, (cancel) => {
    looked.push(connections().length)
    cancel()
  })
  expect(looked).toEqual([1])
  await expect.poll(connections).toEqual([])
})

test('a run tells how far it is although no request is ever answered, and can be cancelled', async () => {
  const peer = await startStalledPeer()
  onTestFinished(() => peer.close())
  const load = { model: 'open', ratePerSecond: 100 } as const
  const length = { by: 'duration', milliseconds: 60_000 } as const
  const seen: number[] = []
  const run = await makeRun({ endpoint: peer.endpoint, load, length }, undefined, ({ sent }, job) => {
    if (sent > (seen.at(-1) ?? 0)) seen.push(sent)
    if (seen.length === 3) job().cancel()
  })
  expect(run.outcome).toBe('cancelled')
  expect(run.steps[0]?.counts).toMatchObject({ replied: 0 })
})
