import type { LogFilter } from '../../shared/transcript/query.ts'
import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogCalls, StoreStatus } from './protocol.ts'

/** What reading all entries needs of a log. */
export interface LogPages {
  /** Resolves when everything appended so far is in the file. */
  flush(): Promise<StoreStatus>
  /** The next entries after an id, up to another. */
  page(input: LogCalls['page']['input']): Promise<LogCalls['page']['output']>
}

/**
 * Every entry there is now that matches, with its bytes, the oldest first, read page by page. Returns whether these are
 * all: false when the log was cleared meanwhile.
 */
export async function* readEntries(log: LogPages, filter: LogFilter): AsyncGenerator<TranscriptRecord, boolean> {
  // What comes while it is read is left out: in a flood there would be no end.
  const { lastId, cleared: clearedBefore } = await log.flush()
  for (let afterId = 0; afterId < lastId; ) {
    const { entries, next, cleared } = await log.page({ filter, afterId, lastId })
    if (cleared !== clearedBefore) return false
    yield* entries
    if (next === null) break
    afterId = next
  }
  return true
}
