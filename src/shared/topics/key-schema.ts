import { viewIds } from '../codecs/codec.ts'
import { z } from '../schema.ts'
import { pathSchema } from '../values/source.ts'
import { lastKeyFrame, suggestedSeparator } from './key.ts'
import { isSeparator } from './separator.ts'

const frame = z.number().int().min(0).max(lastKeyFrame)

const topicKeySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('frame'), frame }),
  z.object({
    by: z.literal('path'),
    frame,
    encoding: z.enum(viewIds),
    message: z.string().max(1024).nullable(),
    path: pathSchema,
  }),
  z.object({ by: z.literal('peer') }),
])

const separatorSchema = z
  .string()
  .refine((text) => text === suggestedSeparator || isSeparator(text), 'Write one character.')
  .nullable()

export const topicOptionsSchema = z.object({ key: topicKeySchema, separator: separatorSchema })
