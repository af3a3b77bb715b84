import { formatCount, formatSize } from '../../../shared/format.ts'
import { type LogCount, type LogFilter, shownKind } from '../../../shared/transcript/query.ts'
import type { LogStatus } from '../../../shared/transcript/status.ts'
import { behindWords } from '../../state/log-behind.ts'

/** Whether a view leaves out more than it does by itself: the events of the log have a tab of their own. */
export const isFiltered = ({ text, hides, session, kind }: LogFilter): boolean =>
  text !== '' || session !== null || hides.some((each) => !(kind === 'all' && each === 'events'))

/** `1 entry`, `2 entries`. */
export const entries = (count: number): string => `${formatCount(count)} ${count === 1 ? 'entry' : 'entries'}`

const events = (count: number): string => `${formatCount(count)} ${count === 1 ? 'event' : 'events'}`

/** What a view of the log shows, of how many; `count` is null until it is known. */
function shown(status: LogStatus, filter: LogFilter, count: LogCount | null): string {
  const matching = count === null ? '…' : `${formatCount(count.matching)}${count.isPartial ? '…' : ''}`
  if (filter.kind === 'all') {
    const of = count?.of ?? (shownKind(filter) === 'all' ? status.count : null)
    if (of === null) return '… entries'
    return isFiltered(filter) ? `${matching} of ${entries(of)}` : entries(of)
  }
  if (count === null) return '… events'
  return isFiltered(filter) ? `${matching} of ${events(count.of)}` : events(count.of)
}

/** The state of the log as a view of it says it: the size is that of the whole log, so only the whole log says it. */
export function describeLog(status: LogStatus | null, filter: LogFilter, count: LogCount | null): string {
  if (!status) return 'The log is not available'
  const { bytes, maximumBytes, evicted, recording, unlogged, unrecorded, failedToWrite, trouble } = status
  const isWhole = filter.kind === 'all'
  const parts = [shown(status, filter, count)]
  if (isWhole) parts.push(`${formatSize(bytes)} of ${formatSize(maximumBytes)}`)
  if (evicted > 0) parts.push(`${formatCount(evicted)} oldest${isWhole ? '' : ' log entries'} removed`)
  if (!recording) parts.push('recording is stopped')
  if (unrecorded > 0) parts.push(`${formatCount(unrecorded)} not recorded`)
  if (unlogged > 0) parts.push(`${formatCount(unlogged)} came too fast to log`)
  const why = trouble === null ? '' : `: ${trouble}`
  if (failedToWrite > 0) parts.push(`${formatCount(failedToWrite)} could not be written${why}`)
  else if (trouble !== null) parts.push(`cannot be written${why}`)
  return [...parts, behindWords(status)].filter((part) => part !== '').join(' · ')
}

/**
 * What stands in place of the rows where there are none; `untouched` while nothing was ever logged,
 * `hidden` where there is something that the view leaves out by itself.
 */
export function describeEmpty(status: LogStatus | null, untouched: string, hidden: string): string {
  if (!status) return untouched
  if (status.trouble !== null) return 'The log cannot be written, so there is nothing to show.'
  if (!status.recording) return 'Recording is stopped: what happens is counted, and not logged.'
  const { count, cleared, evicted, unlogged, unrecorded, failedToWrite } = status
  if (count > 0) return hidden
  const hadEntries = cleared + evicted + unlogged + unrecorded + failedToWrite > 0
  return hadEntries ? 'The log is empty.' : untouched
}
