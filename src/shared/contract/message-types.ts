import type { ProtobufSchema } from '../codecs/protobuf/schema.ts'
import { z } from '../schema.ts'
import { command, nothing } from './command.ts'

/** The Protobuf message types, and the files that they come from. */
export const messageTypeCommands = {
  /** The Protobuf message types as last read. */
  'schema.read': command<ProtobufSchema>()(nothing),
  /** Lets the person choose schema files, a folder of them, or a folder to search for imports. */
  'schema.add': command<void>()(z.object({ what: z.enum(['files', 'folder', 'include-root']) })),
  'schema.remove': command<void>()(z.object({ id: z.string().max(64) })),
  /** Removes an import folder by its index. */
  'schema.removeIncludeRoot': command<void>()(z.object({ index: z.number().int().min(0) })),
  'schema.reload': command<void>()(nothing),
  /** Ends the reading that goes on; the previous types stay. */
  'schema.cancel': command<void>()(nothing),
}
