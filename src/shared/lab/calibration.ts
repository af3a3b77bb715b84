import type { Frame } from '../message.ts'
import { sizeOf } from '../message.ts'
import { defaultSocketOptions } from '../zmq/options.ts'
import { percentileOf } from './distribution.ts'
import type { LabPlan } from './plan.ts'
import type { LabRun } from './result.ts'

/** What the instrument measures of itself. */
export interface Calibration {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Both ends and one event loop in one process: the cost of the instrument alone, without a network. */
  readonly inproc: LabRun
  /** An echo in another process over TCP loopback: the least that a server on this machine can reach. */
  readonly loopback: LabRun
}

const durationMs = 2000
const warmUpMs = 500
const timeoutMs = 5000

export function calibrationPlan(endpoint: string, frames: readonly Frame[]): LabPlan {
  return {
    settings: {
      endpoint,
      options: defaultSocketOptions,
      security: { kind: 'none' },
      client: 'libzmq',
      load: { model: 'closed', concurrency: 1 },
      length: { by: 'duration', milliseconds: durationMs },
      warmUpMs,
      timeoutMs,
      sweep: null,
    },
    frames,
    encodeNs: null,
  }
}

/** Medians of a calibration in nanoseconds, and the size of its message in bytes; null when it did not finish. */
export interface CalibrationFigures {
  readonly messageBytes: number
  readonly inprocNs: number
  readonly loopbackNs: number
}

export function calibrationFigures({ inproc, loopback }: Calibration): CalibrationFigures | null {
  const median = (run: LabRun) => {
    const step = run.outcome === 'finished' ? run.steps[0] : undefined
    return step ? percentileOf(step.latency, 50) : null
  }
  const inprocNs = median(inproc)
  const loopbackNs = median(loopback)
  if (inprocNs === null || loopbackNs === null) return null
  return { messageBytes: loopback.steps[0]?.messageBytes ?? 0, inprocNs, loopbackNs }
}

/** A part of a measured duration, at most all of it. */
export const shareOf = (partNs: number, wholeNs: number): number => (wholeNs <= 0 ? 1 : Math.min(1, partNs / wholeNs))

export const sameMessageSize = ({ messageBytes }: CalibrationFigures, frames: readonly Frame[]): boolean =>
  messageBytes === sizeOf(frames)
