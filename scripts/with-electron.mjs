// node scripts/with-electron.mjs COMMAND ARGS…: runs a command that starts Electron, with the runtime, the
// system's libraries and a display provided.
import { withElectron } from './lib/electron-environment.mjs'
import { runChild } from './lib/run-child.mjs'
import { PlainError, runMain, sayOnStderr } from './lib/say.mjs'

await runMain(async () => {
  const [command, ...args] = process.argv.slice(2)
  if (!command) throw new PlainError('Usage: node scripts/with-electron.mjs COMMAND ARGS…')
  const shell = process.platform === 'win32'
  return withElectron(sayOnStderr, ({ variables }) => runChild(command, args, { env: variables, shell }))
})
