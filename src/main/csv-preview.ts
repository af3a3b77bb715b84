import type { EngineThread } from '../engine/thread/engine-thread.ts'
import type { ProtobufSchema } from '../shared/codecs/protobuf/schema.ts'
import { csvTexts } from '../shared/transcript/csv.ts'
import type { CsvColumn, CsvPreview } from '../shared/transcript/csv-columns.ts'
import { offeredColumns } from '../shared/transcript/csv-offers.ts'
import type { LogFilter } from '../shared/transcript/query.ts'
import { messageOf, type TranscriptRecord } from '../shared/transcript/record.ts'
import type { Workspace } from '../shared/workspace.ts'
import { logViewsOf } from './frame-views.ts'

const shownRows = 5

interface Asked {
  readonly filter: LogFilter
  readonly columns: readonly CsvColumn[]
  /** The message whose values are offered; else the newest. */
  readonly newest?: number | undefined
}

/** What an export of the log as CSV would be like, as far as that is found in a short time. */
export async function previewCsv(
  engine: Pick<EngineThread, 'call'>,
  { filter, columns, newest }: Asked,
  workspace: Workspace,
  schema: ProtobufSchema,
): Promise<CsvPreview> {
  const recordsOf = async (afterId: number | null, limit: number): Promise<readonly TranscriptRecord[]> => {
    const { rows } = await engine.call('log.search', { filter, afterId, beforeId: null, limit })
    const records = await Promise.all(rows.map(({ id }) => engine.call('log.entry', { id })))
    return records.filter((record) => record !== null)
  }
  const [first, [last], opened] = await Promise.all([
    recordsOf(0, shownRows),
    recordsOf(null, 1),
    newest === undefined ? null : engine.call('log.entry', { id: newest }),
  ])
  const offering = opened ?? last
  const { sessions } = logViewsOf(workspace, schema)
  const views = offering && Object.hasOwn(sessions, offering.session) ? sessions[offering.session] : undefined
  const shown = (offering?.direction === 'sent' ? views?.sent : views?.received) ?? []
  const textOf = (record: TranscriptRecord) => (column: CsvColumn) => csvTexts(record, [column], schema)[0] ?? ''
  return {
    rows: first.map((record) => csvTexts(record, columns, schema)),
    offered: offering ? offeredColumns(messageOf(offering), shown, schema, textOf(offering)) : [],
  }
}
