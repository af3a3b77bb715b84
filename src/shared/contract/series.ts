import { viewIds } from '../codecs/codec.ts'
import { z } from '../schema.ts'
import type { SeriesPage, SeriesSuggestions } from '../series/page.ts'
import { longestLabel, mostColumns, mostSeries } from '../series/series.ts'
import { seriesSpecSchema } from '../series/series-schema.ts'
import { lastKeyFrame } from '../topics/key.ts'
import { command } from './command.ts'
import type { SavedFile } from './files.ts'

const id = z.string().min(1).max(64)
const ids = z.array(id).max(mostSeries).readonly()
const span = z
  .object({ from: z.number(), to: z.number() })
  .refine(({ from, to }) => from <= to)
  .nullable()

/** Numbers out of messages, as they come. They cost nothing while none are watched. */
export const seriesCommands = {
  /**
   * Reads these series and no others: from the newest messages on, and what the log has before them as it is read. Those
   * that are watched already go on.
   */
  'series.watch': command<void>()(z.object({ series: z.array(seriesSpecSchema).max(mostSeries).readonly() })),
  /** A picture of some series; null when nothing changed since the version that is `known`. Throws `wrong-state` unwatched. */
  'series.page': command<SeriesPage | null>()(
    z.object({
      ids,
      span,
      columns: z.number().int().min(1).max(mostColumns),
      known: z.number().int().nullable(),
    }),
  ),
  /** Saves all points of a span, without thinning, as CSV. */
  'series.export': command<SavedFile & { readonly points: number }>()(
    z.object({
      series: z
        .array(z.object({ id, label: z.string().max(longestLabel) }))
        .max(mostSeries)
        .readonly(),
      span,
    }),
  ),
  /** What numbers and topics the newest messages of a session have. */
  'series.suggest': command<SeriesSuggestions>()(
    z.object({
      session: id,
      direction: z.enum(['sent', 'received']),
      frame: z.number().int().min(0).max(lastKeyFrame),
      encoding: z.enum(viewIds),
      message: z.string().max(1024).nullable(),
    }),
  ),
}
