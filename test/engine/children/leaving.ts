import { pathToFileURL } from 'node:url'
import { createEngine } from '../../../src/engine/engine.ts'
import { MessageLog } from '../../../src/engine/transcript/log.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import { bytes } from '../../support/bytes.ts'
import { ask, serve } from '../../support/sessions.ts'

/** Uses an engine with its log, disposes of both, and then has nothing left to do. */
const [path = '', worker = ''] = process.argv.slice(2)
const log = new MessageLog({
  path,
  maximumBytes: 2 ** 20,
  maximumAgeMs: null,
  worker: pathToFileURL(worker),
  tell(event) {
    if (event.type !== 'log.changed') throw new Error(event.type)
  },
})
const engine = createEngine({ emit: () => undefined, log })
const { endpoint } = await serve(engine, 'tcp://127.0.0.1:0')
engine.open('one', requestSpec(endpoint))
await ask(engine, 'one', [bytes('Hello world!')], 5000)
await engine.dispose()
await log.close()
process.stdout.write('disposed\n')
