import { z } from 'zod'
import { type EncodingId, encodingIds } from '../shared/codecs/codec.ts'
import { encodingFacts } from '../shared/codecs/facts.ts'

/** Additional names of encodings on the command line. */
const aliases: Readonly<Record<string, EncodingId>> = { msgpack: 'messagepack' }

/** The values of `--encoding`. */
export const encodingNames = [...encodingIds, ...Object.keys(aliases)]
export const encodingName = z.string().transform((name) => z.enum(encodingIds).parse(aliases[name] ?? name))

/** The encodings that have a structure. */
export const structuredNames = encodingNames.filter((name) => encodingFacts[encodingName.parse(name)].hasTree)

/** The options that name Protobuf message types; commander passes them untyped. */
export const typeOptions = z.object({
  proto: z.array(z.string()),
  include: z.array(z.string()),
  message: z.string().optional(),
})
