import type { DocumentFormat } from '../kept/document-format.ts'
import { z } from '../schema.ts'
import { distributionSchema } from './distribution.ts'
import { labSettingsSchema, loadSchema } from './plan.ts'

const count = z.number().int().min(0)
const nanoseconds = z.number().min(0)

/** What became of the requests of one step, those of its warm-up left out. */
export const countsSchema = z.object({
  /** Handed to libzmq. */
  sent: count,
  replied: count,
  /** Sent, and without a reply within the time limit. */
  timedOut: count,
  /** Sent, or meant to be, and ended by anything else. */
  failed: count,
  /** Open loop: due, but overdue by the whole time limit before a socket was free to send them. */
  unsent: count,
  /** Sent and given up when the run was cancelled. */
  unfinished: count,
})

/** A stretch of the measured time. Times in milliseconds since the step's measuring began. */
export const slotSchema = z.object({
  fromMs: z.number().min(0),
  lengthMs: z.number().min(0),
  timedOut: count,
  failed: count,
  /** Of the replies that came in this stretch: response times in an open loop, round trips in a closed one. */
  latency: distributionSchema,
})

/** How the measuring process itself fared. */
export const instrumentSchema = z.object({
  /** By how much timers were late: what the process did not get to when it was due. */
  loopDelay: z.object({ p50Ns: nanoseconds, p99Ns: nanoseconds, maxNs: nanoseconds }),
  /** Share of the time that its event loop was busy, 0 to 1. */
  busy: z.number().min(0).max(1),
})

export const stepResultSchema = z.object({
  /** The size in bytes or the rate a second that a sweep had come to; null without a sweep. */
  at: z.number().nullable(),
  load: loadSchema,
  /** Bytes in all frames of the request together. */
  messageBytes: count,
  /** Milliseconds since the epoch when measuring began. */
  startedAt: z.number(),
  /** From the first measured send to the last end of one. */
  elapsedNs: nanoseconds,
  counts: countsSchema,
  /** Closed loop: round trips. Open loop: from when a request was due to its reply. */
  latency: distributionSchema,
  /** Open loop: from the send to the reply, which hides what a stall does to those who wait; null in a closed loop. */
  service: distributionSchema.nullable(),
  /** Open loop: from when a request was due to its send; null in a closed loop. */
  lateness: distributionSchema.nullable(),
  /** From connect to handshake of each socket that the step began with or took in addition. */
  connect: distributionSchema,
  /** Most sockets that there were at a time. */
  sockets: count,
  /** Open loop: requests that found no free socket while no more could be opened. */
  waitedForSocket: count,
  /** Sockets that were replaced after a timeout or a failure. */
  reconnects: count,
  instrument: instrumentSchema,
  /** Why requests failed, and how often; the most frequent first. */
  errors: z.array(z.object({ code: z.string(), message: z.string(), count })),
  slots: z.array(slotSchema),
})

/** Where and with what a run was made. */
export const environmentSchema = z.object({
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
  architecture: z.string(),
  processor: z.string(),
  cores: count,
  memoryBytes: count,
})

export const problemSchema = z.object({ code: z.string(), message: z.string(), diagnosis: z.string().nullable() })

/** The version of the document below. A change that would mislead a reader of the version before needs a new one. */
export const runVersion = 1

/** A run as it is kept, exported and compared. All durations in nanoseconds but those named otherwise. */
export const labRunSchema = z.object({
  format: z.literal('zeromq-inspector-run'),
  version: z.literal(runVersion),
  name: z.string().max(200),
  /** Milliseconds since the epoch when the run began. */
  startedAt: z.number(),
  outcome: z.enum(['finished', 'cancelled', 'failed']),
  /** Why it failed; null otherwise. */
  problem: problemSchema.nullable(),
  settings: labSettingsSchema,
  message: z.object({ frames: z.array(count), encodeNs: nanoseconds.nullable() }),
  environment: environmentSchema,
  steps: z.array(stepResultSchema),
})

/** How runs of every version are read. */
export const labRunFormat: DocumentFormat<z.infer<typeof labRunSchema>> = { migrations: [], schema: labRunSchema }

export type Problem = z.infer<typeof problemSchema>
export type StepCounts = z.infer<typeof countsSchema>
export type Slot = z.infer<typeof slotSchema>
export type Instrument = z.infer<typeof instrumentSchema>
export type StepResult = z.infer<typeof stepResultSchema>
export type Environment = z.infer<typeof environmentSchema>
export type LabRun = z.infer<typeof labRunSchema>

export const noCounts: StepCounts = { sent: 0, replied: 0, timedOut: 0, failed: 0, unsent: 0, unfinished: 0 }

/** Replies a second over the measured time. */
export function throughputOf({ counts, elapsedNs }: StepResult): number {
  return elapsedNs === 0 ? 0 : (counts.replied / elapsedNs) * 1e9
}
