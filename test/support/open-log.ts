import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { MessageLog } from '../../src/engine/transcript/log.ts'
import type { LogStatus } from '../../src/shared/transcript/status.ts'
import { builtModule } from './built.ts'
import { deferred } from './deferred.ts'

export const newLogPath = (): string => join(mkdtempSync(join(tmpdir(), 'inspector-')), 'log.sqlite')

/** A log and what it reported; closed when the test ends. */
export function openLog(path = newLogPath(), maximumBytes = 2 ** 30) {
  let look = (): void => undefined
  const told: string[] = []
  const failure = deferred<string>()
  const log = new MessageLog({
    path,
    maximumBytes,
    maximumAgeMs: null,
    tryEveryMs: 100,
    worker: pathToFileURL(builtModule('log-worker')),
    tell(event) {
      switch (event.type) {
        case 'log.changed':
          return look()
        case 'log.damaged':
          return void told.push('damaged', event.setAside, event.reason)
        case 'log.failed':
          told.push('failed', event.reason)
          return failure.resolve(event.reason)
        case 'log.recovered':
          return void told.push('recovered', String(event.lost))
        case 'log.disturbed':
          return void told.push('disturbed', event.isReplaced ? 'replaced' : 'removed')
      }
    },
  })
  onTestFinished(() => log.close())
  /** Resolves with the status once it is as wanted. */
  const until = (wanted: (status: LogStatus) => boolean) =>
    new Promise<LogStatus>((resolve) => {
      look = () => {
        if (log.status && wanted(log.status)) resolve(log.status)
      }
      look()
    })
  return { log, path, told, failed: failure.promise, until }
}
