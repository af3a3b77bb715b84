import { MessageLog } from '../../../src/engine/transcript/log.ts'
import { defaultSettings, mebibytes } from '../../../src/shared/settings.ts'

/** The application's log, in a separate file, with room for what it has by default or for more. */
export function openLog(path: string, maximumBytes = mebibytes(defaultSettings.logMebibytes)): MessageLog {
  return new MessageLog({
    path,
    maximumBytes,
    maximumAgeMs: null,
    worker: new URL('./log-worker.js', import.meta.url),
    tell(event) {
      if (event.type !== 'log.changed') throw new Error(`the log cannot be used: ${JSON.stringify(event)}`)
    },
  })
}
