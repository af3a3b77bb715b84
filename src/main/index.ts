import { app } from 'electron'
import { startDesktop } from './start-desktop.ts'

// The process starts here, as the desktop or, when the packaged command line finds no Node.js, as the command line
// (build/bin/zmq-inspector starts it that way). The command line is awaited, because Electron does not start before
// this module has finished.
if (app.commandLine.hasSwitch('command-line')) {
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine()
} else {
  startDesktop()
}
