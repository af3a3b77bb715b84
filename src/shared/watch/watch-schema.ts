import { z } from '../schema.ts'
import { topicSchema } from '../session/spec-schema.ts'
import { valueSourceSchema } from '../values/source.ts'
import { mostWatches, timeUnits } from './watch.ts'

const watched = { id: z.string().min(1).max(64), topic: topicSchema.nullable().default(null) }

export const watchSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sequence'), ...watched, source: valueSourceSchema, perTopic: z.boolean() }),
  z.object({
    kind: z.literal('age'),
    ...watched,
    source: valueSourceSchema,
    unit: z.enum(timeUnits),
    lateMs: z.number().positive().max(86_400_000).nullable(),
  }),
  z.object({
    kind: z.literal('rate'),
    ...watched,
    silentSeconds: z.number().min(0.1).max(86_400).nullable(),
    overPerSecond: z.number().min(1).max(100_000_000).nullable(),
  }),
])

/** What is watched of the messages that a socket receives. */
export const watchesSchema = z.array(watchSchema).max(mostWatches).readonly()
