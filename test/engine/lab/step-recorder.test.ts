import { expect, test } from 'vitest'
import { StepRecorder } from '../../../src/engine/lab/step-recorder.ts'
import { TurnCounter } from '../../../src/engine/lab/turn-counter.ts'
import { mergeDistributions, percentileOf, thinned } from '../../../src/shared/lab/distribution.ts'
import type { LabStep } from '../../../src/shared/lab/plan.ts'

const step: LabStep = { at: null, load: { model: 'closed', concurrency: 1 }, frames: [new Uint8Array(3)] }
const rest = {
  connect: { count: 0, meanNs: null, minNs: null, maxNs: null, values: [], counts: [] },
  sockets: 1,
  reconnects: 0,
  instrument: { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0 },
}

test('what is told while it measures is what was measured so far, also when slots were joined', () => {
  const recorder = new StepRecorder(step, 0, null)
  let nowNs = 0
  // So long that the slots, of a run of unknown length, are joined more than once.
  for (let count = 1; count <= 20_000; count += 1) {
    const dueNs = nowNs
    nowNs += 1e6 + (count % 7) * 1e5
    recorder.reply({ dueNs, sentNs: dueNs, doneNs: nowNs })
    if (count % 5000 === 0) recorder.timeout(nowNs)
    if (count % 997 !== 0) continue
    const { latency, slots } = recorder.live(nowNs)
    expect(latency.count).toBe(count)
    expect(slots.length).toBeLessThanOrEqual(101)
    expect(mergeDistributions(slots.map((slot) => slot.latency)).count).toBe(count)
    expect(slots.reduce((total, { timedOut }) => total + timedOut, 0)).toBe(Math.floor(count / 5000))
    expect(slots.at(-1)?.lengthMs).toBeGreaterThanOrEqual(0)
  }
  const live = recorder.live(nowNs)
  const figures = recorder.figures(nowNs)
  const result = recorder.result(0, rest)
  expect(live.latency).toEqual(thinned(result.latency, 40))
  expect(figures).toMatchObject({ p50Ns: percentileOf(result.latency, 50), maxNs: result.latency.maxNs })
  for (const [index, slot] of result.slots.entries()) {
    const told = live.slots[index]
    expect(told).toMatchObject({ fromMs: slot.fromMs, timedOut: slot.timedOut })
    expect(told && percentileOf(told.latency, 99)).toBe(percentileOf(slot.latency, 99))
  }
})

test('counts what went out and came in by turn of the event loop', async () => {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const counter = new TurnCounter()
  for (const [sent, received] of [
    [3, 0],
    [2, 3],
    [0, 2],
  ] as const) {
    for (let index = 0; index < sent; index += 1) counter.sent()
    for (let index = 0; index < received; index += 1) counter.received()
    await turn()
  }
  // Turns with nothing are none.
  await turn()
  counter.sent()
  expect(counter.turns).toEqual({
    requests: { sizes: [1, 2, 3], turns: [1, 1, 1] },
    replies: { sizes: [2, 3], turns: [1, 1] },
  })
})

test('looks at a sample of whole turns where there are many', async () => {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const counter = new TurnCounter()
  // Seven in each turn: parts of a turn would have fewer.
  for (let turns = 0; turns < 2000; turns += 1) {
    for (let index = 0; index < 7; index += 1) counter.sent()
    await turn()
  }
  const { requests, replies } = counter.turns
  expect(replies).toEqual({ sizes: [], turns: [] })
  expect(requests.sizes).toEqual([7])
  const [looked = 0] = requests.turns
  // 2,000 messages are 286 turns; of the rest, one in ten is looked at.
  expect(looked).toBeGreaterThan(400)
  expect(looked).toBeLessThan(600)
})
