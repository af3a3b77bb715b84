import { z } from '../schema.ts'
import { socketOptionsSchema } from '../zmq/options-schema.ts'
import { patternIds } from '../zmq/patterns.ts'
import { securitySchema } from '../zmq/security-schema.ts'
import { behaviourIds } from './behaviours.ts'
import { lastTimedFrame, timingMatches } from './timing.ts'
import { maximumTopics, problemWithTopic, topicEncodings } from './topic.ts'

/** The most endpoints of one socket. */
const maximumEndpoints = 100

export const attachmentSchema = z.object({ how: z.enum(['bind', 'connect']), endpoint: z.string().max(1024) })

/** What a socket subscribes to, as a person writes it. */
export const topicSchema = z
  .object({ encoding: z.enum(topicEncodings), text: z.string().max(1024) })
  .superRefine((topic, context) => {
    const problem = problemWithTopic(topic)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

export const topicsSchema = z.array(topicSchema).max(maximumTopics).readonly()

/** Checks what a window or a file says of a socket. Options that an older file does not have get their defaults. */
export const socketSpecSchema = z.object({
  pattern: z.enum(patternIds),
  attach: z.array(attachmentSchema).min(1).max(maximumEndpoints).readonly(),
  options: socketOptionsSchema,
  security: securitySchema,
  subscriptions: topicsSchema.default([]),
  behaviour: z.enum(behaviourIds).nullable(),
})

export const timingSchema = z.object({
  match: z.enum(timingMatches),
  frame: z.number().int().min(0).max(lastTimedFrame),
  repliesOn: z.string().min(1).max(64).nullable(),
})
