import { z } from '../schema.ts'
import type { CsvPreview } from '../transcript/csv-columns.ts'
import { csvColumnsSchema } from '../transcript/csv-columns-schema.ts'
import type { ExportedLog, ReadingProgress } from '../transcript/exported.ts'
import { type FoundRows, filterParts, hideable, type LogCount, sortColumns } from '../transcript/query.ts'
import type { RecordRow, TranscriptRecord } from '../transcript/record.ts'
import { maximumSearchLength } from '../transcript/search.ts'
import { command, nothing } from './command.ts'
import type { SavedFile } from './files.ts'

/** The recording that is open, in place of the log. */
const transcript = z.literal('recording').optional()

const filter = z.object({
  text: z.string().max(maximumSearchLength),
  part: z.enum(filterParts).optional(),
  kind: z.enum(['message', 'event', 'all']),
  hides: z.array(z.enum(hideable)).max(hideable.length).readonly(),
  session: z.string().max(64).nullable(),
  transcript,
})

/** In which form entries are exported. */
const exportForm = z.discriminatedUnion('format', [
  z.object({ format: z.literal('ndjson') }),
  z.object({ format: z.literal('recording') }),
  z.object({
    format: z.literal('csv'),
    columns: csvColumnsSchema.refine((columns) => columns.length > 0, 'Choose a column.'),
  }),
])

export type ExportForm = z.infer<typeof exportForm>

/** What was logged of all sessions. A search takes a short time, and says from where it has to go on. */
export const logCommands = {
  'log.query': command<FoundRows<RecordRow>>()(
    z.object({
      filter,
      /** Only entries after this id, oldest first; excludes `beforeId`. */
      afterId: z.number().int().nullable(),
      /** Only entries before this id, nearest first. */
      beforeId: z.number().int().nullable(),
      limit: z.number().int().min(1).max(1000),
      /** Another order than that of ids: then the first rows in it. */
      sort: z.object({ by: z.enum(sortColumns), descending: z.boolean() }).nullish(),
    }),
  ),
  /** Only of entries after an id, if one is given. */
  'log.count': command<LogCount>()(z.object({ filter, afterId: z.number().int().optional() })),
  'log.entry': command<TranscriptRecord | null>()(z.object({ id: z.number().int(), transcript })),
  /** The id of the reply to a request, or of the request of a reply; null when there is none, or none near it. */
  'log.partner': command<number | null>()(z.object({ id: z.number().int(), transcript })),
  /** Starts or stops logging what happens, until the application ends. What is not logged meanwhile is counted. */
  'log.record': command<void>()(z.object({ recording: z.boolean() })),
  'log.clear': command<void>()(nothing),
  /** What an export as CSV would have, and what it could have, after what `newest` or the newest message has. */
  'log.csv': command<CsvPreview>()(
    z.object({ filter, columns: csvColumnsSchema, newest: z.number().int().optional() }),
  ),
  /** As NDJSON unless another form is asked for; without a path when the person cancels, before or while it is written. */
  'log.export': command<SavedFile & ExportedLog>()(z.object({ filter, as: exportForm.optional() })),
  /** How far the export has come that is under way; null while none is. */
  'log.exportProgress': command<ReadingProgress | null>()(nothing),
  'log.cancelExport': command<void>()(nothing),
}
