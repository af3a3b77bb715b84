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
  changed({ lastId }) {
    process.stdout.write(`${lastId}\n`)
    while (appended < lastId + 500) {
      appended += 1
      log.append(logMessage({ frames: [bytes(`message ${appended}`)] }))
    }
  },
  damaged(_setAside, reason) {
    throw new Error(reason)
  },
  failed(reason) {
    throw new Error(reason)
  },
  recovered: () => undefined,
  disturbed: () => undefined,
})
