import { z } from 'zod'
import { type EncodingId, encodingIds, type ViewId } from '../shared/codecs/codec.ts'
import { viewFacts } from '../shared/codecs/facts.ts'

/** Additional names of encodings on the command line. */
const aliases: Readonly<Record<string, EncodingId>> = { msgpack: 'messagepack' }

/** The values of `--encoding`. */
export const encodingNames = [...encodingIds, ...Object.keys(aliases)]
export const encodingName = z.string().transform((name) => z.enum(encodingIds).parse(aliases[name] ?? name))

/** The values of `--decode`: also what can only be read. */
export const viewNames = [...encodingNames, 'pickle']
const decodable = ['pickle', ...encodingIds] as const
export const viewName = z.string().transform((name): ViewId => z.enum(decodable).parse(aliases[name] ?? name))

/** The views that have a structure. */
export const structuredNames = viewNames.filter((name) => viewFacts[viewName.parse(name)].hasTree)

/** The options that name Protobuf message types; commander passes them untyped. */
export const typeOptions = z.object({
  proto: z.array(z.string()),
  include: z.array(z.string()),
  message: z.string().optional(),
})
