import { parentPort, workerData } from 'node:worker_threads'
import { toErrorValue } from '../../shared/errors.ts'
import { StreamSender } from './sender.ts'
import type { FromSender, SenderPlan, ToSender } from './sender-protocol.ts'

/** What the thread is started with. */
export interface SenderThreadData {
  readonly plan: SenderPlan
  /** The built metronome thread. */
  readonly metronomeModule: string
}

if (!parentPort) throw new Error('This module is the thread that sends a one-way stream.')
const port = parentPort
const { plan, metronomeModule }: SenderThreadData = workerData
const post = (message: FromSender): void => port.postMessage(message)
const sender = new StreamSender(plan, new URL(metronomeModule), post)

/** It has nothing left to do: its sockets must have gone before the thread ends. */
async function end(): Promise<void> {
  await sender.dispose()
  port.close()
}

port.on('message', (message: ToSender) => {
  const work = sender.take(message)
  if (message.type === 'heard') return
  work.then(end).catch((thrown: unknown) => post({ type: 'broken', error: toErrorValue(thrown) }))
})
await sender.connect()
