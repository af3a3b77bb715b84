import { z } from 'zod'
import { codecs, type EncodingId, encodingIds } from '../shared/codecs/index.ts'

/** Names of encodings beside the ones they have everywhere. */
const aliases: Readonly<Record<string, EncodingId>> = { msgpack: 'messagepack' }

/** What `--encoding` takes. */
export const encodingNames = [...encodingIds, ...Object.keys(aliases)]
export const encodingName = z.string().transform((name) => z.enum(encodingIds).parse(aliases[name] ?? name))

/** Those that have a structure to show. */
export const structuredNames = encodingNames.filter((name) => codecs[encodingName.parse(name)].read)

/** The options that name Protobuf's message types, which the commander library hands on untyped. */
export const typeOptions = z.object({
  proto: z.array(z.string()),
  include: z.array(z.string()),
  message: z.string().optional(),
})
