// npm run dev [-- ARGS]: runs the app from source, and again after every change; ARGS go to the app.
import { withElectron } from './lib/electron-environment.mjs'
import { runMain, sayOnStderr } from './lib/say.mjs'
import { machineSwitches } from './lib/switches.mjs'
import { runTool } from './lib/tool.mjs'

await runMain(() =>
  withElectron(sayOnStderr, (environment) => {
    const args = [...machineSwitches(environment, sayOnStderr), ...process.argv.slice(2)]
    return runTool('electron-vite', ['dev', '--watch', '--', ...args], { env: environment.variables })
  }),
)
