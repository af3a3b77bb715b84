import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { EngineThread } from '../../../src/engine/thread/engine-thread.ts'
import { requestSpec } from '../../../src/shared/session/spec.ts'

/**
 * Sends more than a connection holds to a peer that reads nothing, with a socket that lingers for ever; and ends the thread
 * when its input ends.
 */
const [path = '', worker = '', endpoint = ''] = process.argv.slice(2)
const thread = new EngineThread({
  worker: pathToFileURL(worker),
  log: { path, maximumBytes: 2 ** 20, maximumAgeMs: null },
  event: () => undefined,
  unforeseen(description) {
    throw new Error(description)
  },
  ended(reason) {
    throw new Error(reason)
  },
})
const spec = requestSpec(endpoint)
await thread.call('session.open', { sessionId: 'one', spec: { ...spec, options: { ...spec.options, linger: -1 } } })
const ended = thread
  .call('session.send', { sessionId: 'one', frames: [new Uint8Array(64 * 1024 * 1024)], timeoutMs: 60_000 })
  .catch((thrown: unknown) => process.stdout.write(`${thrown instanceof Error ? thrown.message : ''}\n`))
process.stdin.resume()
await once(process.stdin, 'end')
await thread.dispose()
await ended
process.stdout.write(`disposed, ${thread.lingers ? 'lingers' : 'does not linger'}\n`)
if (thread.lingers) process.exit()
