import { expect, test } from 'vitest'
import type { RunWorker, StepResult } from '../../../src/shared/lab/result.ts'
import { aboutWhom, runFindings } from '../../../src/shared/lab/run-findings.ts'
import { workerRows } from '../../../src/shared/lab/worker-findings.ts'
import { distributionOf, labSettings, runOf, stepOf } from '../../support/lab.ts'

const samples = Array.from({ length: 1000 }, () => 1e6)
const busy = { instrument: { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.97 } }
const worker = (name: string, part: Partial<RunWorker> = {}): RunWorker => ({
  name,
  environment: null,
  clock: null,
  lost: null,
  parts: [{ step: 0, result: stepOf([samples]) }],
  ...part,
})
const late = { lateness: distributionOf(samples.map(() => 5e6)) }
const at = (ratePerSecond: number, part: object = {}) =>
  stepOf([samples], { load: { model: 'open', ratePerSecond }, ...part })
const found = (...workers: RunWorker[]) =>
  runFindings(runOf([stepOf([samples])], { workers })).map((finding) => [aboutWhom(finding), finding.what])

test('workers whose figures can be trusted are not named', () => {
  expect(found()).toEqual([])
  expect(found(worker('worker 1'), worker('there', { clock: { uncertaintyNs: 9e5, roundTripNs: 18e5 } }))).toEqual([])
})

test('whose figures are not to be trusted is told by name', () => {
  expect(
    found(
      worker('worker 1', { parts: [{ step: 0, result: stepOf([samples], busy) }] }),
      worker('there', { clock: { uncertaintyNs: 3e6, roundTripNs: 6e6 }, lost: 'it said nothing for 5.00 s' }),
    ),
  ).toEqual([
    ['worker 1', 'The measuring process was busy 97 % of the time, so latencies include its own queueing.'],
    ['there', 'It was lost: it said nothing for 5.00 s.'],
    ['there', 'Its clock is known to 3.00 ms only.'],
  ])
})

test('nobody is named on one machine where all of them have it: the step says so', () => {
  const part = { parts: [{ step: 0, result: stepOf([samples], busy) }] }
  expect(found(worker('worker 1', part), worker('worker 2', part))).toEqual([])
  const { environment } = runOf([])
  expect(found(worker('here', { ...part, environment }), worker('there', { ...part, environment }))).toHaveLength(2)
})

test('the steps of a sweep are told together', () => {
  const sizes = [16, 64]
  const parts = sizes.map((at, step) => ({ step, result: stepOf([samples], { at, ...busy }) }))
  const settings = { ...labSettings, sweep: { over: 'size' as const, sizes } }
  const other = worker('worker 3', { parts: sizes.map((at, step) => ({ step, result: stepOf([samples], { at }) })) })
  const run = runOf([], {
    settings,
    workers: [worker('worker 2', { parts }), worker('worker 1', { parts: [] }), other],
  })
  expect(runFindings(run).map(aboutWhom)).toEqual(['worker 2 at 16 B, 64 B'])
  const distrusted = (at: number) => workerRows(run, stepOf([], { at })).map(({ isDistrusted }) => isDistrusted)
  expect(distrusted(16)).toEqual([true, false])
})

test('the rows of a step have those that made it, and mark whom not to trust', () => {
  const run = runOf([stepOf([samples])], {
    workers: [worker('one'), worker('two', { lost: 'SIGKILL' }), worker('three', { parts: [] })],
  })
  expect(workerRows(run, stepOf([samples]))).toMatchObject([
    { name: 'one', done: 1000, p50Ns: 1e6, isDistrusted: false },
    { name: 'two', isDistrusted: true },
  ])
})

test('late sends are told once: by their step, or as the place where the open loop ends', () => {
  const told = (...steps: readonly StepResult[]) => runFindings(runOf(steps)).map(({ what }) => what)
  expect(told(at(1000, late))).toEqual([])
  expect(told(at(1000), at(2000, late))).toEqual([expect.stringContaining('requests were sent late (5.00 ms at p99)')])
})
