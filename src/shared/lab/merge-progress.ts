import { mergeDistributions, percentileOf } from './distribution.ts'
import { mergeSlots } from './merge-steps.ts'
import type { LabProgress, LiveStep } from './progress.ts'

const phases: readonly LabProgress['phase'][] = ['connecting', 'warming-up', 'measuring', 'finishing']

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

function liveOf(parts: readonly LabProgress[]): LiveStep | null {
  const lives = parts.map(({ live }) => live).filter((live) => live !== null)
  if (lives.length === 0) return null
  return {
    latency: mergeDistributions(lives.map(({ latency }) => latency)),
    slots: mergeSlots(lives.map(({ slots }) => slots)),
  }
}

/** The progress of several that make one load: that of the last of them, with the figures of all. There is at least one. */
export function mergeProgress(all: readonly LabProgress[]): LabProgress {
  const step = Math.min(...all.map((each) => each.step))
  const parts = all.filter((each) => each.step === step)
  const live = liveOf(parts)
  const known = parts.map(({ remainingMs }) => remainingMs).filter((each) => each !== null)
  const percentile = (of: number) => (live === null ? null : percentileOf(live.latency, of))
  return {
    phase: phases[Math.min(...parts.map(({ phase }) => phases.indexOf(phase)))] ?? 'connecting',
    step,
    steps: Math.max(...parts.map(({ steps }) => steps)),
    fraction: Math.min(...parts.map(({ fraction }) => fraction)),
    remainingMs: known.length === 0 ? null : Math.max(...known),
    sent: sum(parts.map(({ sent }) => sent)),
    replied: sum(parts.map(({ replied }) => replied)),
    timedOut: sum(parts.map(({ timedOut }) => timedOut)),
    failed: sum(parts.map(({ failed }) => failed)),
    p50Ns: percentile(50),
    p90Ns: percentile(90),
    p99Ns: percentile(99),
    maxNs: live?.latency.maxNs ?? null,
    throughputPerSecond: sum(parts.map(({ throughputPerSecond }) => throughputPerSecond)),
    live,
  }
}
