import { viewIds } from '../codecs/codec.ts'
import { parsePath } from '../codecs/tree-path.ts'
import { InspectorError } from '../errors.ts'
import { z } from '../schema.ts'
import { lastKeyFrame, suggestedSeparator } from './key.ts'
import { isSeparator } from './separator.ts'

const frame = z.number().int().min(0).max(lastKeyFrame)

const path = z
  .string()
  .max(1024)
  .superRefine((text, context) => {
    try {
      parsePath(text)
    } catch (thrown) {
      if (!(thrown instanceof InspectorError)) throw thrown
      context.addIssue({ code: 'custom', message: thrown.message })
    }
  })

export const topicKeySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('frame'), frame }),
  z.object({
    by: z.literal('path'),
    frame,
    encoding: z.enum(viewIds),
    message: z.string().max(1024).nullable(),
    path,
  }),
  z.object({ by: z.literal('peer') }),
])

export const separatorSchema = z
  .string()
  .refine((text) => text === suggestedSeparator || isSeparator(text), 'Write one character.')
  .nullable()

export const topicOptionsSchema = z.object({ key: topicKeySchema, separator: separatorSchema })
