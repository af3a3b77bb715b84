import { z } from '../schema.ts'
import { maximumTopicBytes, topicEncodings } from '../session/topic.ts'
import { valueSourceSchema } from '../values/source.ts'
import { longestLabel, mostSeries } from './series.ts'

const topicSchema = z.object({ encoding: z.enum(topicEncodings), text: z.string().max(2 * maximumTopicBytes) })

export const seriesSpecSchema = z.object({
  id: z.string().min(1).max(64),
  session: z.string().min(1).max(64),
  direction: z.enum(['sent', 'received']),
  match: z.object({ how: z.enum(['exact', 'prefix']), topic: topicSchema }).nullable(),
  value: valueSourceSchema,
  x: z.union([z.literal('arrival'), z.literal('index'), valueSourceSchema]),
  part: z.object({ from: z.number().int().min(0).max(1000), every: z.number().int().min(1).max(1000) }),
})

export const plotSeriesSchema = seriesSpecSchema.extend({
  label: z.string().max(longestLabel),
  axis: z.enum(['left', 'right']),
  slot: z.number().int().min(0).max(1000),
  isHidden: z.boolean(),
})

/** The series of a window, as they are kept. */
export const plotSchema = z.object({ series: z.array(plotSeriesSchema).max(mostSeries).readonly() })
