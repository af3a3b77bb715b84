import { pathToFileURL } from 'node:url'
import { MessageLog } from '../../../src/engine/transcript/log.ts'
import { bytes } from '../../support/bytes.ts'
import { logMessage } from '../../support/log-entries.ts'

/** Appends to the log until killed, and prints the id up to which the log reported everything as written. */
const [path = '', worker = ''] = process.argv.slice(2)
let appended = 0

const log = new MessageLog({
  path,
  maximumBytes: 2 ** 40,
  maximumAgeMs: null,
  worker: pathToFileURL(worker),
  tell(event) {
    if (event.type !== 'log.changed') throw new Error(event.type)
    const { lastId } = event.status
    process.stdout.write(`${lastId}\n`)
    while (appended < lastId + 500) {
      appended += 1
      log.append(logMessage({ frames: [bytes(`message ${appended}`)] }))
    }
  },
})
