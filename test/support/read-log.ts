import { type ReadableLog, readEntries } from '../../src/engine/transcript/read-entries.ts'
import type { LogStore } from '../../src/engine/transcript/store.ts'
import type { EntriesRead } from '../../src/shared/transcript/exported.ts'
import type { LogFilter } from '../../src/shared/transcript/query.ts'

/** A store to read entries of, which has no time to count more than a part at once. Calls `between` after each part. */
export function readableIn(store: LogStore, between: () => void = () => undefined): ReadableLog {
  const ofStore = () => ({ cleared: store.status.cleared, evicted: store.status.evicted })
  return {
    flush: async () => store.status,
    page: async ({ filter, afterId, lastId }) => ({ ...store.page(filter, afterId, lastId), ...ofStore() }),
    survey: async ({ filter, lastId }) => {
      const survey = { ...store.survey(filter, lastId, Number.NEGATIVE_INFINITY), ...ofStore() }
      between()
      return survey
    },
  }
}

/** The numbers of what was read, and what became of the others. Calls `onRead` with how many were read so far. */
export async function readToEnd(
  log: ReadableLog,
  filter: LogFilter,
  onRead: (count: number) => Promise<void> = async () => undefined,
): Promise<{ readonly ids: readonly number[]; readonly read: EntriesRead }> {
  const ids: number[] = []
  const entries = readEntries(log, filter)
  for (;;) {
    const next = await entries.next()
    if (next.done) return { ids, read: next.value }
    ids.push(next.value.id)
    await onRead(ids.length)
  }
}
