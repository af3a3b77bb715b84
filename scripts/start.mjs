// npm start [-- ARGS]: builds the app and runs it; ARGS go to the app.
import { withElectron } from './lib/electron-environment.mjs'
import { projectFolder } from './lib/paths.mjs'
import { runChild } from './lib/run-child.mjs'
import { runMain, sayOnStderr, secondsSince } from './lib/say.mjs'
import { machineSwitches } from './lib/switches.mjs'
import { runTool } from './lib/tool.mjs'

await runMain(() =>
  withElectron(sayOnStderr, async (environment) => {
    const started = performance.now()
    const built = await runTool('electron-vite', ['build', '--logLevel', 'warn'])
    if (built !== 0) return built
    sayOnStderr(`Built the app in ${secondsSince(started)}; starting it.`)
    const args = [...machineSwitches(environment, sayOnStderr), '.', ...process.argv.slice(2)]
    return runChild(environment.executable, args, { cwd: projectFolder, env: environment.variables })
  }),
)
