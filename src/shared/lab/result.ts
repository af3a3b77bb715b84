import type { DocumentFormat } from '../kept/document-format.ts'
import { z } from '../schema.ts'
import { distributionSchema } from './distribution.ts'
import { labSettingsSchema, loadSchema } from './plan.ts'
import { turnsSchema } from './turns.ts'

const count = z.number().int().min(0)
const nanoseconds = z.number().min(0)

/** The outcomes of a step's requests, without its warm-up. */
export const countsSchema = z.object({
  /** Requests or messages passed to libzmq, or to the system where the lab speaks ZMTP itself. */
  sent: count,
  replied: count,
  /** Sent, without a reply within the timeout. */
  timedOut: count,
  /** Sent, or due to be sent, and ended by anything else. */
  failed: count,
  /** Open loop: due, but overdue by the whole timeout before a socket was free. */
  unsent: count,
  /** Sent, and abandoned when the run was cancelled. */
  unfinished: count,
})

/** A slot of the measured time. Times in milliseconds since the step's measuring began. */
export const slotSchema = z.object({
  fromMs: z.number().min(0),
  lengthMs: z.number().min(0),
  timedOut: count,
  failed: count,
  /** Of the replies in this slot: response times in an open loop, round trips in a closed one; see the step's. */
  latency: distributionSchema,
  /** Floods: messages accepted in this slot; null of other loads. */
  accepted: count.nullable().default(null),
})

/** The load of the measuring process. */
export const instrumentSchema = z.object({
  /** How late timers fired: time in which the process did not get to what was due. */
  loopDelay: z.object({ p50Ns: nanoseconds, p99Ns: nanoseconds, maxNs: nanoseconds }),
  /** Share of the time that its event loop was busy, 0 to 1. */
  busy: z.number().min(0).max(1),
})

/** What became of the messages of a flood. */
const floodSchema = z.object({
  /** Taken by the system for the peer; by the queue of libzmq where that spoke. */
  accepted: count,
  /**
   * Of these, on connections that the peer closed when it had read them all; null where libzmq spoke, which cannot tell, and
   * in a run that was cancelled.
   */
  confirmed: count.nullable(),
  /** How often messages were handed over: several at a time, where the lab speaks ZMTP itself. */
  writes: count,
})

/** What became of the messages of a one-way stream. */
const oneWaySchema = z.object({
  /** Each message once, however often it came. */
  delivered: count,
  /** Sent, and not delivered by the end. */
  lost: count,
  /** Delivered after one that was sent later. */
  reordered: count,
  /** Delivered again. */
  repeated: count,
})

/** What the numbers of requests showed while measuring. */
const numberedSchema = z.object({
  /** Replies that came after that of a later request of their connection. */
  reordered: count,
  /** Replies to requests that had theirs. */
  repeated: count,
})

export const stepResultSchema = z.object({
  /** The step's size in bytes or rate per second in a sweep; null without a sweep. */
  at: z.number().nullable(),
  load: loadSchema,
  /** Total bytes of the request's frames. */
  messageBytes: count,
  /** When measuring began, in milliseconds since the epoch. */
  startedAt: z.number(),
  /** From the first measured send to the end of the last request. */
  elapsedNs: nanoseconds,
  counts: countsSchema,
  /**
   * Closed loop: round trips. Open loop: from when a request was due to its reply. Flood: how long each write waited until
   * the system had taken it. One way: from when a message was sent, or was due at a rate, until it was received.
   */
  latency: distributionSchema,
  /**
   * Open loop: from send to reply, which hides the effect of a stall on waiting requests. One way at a rate: from send to
   * receive. Null in other loads.
   */
  service: distributionSchema.nullable(),
  /** At a rate: from when a request or message was due to its send (of a write, the first of its messages); else null. */
  lateness: distributionSchema.nullable(),
  /** From connect to handshake, for each socket that the step started with or added. */
  connect: distributionSchema,
  /** Most sockets open at once. */
  sockets: count,
  /** Open loop: requests that found no free socket when no more could be opened. */
  waitedForSocket: count,
  /** Sockets replaced after a timeout or failure. */
  reconnects: count,
  instrument: instrumentSchema,
  /** How many requests and replies each turn of its event loop had; null in documents of before. */
  turns: turnsSchema.nullable().default(null),
  /** Why requests failed, and how often; the most frequent first. */
  errors: z.array(z.object({ code: z.string(), message: z.string(), count })),
  slots: z.array(slotSchema),
  /** Null of other loads, as is the one below. */
  flood: floodSchema.nullable().default(null),
  oneWay: oneWaySchema.nullable().default(null),
  /** Null where requests have no numbers. */
  numbered: numberedSchema.nullable().default(null),
})

