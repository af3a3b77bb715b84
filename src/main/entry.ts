import { app } from 'electron'

// A process begins here, as the desktop or, where the packaged command line finds no Node.js, as the command line
// (build/bin/zmq-inspector starts it so). Neither loads anything of the other. Both are awaited, because Electron is
// not ready before this module is: the desktop has to register its scheme until then.
if (app.commandLine.hasSwitch('command-line')) {
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine()
} else {
  await import('./index.ts')
}
