import type { Distribution } from '../../src/shared/lab/distribution.ts'
import { emptyDistribution, mergeDistributions } from '../../src/shared/lab/distribution.ts'
import type { LabSettings } from '../../src/shared/lab/plan.ts'
import { type LabRun, noCounts, type Slot, type StepResult } from '../../src/shared/lab/result.ts'
import { defaultSocketOptions } from '../../src/shared/zmq/options.ts'

/** A short run against the usual endpoint. */
export const labSettings: LabSettings = {
  endpoint: 'tcp://127.0.0.1:25933',
  options: defaultSocketOptions,
  security: { kind: 'none' },
  client: 'libzmq',
  load: { model: 'closed', concurrency: 1 },
  length: { by: 'count', requests: 100 },
  warmUpMs: 0,
  timeoutMs: 2000,
  sweep: null,
  workers: 1,
}

/** The distribution of exactly these durations, in nanoseconds. */
export function distributionOf(samples: readonly number[]): Distribution {
  return mergeDistributions(
    samples.map((sample) => ({
      count: 1,
      meanNs: sample,
      minNs: sample,
      maxNs: sample,
      values: [sample],
      counts: [1],
    })),
  )
}

/** A closed-loop step with the replies of its slots, 100 ms each. */
export function stepOf(slots: readonly (readonly number[])[], part: Partial<StepResult> = {}): StepResult {
  const made = slots.map(
    (samples, index): Slot => ({
      fromMs: index * 100,
      lengthMs: 100,
      timedOut: 0,
      failed: 0,
      latency: distributionOf(samples),
      accepted: null,
    }),
  )
  const latency = mergeDistributions(made.map((slot) => slot.latency))
  return {
    at: null,
    load: { model: 'closed', concurrency: 1 },
    messageBytes: 12,
    startedAt: 1_700_000_000_000,
    elapsedNs: slots.length * 100e6,
    counts: { ...noCounts, sent: latency.count, replied: latency.count },
    latency,
    service: null,
    lateness: null,
    connect: emptyDistribution,
    sockets: 1,
    waitedForSocket: 0,
    reconnects: 0,
    instrument: { loopDelay: { p50Ns: 0, p99Ns: 0, maxNs: 0 }, busy: 0.2 },
    turns: null,
    errors: [],
    slots: made,
    flood: null,
    oneWay: null,
    numbered: null,
    ...part,
  }
}

export function runOf(steps: readonly StepResult[], part: Partial<LabRun> = {}): LabRun {
  return {
    format: 'zeromq-inspector-run',
    version: 1,
    name: 'a run',
    startedAt: 1_700_000_000_000,
    outcome: 'finished',
    problem: null,
    settings: labSettings,
    message: { frames: [12], encodeNs: 5000 },
    environment: {
      versions: { 'zeromq.js': '6.8.0' },
      platform: 'linux',
      architecture: 'x64',
      processor: 'a processor',
      cores: 2,
      memoryBytes: 2 ** 30,
    },
    steps: [...steps],
    workers: [],
    ...part,
  }
}
