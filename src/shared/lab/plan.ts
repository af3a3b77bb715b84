import type { Frame } from '../message.ts'
import { z } from '../schema.ts'
import type { SocketOptions } from '../zmq/options.ts'
import { socketOptionsSchema } from '../zmq/options-schema.ts'
import { labClients } from './client.ts'
import { oneWayPatterns } from './kind.ts'
import { labSecuritySchema } from './security.ts'
import type { Share } from './share.ts'
import { stampBytes } from './stamp.ts'
import { loadOfStep, valuesOf } from './sweep.ts'

const secondMs = 1000

interface Bounds {
  readonly minimum: number
  readonly maximum: number
}

/** Bounds of a run's settings. Times in milliseconds, sizes in bytes. */
export const labBounds = {
  concurrency: { minimum: 1, maximum: 1024 },
  /** Requests that a DEALER has under way at a time. */
  inFlight: { minimum: 1, maximum: 1024 },
  /** Requests per second in an open loop. */
  rate: { minimum: 0.1, maximum: 100_000 },
  durationMs: { minimum: 100, maximum: 24 * 3600 * secondMs },
  count: { minimum: 1, maximum: 1_000_000_000 },
  warmUpMs: { minimum: 0, maximum: 3600 * secondMs },
  /** At most what the histograms can hold. */
  timeoutMs: { minimum: 1, maximum: 60 * secondMs },
  size: { minimum: 1, maximum: 64 * 1024 * 1024 },
  /** Messages per second that nobody answers. */
  messageRate: { minimum: 0.1, maximum: 10_000_000 },
  /** A message that says which it is, and when it was sent. */
  stampedSize: { minimum: stampBytes, maximum: 64 * 1024 * 1024 },
  sweepSteps: { minimum: 1, maximum: 32 },
  /** Processes that make a load together. */
  workers: { minimum: 1, maximum: 64 },
} as const satisfies Record<string, Bounds>

const whole = ({ minimum, maximum }: Bounds) => z.number().int().min(minimum).max(maximum)
const between = ({ minimum, maximum }: Bounds) => z.number().min(minimum).max(maximum)
const rateSchema = between(labBounds.rate)
/** Without it, as fast as messages are taken. */
const messageRateSchema = between(labBounds.messageRate).optional()
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(labBounds.sweepSteps.maximum)

/**
 * How messages are sent. Closed loop: each of `concurrency` sockets sends its next request when a reply arrives.
 * Open loop: requests are due at a fixed rate, whatever became of earlier ones, and are timed from when they were due.
 * Flood: `concurrency` PUSH sockets send one message again and again to somebody's PULL. One way: both ends are here, and
 * each message says which it is and when it was sent.
 */
export const loadSchema = z.discriminatedUnion('model', [
  z
    .object({
      model: z.literal('closed'),
      concurrency: whole(labBounds.concurrency),
      /** Sockets are DEALERs with so many requests under way each, rather than REQs with one. */
      inFlight: whole(labBounds.inFlight).optional(),
      /** These number their requests, in a frame before the empty one, which the peer returns. */
      numbered: z.literal(true).optional(),
    })
    .refine(({ inFlight, numbered }) => numbered === undefined || inFlight !== undefined, {
      message: 'Only requests of a DEALER are numbered: inFlight is missing.',
      path: ['inFlight'],
    }),
  z.object({ model: z.literal('open'), ratePerSecond: rateSchema }),
  z.object({
    model: z.literal('flood'),
    concurrency: whole(labBounds.concurrency),
    ratePerSecond: messageRateSchema,
  }),
  z.object({
    model: z.literal('one-way'),
    pattern: z.enum(oneWayPatterns),
    /** Bytes of each message. */
    size: whole(labBounds.stampedSize),
    ratePerSecond: messageRateSchema,
  }),
])

/** When a step ends, not counting its warm-up. */
export const lengthSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('duration'), milliseconds: whole(labBounds.durationMs) }),
  z.object({ by: z.literal('count'), requests: whole(labBounds.count) }),
])

/** The same run, repeated for several message sizes, rates, numbers of sockets or of requests in flight. */
export const sweepSchema = z.discriminatedUnion('over', [
  z.object({ over: z.literal('size'), sizes: listOf(whole(labBounds.size)) }),
  z.object({ over: z.literal('rate'), rates: listOf(between(labBounds.messageRate)) }),
  z.object({ over: z.literal('sockets'), sockets: listOf(whole(labBounds.concurrency)) }),
  z.object({ over: z.literal('inFlight'), inFlight: listOf(whole(labBounds.inFlight)) }),
])

/** All settings of a run except the message bytes; results store these. */
export const labSettingsSchema = z.object({
  endpoint: z.string().min(1).max(1024),
  options: socketOptionsSchema,
  security: labSecuritySchema,
  /** What spoke for its sockets. A document of before has none of it: that was libzmq. */
  client: z.enum(labClients).default('libzmq'),
  load: loadSchema,
  length: lengthSchema,
  warmUpMs: whole(labBounds.warmUpMs),
  /** For each request, from its send. In an open loop, also how long it may be overdue. */
  timeoutMs: whole(labBounds.timeoutMs),
  sweep: sweepSchema.nullable(),
  /** Processes that make the load together, each with its part. A document of before has none of it: there was one. */
  workers: whole(labBounds.workers).default(1),
})

export type Load = z.infer<typeof loadSchema>
export type FloodLoad = Extract<Load, { model: 'flood' }>
export type OneWayLoad = Extract<Load, { model: 'one-way' }>
export type RunLength = z.infer<typeof lengthSchema>
export type Sweep = z.infer<typeof sweepSchema>
export interface LabSettings extends z.infer<typeof labSettingsSchema> {
  readonly options: SocketOptions
}

/** A run to make. */
export interface LabPlan {
  readonly settings: LabSettings
  readonly frames: readonly Frame[]
  /** Time to encode the message once, in nanoseconds; null when it was not encoded. */
  readonly encodeNs: number | null
  /** With what the routing ids of its sockets begin; if not given, libzmq chooses them. */
  readonly routingIdPrefix?: string
  /** Which part of the load is made; all of it if not given. */
  readonly share?: Share
}

/** One part of a run, with one load and one message. */
export interface LabStep {
  /** This step's value in its sweep, such as a size in bytes; null without a sweep. */
  readonly at: number | null
  readonly load: Load
  readonly frames: readonly Frame[]
}

/** `size` bytes that do not compress well, the same each time. */
export function fillerFrame(size: number): Frame {
  const frame = new Uint8Array(size)
  let state = 0x2545f491
  for (let index = 0; index < size; index += 1) {
    // Marsaglia's xorshift32 ("Xorshift RNGs", 2003).
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    frame[index] = state & 0xff
  }
  return frame
}

/** The load of a one-way stream. Throws for any other. */
export function onlyOneWay(load: Load): OneWayLoad {
  if (load.model !== 'one-way') throw new Error(`This load is no one-way stream: ${load.model}.`)
  return load
}

/** What a run sends: a one-way stream makes its messages itself. */
export const framesOf = (load: Load, frames: readonly Frame[]): readonly Frame[] =>
  load.model === 'one-way' ? [fillerFrame(load.size)] : frames

/** The steps of a plan, in order. */
export function stepsOf({ settings, frames }: LabPlan): LabStep[] {
  const { load, sweep } = settings
  if (!sweep) return [{ at: null, load, frames }]
  return valuesOf(sweep).map((at) => ({
    at,
    load: loadOfStep(sweep, load, at),
    frames: sweep.over === 'size' ? [fillerFrame(at)] : frames,
  }))
}
