import type { EntriesRead, ReadingProgress } from '../../shared/transcript/exported.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogCalls, LogSurvey, StoreStatus } from './protocol.ts'

/** What reading entries needs of a log. */
export interface LogPages {
  /** Resolves when everything appended so far is in the file. */
  flush(): Promise<StoreStatus>
  /** The next entries after an id, up to another. */
  page(input: LogCalls['page']['input']): Promise<LogCalls['page']['output']>
}

/** What reading all entries needs of a log. */
export interface ReadableLog extends LogPages {
  /** How many entries match, of all that were appended so far or up to one. */
  survey(input: LogCalls['survey']['input']): Promise<LogCalls['survey']['output']>
}

/** What there is to read; `matching` is null where the log removed entries before all were counted. */
interface Found extends Pick<LogSurvey, 'firstId' | 'lastId' | 'cleared' | 'evicted'> {
  readonly matching: number | null
}

/** How a reading is watched and ended. */
export interface Watched {
  readonly signal: AbortSignal
  readonly onProgress: (progress: ReadingProgress) => void
}

async function surveyOf(log: ReadableLog, filter: LogFilter, signal: AbortSignal | undefined): Promise<Found> {
  const first = await log.survey({ filter, lastId: null })
  const { firstId, lastId, cleared, evicted } = first
  let survey = first
  while (survey.isPartial) {
    signal?.throwIfAborted()
    const next = await log.survey({ filter, lastId })
    const isSameLog = next.cleared === cleared && next.evicted === evicted
    // A count that was forgotten meanwhile is begun anew, and might be so again and again.
    if (!isSameLog || next.throughId <= survey.throughId) {
      return { firstId, lastId, cleared, evicted, matching: null }
    }
    survey = next
  }
  return survey
}

/**
 * Every entry there is now that matches, with its bytes, the oldest first, read page by page. The log goes on meanwhile,
 * and its limits hold: entries may be removed before they are read. Returns how many were: what matched at the beginning
 * and was not read. Throws the reason of the signal.
 */
export async function* readEntries(
  log: ReadableLog,
  filter: LogFilter,
  { signal, onProgress }: Partial<Watched> = {},
): AsyncGenerator<TranscriptRecord, EntriesRead> {
  // A file that cannot even be opened for now has none.
  if ((await log.flush()).lastId === 0) return { removed: 0, cleared: false }
  // What comes while it is read is left out: in a flood there would be no end.
  const { matching, firstId, lastId, ...before } = await surveyOf(log, filter, signal)
  let read = 0
  let isWhole = true
  for (let afterId = 0; afterId < lastId; ) {
    onProgress?.({ done: Math.max(0, afterId - firstId + 1), of: lastId - firstId + 1 })
    const { entries, next, cleared, evicted } = await log.page({ filter, afterId, lastId })
    signal?.throwIfAborted()
    if (cleared !== before.cleared) return { removed: matching === null ? null : matching - read, cleared: true }
    isWhole = evicted === before.evicted
    read += entries.length
    yield* entries
    if (next === null) break
    afterId = next
  }
  if (isWhole) return { removed: 0, cleared: false }
  return { removed: matching === null ? null : matching - read, cleared: false }
}
