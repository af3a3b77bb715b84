import type { ToLab } from '../engine/lab/protocol.ts'
import { serveLab } from '../engine/lab/serve.ts'

/** The measuring process of the desktop: a utility process that is told what to do by the main process. */
serveLab(
  {
    post: (message) => process.parentPort.postMessage(message),
    onMessage: (listen) => void process.parentPort.on('message', ({ data }: { data: ToLab }) => listen(data)),
  },
  new URL('./lab-metronome.js', import.meta.url),
)
