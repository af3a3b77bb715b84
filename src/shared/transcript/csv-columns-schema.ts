import { viewIds } from '../codecs/codec.ts'
import { isPath } from '../codecs/tree-path.ts'
import { z } from '../schema.ts'
import { csvFields, maximumColumns } from './csv-columns.ts'

/** The last frame that a column can have a value of. */
const lastFrame = 1000

const csvColumnSchema = z.union([
  z.object({ field: z.enum(csvFields) }),
  z.object({
    value: z.object({
      frame: z.number().int().min(0).max(lastFrame),
      encoding: z.enum(viewIds).nullable(),
      message: z.string().max(1024).nullable(),
      path: z.string().max(1024).refine(isPath, 'Write a path, such as $.price.'),
    }),
  }),
])

/** The columns of a file, in their order. */
export const csvColumnsSchema = z.array(csvColumnSchema).max(maximumColumns).readonly()
