import type { LogOptions } from '../engine/transcript/log.ts'
import { formatCount } from '../shared/format.ts'
import type { Notices } from './notices.ts'
import { describeSetAside } from './unusable-files.ts'

const entries = (count: number): string => (count === 1 ? '1 entry was' : `${formatCount(count)} entries were`)

/** Tells the person what becomes of the log's file. That it cannot be written, and then can again, is one notice. */
export function logNotices(
  notices: Notices,
  path: string,
): Pick<LogOptions, 'damaged' | 'failed' | 'recovered' | 'disturbed'> {
  let trouble: number | null = null
  return {
    damaged: (setAside, reason) =>
      notices.add('warning', 'The log file was damaged', describeSetAside(path, setAside, reason)),
    failed(reason, isTriedAgain) {
      const again = isTriedAgain ? 'tried again every 10 s' : 'not tried again before the next start'
      const text = `${path}: ${reason}. Sending and receiving go on without it; it is ${again}.`
      trouble = notices.replace(trouble, { level: 'error', title: 'The log cannot be written', text })
    },
    recovered(lost) {
      const text = lost > 0 ? `${entries(lost)} lost meanwhile.` : 'Nothing was lost.'
      const level = lost > 0 ? 'warning' : 'solved'
      trouble = notices.replace(trouble, { level, title: 'The log is written again', text })
      // What was lost must be seen, whatever follows.
      if (lost > 0) trouble = null
    },
    disturbed(isReplaced) {
      const text = isReplaced
        ? `${path} was replaced by another file, which is now in use.`
        : `${path} was removed while the application was running. A new log has begun.`
      notices.add('warning', isReplaced ? 'The log file was replaced' : 'The log file was removed', text)
    },
  }
}
