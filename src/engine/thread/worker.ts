import { parentPort, workerData } from 'node:worker_threads'
import { InspectorError, toErrorValue } from '../../shared/errors.ts'
import { reasonOf } from '../../shared/reason.ts'
import { createEngine } from '../engine.ts'
import { MessageLog } from '../transcript/log.ts'
import type { EngineCallName, EngineOutput, EngineService } from './calls.ts'
import { Outbox } from './outbox.ts'
import type { EngineCall, EngineThreadData, FromEngineThread, ToEngineThread } from './protocol.ts'
import { engineService } from './service.ts'
import { transfersOf } from './transfers.ts'

/** The thread of the engine: it does nothing else, so that nothing else stands in a round trip. */
async function start(port: NonNullable<typeof parentPort>, data: EngineThreadData): Promise<void> {
  const post = (message: FromEngineThread, transfer: readonly ArrayBuffer[] = []) => port.postMessage(message, transfer)
  const unforeseen = (thrown: unknown) =>
    post({
      type: 'unforeseen',
      description: thrown instanceof Error ? (thrown.stack ?? reasonOf(thrown)) : reasonOf(thrown),
    })
  const outbox = new Outbox((events) => post({ type: 'events', events }))
  const log = new MessageLog({
    ...data.log,
    worker: new URL('./log-worker.js', import.meta.url),
    tell: (event) => outbox.push(event),
  })
  await log.numbered
  const service = engineService(createEngine({ emit: (event) => outbox.push(event), log }), log)
  const answer = async (call: ToEngineThread): Promise<void> => {
    try {
      const value = await run(service, call)
      post({ type: 'answer', id: call.id, value }, transfersOf(value))
    } catch (thrown) {
      if (!(thrown instanceof InspectorError)) unforeseen(thrown)
      post({ type: 'failure', id: call.id, error: toErrorValue(thrown) })
    }
  }
  port.on('message', (call: ToEngineThread) => void answer(call))
  // From now on as in a main process of Electron, which goes on. Before, a failure ends the thread.
  process.on('uncaughtException', unforeseen)
  process.on('unhandledRejection', unforeseen)
  post({ type: 'ready' })
}

const run = <Name extends EngineCallName>(
  service: EngineService,
  { name, input }: EngineCall<Name>,
): Promise<EngineOutput<Name>> => service[name](input)

if (!parentPort) throw new Error('This module is the thread of an engine.')
await start(parentPort, workerData)
