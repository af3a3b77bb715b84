import type { Frame } from '../message.ts'
import { sizeOf } from '../message.ts'
import { defaultSocketOptions } from '../zmq/options.ts'
import type { LabClient } from './client.ts'
import { percentileOf } from './distribution.ts'
import type { LabPlan } from './plan.ts'
import type { LabRun } from './result.ts'

/** What the instrument measures of itself. */
export interface Calibration {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Both ends and one event loop in one process, with libzmq: the cost of that alone, without a network. */
  readonly inproc: LabRun
  /** An echo in another process over TCP loopback, with each client: the least that a server here can reach. */
  readonly loopback: Readonly<Record<LabClient, LabRun>>
}

const durationMs = 2000
const warmUpMs = 500
const timeoutMs = 5000

export function calibrationPlan(endpoint: string, frames: readonly Frame[], client: LabClient): LabPlan {
  return {
    settings: {
      endpoint,
      options: defaultSocketOptions,
      security: { kind: 'none' },
      client,
      load: { model: 'closed', concurrency: 1 },
      length: { by: 'duration', milliseconds: durationMs },
      warmUpMs,
      timeoutMs,
      sweep: null,
      workers: 1,
    },
    frames,
    encodeNs: null,
  }
}

/** Figures of a calibration in nanoseconds, and the size of its message in bytes. */
export interface CalibrationFigures {
  readonly messageBytes: number
  /**
   * What each client itself takes of a round trip. With libzmq, whose other thread works unseen, that is the median over
   * inproc. ZMTP works on the event loop alone: as long as that is busy, for each reply.
   */
  readonly ownNs: Readonly<Record<LabClient, number>>
  /** Medians over TCP loopback. */
  readonly loopbackNs: Readonly<Record<LabClient, number>>
}

/** Null when it did not finish. */
export function calibrationFigures({ inproc, loopback }: Calibration): CalibrationFigures | null {
  const inprocNs = medianOf(inproc)
  const libzmqNs = medianOf(loopback.libzmq)
  const zmtpNs = medianOf(loopback.zmtp)
  const [step] = loopback.zmtp.steps
  if (inprocNs === null || libzmqNs === null || zmtpNs === null || step === undefined) return null
  const busyNs = (step.instrument.busy * step.elapsedNs) / step.counts.replied
  return {
    messageBytes: step.messageBytes,
    ownNs: { zmtp: busyNs, libzmq: inprocNs },
    loopbackNs: { zmtp: zmtpNs, libzmq: libzmqNs },
  }
}

function medianOf({ outcome, steps: [step] }: LabRun): number | null {
  return outcome === 'finished' && step ? percentileOf(step.latency, 50) : null
}

/** A part of a measured duration, at most all of it. */
export const shareOf = (partNs: number, wholeNs: number): number => (wholeNs <= 0 ? 1 : Math.min(1, partNs / wholeNs))

export const sameMessageSize = ({ messageBytes }: CalibrationFigures, frames: readonly Frame[]): boolean =>
  messageBytes === sizeOf(frames)
