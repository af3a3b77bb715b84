import type { ToLab } from '../engine/lab/protocol.ts'
import { measureInThread } from './lab-in-thread.ts'

/** The measuring process of the desktop: a utility process, so that its crash harms nothing else. */
measureInThread({
  post: (message) => process.parentPort.postMessage(message),
  onMessage: (listen) => void process.parentPort.on('message', ({ data }: { data: ToLab }) => listen(data)),
})
