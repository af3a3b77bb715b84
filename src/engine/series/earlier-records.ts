import type { TranscriptRecord } from '../../shared/transcript/record.ts'
import type { LogPages } from '../transcript/read-entries.ts'

/** Numbers of records that are asked for at once. */
const numbersAtOnce = 2000
/** The most messages, and numbers that are looked through for them. */
const mostMessages = 100_000
const mostNumbers = 2_000_000

/** Messages of a session in the log that came before a number, in parts, the newest part first; none without a log. */
export async function* earlierRecords(
  log: LogPages | undefined,
  session: string,
  before: number,
): AsyncGenerator<readonly TranscriptRecord[]> {
  if (!log) return
  const { lastId, cleared: clearedBefore } = await log.flush()
  const filter = { text: '', kind: 'message', hides: [], session } as const
  const last = Math.min(lastId, before - 1)
  let found = 0
  for (let end = last; end > 0 && found < mostMessages && last - end < mostNumbers; end -= numbersAtOnce) {
    const part: TranscriptRecord[] = []
    for (let afterId: number | null = Math.max(0, end - numbersAtOnce); afterId !== null && afterId < end; ) {
      const page = await log.page({ filter, afterId, lastId: end })
      if (page.cleared !== clearedBefore) return
      part.push(...page.entries)
      afterId = page.next
    }
    found += part.length
    if (part.length > 0) yield part
  }
}
