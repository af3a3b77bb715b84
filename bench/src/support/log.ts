import { MessageLog } from '../../../src/engine/transcript/log.ts'
import { defaultSettings, mebibytes } from '../../../src/shared/settings.ts'

/** The application's log, in a separate file. */
export function openLog(path: string): MessageLog {
  const fail = (reason: string) => {
    throw new Error(`the log cannot be used: ${reason}`)
  }
  return new MessageLog({
    path,
    maximumBytes: mebibytes(defaultSettings.logMebibytes),
    maximumAgeMs: null,
    worker: new URL('./log-worker.js', import.meta.url),
    changed: () => undefined,
    damaged: (_setAside, reason) => fail(reason),
    failed: fail,
    recovered: () => undefined,
    disturbed: () => fail('it was removed'),
  })
}
