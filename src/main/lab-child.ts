import { fileURLToPath } from 'node:url'
import { utilityProcess } from 'electron'
import type { FromLab, LabChild } from '../engine/lab/protocol.ts'
import { watchedChild } from '../engine/lab/watched-child.ts'

/** Starts the measuring process as a utility process: Node.js without a window, separate from this process. */
export function forkLab(): LabChild {
  const child = utilityProcess.fork(fileURLToPath(new URL('./lab-process.js', import.meta.url)), [], {
    serviceName: 'ZeroMQ Inspector latency lab',
    stdio: 'ignore',
  })
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  return watchedChild({
    post(message) {
      // If it has just ended, its exit event reports that.
      if (!ended) child.postMessage(message)
    },
    onMessage: (listen) => void child.on('message', (message: FromLab) => listen(message)),
    onExit: (listen) => void child.once('exit', (code) => listen(`exit code ${code}`)),
    kill: () => void child.kill(),
  })
}
