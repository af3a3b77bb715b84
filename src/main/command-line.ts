import { once } from 'node:events'
import { app } from 'electron'
import { startLab } from '../cli/lab-child.ts'
import { openLabPort } from '../cli/lab-port.ts'
import { runProgram } from '../cli/program.ts'
import { measureInThread } from './lab-in-thread.ts'

/** What the switch says in the process that measures for `bench`. */
const measuring = 'measuring-process'

/** Up to here arguments are Chromium's and ours, from here on the command line's. */
const end = process.argv.indexOf('--')

/**
 * Runs the command line in Electron, and ends the process with its exit code.
 *
 * Electron waits with its own start for the module that a process begins with, which awaits this. So there is never a
 * window, a page, a GPU process, a lock or a folder of Chromium's, no event loop but Node's, and signals are as they are
 * on Node.js. utilityProcess, where the desktop's lab measures, needs an Electron that has started: here it is a child
 * process, as it is on Node.js, and the executable itself in this mode again.
 */
export async function runCommandLine(): Promise<void> {
  // Electron would show a dialog and go on. Node.js ends.
  process.on('uncaughtException', endBroken)
  process.on('unhandledRejection', endBroken)
  if (app.commandLine.getSwitchValue('command-line') === measuring) {
    measureInThread(openLabPort())
    await once(process, 'disconnect')
    return
  }
  const switches = process.argv.slice(1, end)
  const exitCode = await runProgram(process.argv.slice(end + 1), () =>
    startLab([...switches, `--command-line=${measuring}`]),
  )
  // Electron does not wait for what is still to be written.
  for (const stream of [process.stdout, process.stderr]) await written(stream)
  app.exit(exitCode)
}

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

function endBroken(thrown: unknown): void {
  process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`, () => app.exit(1))
}
