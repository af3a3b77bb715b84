import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FromLab, LabChild } from '../engine/lab/protocol.ts'
import { watchedChild } from '../engine/lab/watched-child.ts'
import { reasonOf } from '../shared/reason.ts'

/** Starts the measuring process on Node.js; `module` is the built lab-process.ts. */
export function forkLab(module = new URL('./lab-process.js', import.meta.url)): LabChild {
  return startLab([...process.execArgv, fileURLToPath(module)])
}

/** Starts the measuring process as a child process; `args` make this executable run lab-process.ts. */
export function startLab(args: readonly string[]): LabChild {
  const child = spawn(process.execPath, args, {
    // Sends frames and distributions as they are, not as JSON.
    serialization: 'advanced',
    // Ctrl-C reaches all processes of a terminal; this one must end only when told to, with what it measured.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return watchedChild({
    post(message) {
      // If it has just ended, its exit event reports that.
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listen) => void child.on('message', (message: FromLab) => listen(message)),
    onExit(listen) {
      let told = false
      const once = (reason: string) => {
        if (!told) listen(reason)
        told = true
      }
      child.on('error', (error) => once(reasonOf(error)))
      child.on('exit', (code, signal) => once(signal ?? `exit code ${code}`))
    },
    kill: () => void child.kill('SIGKILL'),
  })
}
