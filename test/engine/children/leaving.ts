import { pathToFileURL } from 'node:url'
import { createEngine } from '../../../src/engine/engine.ts'
import { MessageLog } from '../../../src/engine/log.ts'
import { defaultConnectionOptions } from '../../../src/shared/connection.ts'
import { bytes } from '../../support/bytes.ts'

/** Uses an engine with its log, disposes of both, and then has nothing left to do. */
const [path = '', worker = ''] = process.argv.slice(2)
const log = new MessageLog({
  path,
  maximumBytes: 2 ** 20,
  maximumAgeMs: null,
  worker: pathToFileURL(worker),
  changed: () => undefined,
  damaged(_setAside, reason) {
    throw new Error(reason)
  },
  failed(reason) {
    throw new Error(reason)
  },
  recovered: () => undefined,
  disturbed: () => undefined,
})
const engine = createEngine({ emit: () => undefined, log })
const { endpoint } = await engine.server.start('tcp://127.0.0.1:0')
engine.open('one', endpoint, defaultConnectionOptions)
await engine.send('one', [bytes('Hello world!')], 5000)
await engine.dispose()
await log.close()
process.stdout.write('disposed\n')
