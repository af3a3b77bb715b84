import type { LogEvent } from '../engine/transcript/log-event.ts'
import { formatCount } from '../shared/format.ts'
import type { Notices } from './notices.ts'
import { describeSetAside } from './unusable-files.ts'

const entries = (count: number): string => (count === 1 ? '1 entry was' : `${formatCount(count)} entries were`)

/** Tells the person what becomes of the log's file. That it cannot be written, and then can again, is one notice. */
export function logNotices(notices: Notices, path: string): (event: LogEvent) => void {
  let trouble: number | null = null
  return (event) => {
    switch (event.type) {
      case 'log.changed':
        return
      case 'log.damaged':
        notices.add('warning', 'The log file was damaged', describeSetAside(path, event.setAside, event.reason))
        return
      case 'log.failed': {
        const again = event.isTriedAgain ? 'tried again every 10 s' : 'not tried again before the next start'
        const text = `${path}: ${event.reason}. Sending and receiving go on without it; it is ${again}.`
        trouble = notices.replace(trouble, { level: 'error', title: 'The log cannot be written', text })
        return
      }
      case 'log.recovered': {
        const text = event.lost > 0 ? `${entries(event.lost)} lost meanwhile.` : 'Nothing was lost.'
        const level = event.lost > 0 ? 'warning' : 'solved'
        trouble = notices.replace(trouble, { level, title: 'The log is written again', text })
        // What was lost must be seen, whatever follows.
        if (event.lost > 0) trouble = null
        return
      }
      case 'log.disturbed': {
        const text = event.isReplaced
          ? `${path} was replaced by another file, which is now in use.`
          : `${path} was removed while the application was running. A new log has begun.`
        notices.add('warning', event.isReplaced ? 'The log file was replaced' : 'The log file was removed', text)
      }
    }
  }
}
