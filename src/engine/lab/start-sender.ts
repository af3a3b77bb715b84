import { Worker } from 'node:worker_threads'
import { reasonOf } from '../../shared/reason.ts'
import type { FromSender, StartSender } from './sender-protocol.ts'
import type { SenderThreadData } from './sender-thread.ts'

/** Starts senders as threads, so that neither end of a stream holds up the other. Both modules are built. */
export const senderThreads =
  (senderModule: URL, metronomeModule: URL): StartSender =>
  (plan) => {
    const workerData: SenderThreadData = { plan, metronomeModule: metronomeModule.href }
    const thread = new Worker(senderModule, { workerData })
    let why = 'it ended by itself'
    thread.on('error', (error) => {
      why = reasonOf(error)
    })
    const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()))
    return {
      post: (message) => thread.postMessage(message),
      onMessage: (listen) => void thread.on('message', (message: FromSender) => listen(message)),
      onExit: (listen) => void ended.then(() => listen(why)),
      ended,
    }
  }
