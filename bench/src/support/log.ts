import { MessageLog } from '../../../src/engine/transcript/log.ts'
import { defaultSettings, mebibytes } from '../../../src/shared/settings.ts'

/** The application's log, in a separate file. */
export function openLog(path: string): MessageLog {
  return new MessageLog({
    path,
    maximumBytes: mebibytes(defaultSettings.logMebibytes),
    maximumAgeMs: null,
    worker: new URL('./log-worker.js', import.meta.url),
    tell(event) {
      if (event.type !== 'log.changed') throw new Error(`the log cannot be used: ${JSON.stringify(event)}`)
    },
  })
}