/** Where and with what software a run was made. */
export const environmentSchema = z.object({
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
  architecture: z.string(),
  processor: z.string(),
  cores: count,
  memoryBytes: count,
})

/** One of several that made a load together. */
export const workerSchema = z.object({
  /** Such as `worker 2`, or what somebody has called it. */
  name: z.string().max(200),
  /** Where and with what it measured; null where that is the machine of the run. */
  environment: environmentSchema.nullable(),
  /** How its clock was compared with that of the run, at its worst; null where it is the same clock. */
  clock: z.object({ uncertaintyNs: nanoseconds, roundTripNs: nanoseconds }).nullable(),
  /** Why it ended before the run did; null where it did not. */
  lost: z.string().max(2000).nullable(),
  /**
   * Its part of each step, by the index of the step. Of its distributions, count, mean, p50, p99, minimum and maximum are
   * kept; the run's steps have all of them.
   */
  parts: z.array(z.object({ step: count, result: stepResultSchema })),
})

export const problemSchema = z.object({
  code: z.string(),
  message: z.string(),
  diagnosis: z.string().nullable(),
  /** What the diagnosis is about: a name, a path, a size. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
})

/** The version of the document below. A change that would mislead a reader of the version before needs a new one. */
export const runVersion = 1

/** A run as saved, exported and compared. Durations in nanoseconds unless their names say otherwise. */
export const labRunSchema = z.object({
  format: z.literal('zeromq-inspector-run'),
  version: z.literal(runVersion),
  name: z.string().max(200),
  /** When the run began, in milliseconds since the epoch. */
  startedAt: z.number(),
  outcome: z.enum(['finished', 'cancelled', 'failed']),
  /** Why it failed; null otherwise. */
  problem: problemSchema.nullable(),
  settings: labSettingsSchema,
  message: z.object({ frames: z.array(count), encodeNs: nanoseconds.nullable() }),
  /**
   * With what the routing ids of its sockets began. Only in runs against the application's own echo server, which
   * recognises their messages by them.
   */
  routingIdPrefix: z.string().max(64).optional(),
  environment: environmentSchema,
  steps: z.array(stepResultSchema),
  /** Those that made the load together, in their order; empty where one process made it. */
  workers: z.array(workerSchema).default([]),
})

/** How runs of every version are read. */
export const labRunFormat: DocumentFormat<z.infer<typeof labRunSchema>> = { migrations: [], schema: labRunSchema }

export type Problem = z.infer<typeof problemSchema>
export type StepCounts = z.infer<typeof countsSchema>
export type Slot = z.infer<typeof slotSchema>
export type Instrument = z.infer<typeof instrumentSchema>
export type StepResult = z.infer<typeof stepResultSchema>
export type RunWorker = z.infer<typeof workerSchema>
export type Environment = z.infer<typeof environmentSchema>
export type LabRun = z.infer<typeof labRunSchema>

export const noCounts: StepCounts = { sent: 0, replied: 0, timedOut: 0, failed: 0, unsent: 0, unfinished: 0 }

/** What became of the requests of all of these. */
export function sumOfCounts(steps: readonly Pick<StepResult, 'counts'>[]): StepCounts {
  const sum = { ...noCounts }
  for (const { counts } of steps) {
    sum.sent += counts.sent
    sum.replied += counts.replied
    sum.timedOut += counts.timedOut
    sum.failed += counts.failed
    sum.unsent += counts.unsent
    sum.unfinished += counts.unfinished
  }
  return sum
}

/** What a load is for: replies, or messages that were accepted or delivered. */
export const doneIn = ({ counts, flood, oneWay }: StepResult): number =>
  flood?.accepted ?? oneWay?.delivered ?? counts.replied

/** These per second over the measured time. */
export function throughputOf(step: StepResult): number {
  return step.elapsedNs === 0 ? 0 : (doneIn(step) / step.elapsedNs) * 1e9
}

/** What was handed over per second. */
export const sentRateOf = ({ counts, elapsedNs }: StepResult): number =>
  elapsedNs === 0 ? 0 : (counts.sent / elapsedNs) * 1e9
