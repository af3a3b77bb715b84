import { z } from '../schema.ts'
import { labBounds, labSettingsSchema } from './plan.ts'
import { labProgressSchema } from './progress-schema.ts'
import { environmentSchema, problemSchema, stepResultSchema } from './result.ts'
import { labSecuritySchema } from './security.ts'

/** What takes part in a load of several programs: one leads, and the others measure. */
export const labRoles = ['lead', 'worker'] as const
export type LabRole = (typeof labRoles)[number]

/** The first frame of each message between a lead and its workers, with the version of what they say. */
export const rolesPrefix = 'zmq-inspector-lab/1'

/** The largest messages taken, in bytes: of a step with its histograms, and of a plan with its message. */
export const mostWorkerBytes = 32 * 1024 ** 2
export const mostLeadBytes = 2 * labBounds.size.maximum

const count = z.number().int().min(0)
const words = z.string().max(2000)
/** A moment of a monotonic clock, in nanoseconds. */
const moment = z.number()
const gate = z.number().int().min(0)

/** What a worker says. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  /** It is there. `security` is how it will secure its own sockets, without secrets. */
  z.object({
    type: z.literal('hello'),
    name: z.string().min(1).max(100),
    environment: environmentSchema,
    security: labSecuritySchema,
  }),
  /** Its answer to `ping`, with its own clock. */
  z.object({ type: z.literal('pong'), number: count, atNs: moment }),
  z.object({ type: z.literal('progress'), progress: labProgressSchema }),
  z.object({ type: z.literal('step'), index: count.max(labBounds.sweepSteps.maximum), result: stepResultSchema }),
  z.object({ type: z.literal('gate'), gate }),
  z.object({
    type: z.literal('done'),
    outcome: z.enum(['finished', 'cancelled', 'failed']),
    problem: problemSchema.nullable(),
    versions: z.record(z.string().max(100), z.string().max(100)),
  }),
  /** It takes no more part. */
  z.object({ type: z.literal('gone'), reason: words }),
])

/** What a lead says. */
export const fromLeadSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), name: z.string().max(200) }),
  z.object({ type: z.literal('refused'), reason: words }),
  z.object({ type: z.literal('ping'), number: count }),
  z.object({
    type: z.literal('run'),
    settings: labSettingsSchema,
    /** Of the message, in Base64. */
    frames: z.array(z.string().max(mostLeadBytes)),
    share: z.object({ index: count, of: z.number().int().min(1).max(labBounds.workers.maximum) }).nullable(),
  }),
  /** `atNs` is of the worker's clock. */
  z.object({ type: z.literal('pass'), gate, atNs: moment }),
  z.object({ type: z.literal('cancel') }),
  /** The run has ended. */
  z.object({ type: z.literal('end'), reason: words }),
])

export type FromWorker = z.infer<typeof fromWorkerSchema>
export type FromLead = z.infer<typeof fromLeadSchema>
