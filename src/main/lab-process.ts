import type { ToLab } from '../engine/lab/protocol.ts'
import { measureInThread } from './lab-in-thread.ts'

/** The desktop's measuring process: a utility process, so that its crash affects nothing else. */
measureInThread({
  post: (message) => process.parentPort.postMessage(message),
  onMessage: (listen) => void process.parentPort.on('message', ({ data }: { data: ToLab }) => listen(data)),
})
