import { z } from '../schema.ts'
import { filterParts, type LogCount } from '../transcript/query.ts'
import type { RecordRow, TranscriptRecord } from '../transcript/record.ts'
import { command, nothing } from './command.ts'
import type { SavedFile } from './files.ts'

const filter = z.object({
  text: z.string().max(1000),
  part: z.enum(filterParts).optional(),
  kind: z.enum(['message', 'event', 'all']),
  direction: z.enum(['sent', 'received', 'all']),
  session: z.string().max(64).nullable(),
})

/** What was logged of all sessions. */
export const logCommands = {
  'log.query': command<readonly RecordRow[]>()(
    z.object({
      filter,
      /** Only entries after this id, oldest first; excludes `beforeId`. */
      afterId: z.number().int().nullable(),
      /** Only entries before this id, nearest first. */
      beforeId: z.number().int().nullable(),
      limit: z.number().int().min(1).max(1000),
    }),
  ),
  'log.count': command<LogCount>()(z.object({ filter })),
  'log.entry': command<TranscriptRecord | null>()(z.object({ id: z.number().int() })),
  'log.clear': command<void>()(nothing),
  /** `complete`: whether all entries are in the file; the log may be cleared meanwhile. */
  'log.export': command<SavedFile & { readonly entries: number; readonly complete: boolean }>()(z.object({ filter })),
}
