import { z } from '../schema.ts'
import { socketOptionsSchema } from '../zmq/options-schema.ts'
import { type PatternId, patternIds, patternOf } from '../zmq/patterns.ts'
import { behaviourIds } from './behaviours.ts'

/** The most endpoints of one socket. */
const maximumEndpoints = 100

const attachmentSchema = z.object({ how: z.enum(['bind', 'connect']), endpoint: z.string().max(1024) })

/** Takes the patterns that are offered. */
const patternSchema = z.custom<PatternId>(
  (value) => patternIds.some((id) => id === value && patternOf(id).isOffered),
  'expected a kind of socket',
)

/** Checks what a window or a file says of a socket. Options that an older file does not have get their defaults. */
export const socketSpecSchema = z.object({
  pattern: patternSchema,
  attach: z.array(attachmentSchema).min(1).max(maximumEndpoints).readonly(),
  options: socketOptionsSchema,
  behaviour: z.enum(behaviourIds).nullable(),
})
