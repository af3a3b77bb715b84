import { app } from 'electron'
import { startDesktop } from './start-desktop.ts'

// A process begins here, as the desktop or, where the packaged command line finds no Node.js, as the command line
// (build/bin/zmq-inspector starts it so). That is awaited, because Electron does not start before this module has ended.
if (app.commandLine.hasSwitch('command-line')) {
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine()
} else {
  startDesktop()
}
