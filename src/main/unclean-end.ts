import type { EngineThread } from '../engine/thread/engine-thread.ts'
import { formatClock, formatDay } from '../shared/format.ts'
import type { UncleanEnd } from './running-mark.ts'

const anything = { text: '', kind: 'all', hides: [], session: null } as const

const timeOf = (epochMilliseconds: number): string =>
  `${formatDay(epochMilliseconds)} ${formatClock(epochMilliseconds)}`

/** When the newest entry that an earlier application logged was made, in milliseconds since the epoch; null for none. */
export async function newestEntryBefore(engine: EngineThread, startedAt: number): Promise<number | null> {
  const rows = await engine.call('log.query', { filter: anything, afterId: null, beforeId: null, limit: 100 })
  return rows.findLast(({ at }) => at < startedAt)?.at ?? null
}

/** What a person is told of an application that did not end by itself. `newest`: when its last log entry was made. */
export function describeUncleanEnd({ startedAt, doing }: UncleanEnd, newest: number | null): string {
  const when = startedAt === null ? '' : `It had been started at ${timeOf(startedAt)}. `
  const what = doing.length === 0 ? '' : `Under way, and not finished: ${doing.join('; ')}. `
  const kept =
    newest === null ? 'The log has no entry of that time.' : `The newest entry in the log is of ${timeOf(newest)}.`
  return `${when}${what}${kept}`
}
