import { once } from 'node:events'
import { app } from 'electron'
import { startLab } from '../cli/lab-child.ts'
import { openLabPort } from '../cli/lab-port.ts'
import { runProgram } from '../cli/program.ts'
import { measureInThread } from './lab-in-thread.ts'

/** The value of the switch in the process that measures for `bench`. */
const measuring = 'measuring-process'

/** Arguments before this belong to Chromium and this module, those after it to the command line. */
const end = process.argv.indexOf('--')

/**
 * Runs the command line in Electron, and ends the process with its exit code.
 *
 * Electron delays its startup until the entry module, which awaits this, has finished. So there is no window, page, GPU
 * process, lock or Chromium folder, the event loop is Node's alone, and signals work as on Node.js. utilityProcess, in
 * which the desktop's lab measures, needs a started Electron; here the lab is a child process, as on Node.js: this
 * executable in this same mode.
 */
export async function runCommandLine(): Promise<void> {
  // Electron would show a dialog and continue. Node.js ends.
  process.on('uncaughtException', endBroken)
  process.on('unhandledRejection', endBroken)
  if (app.commandLine.getSwitchValue('command-line') === measuring) {
    measureInThread(openLabPort())
    await once(process, 'disconnect')
    return
  }
  const switches = process.argv.slice(1, end)
  const { exitCode } = await runProgram(process.argv.slice(end + 1), () =>
    startLab([...switches, `--command-line=${measuring}`]),
  )
  app.exit(exitCode)
}

function endBroken(thrown: unknown): void {
  process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`, () => app.exit(1))
}
