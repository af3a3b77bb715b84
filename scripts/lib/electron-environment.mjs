import { delimiter, join } from 'node:path'
import { provideRuntime, runtimeExecutable } from '../electron-runtime.mjs'
import { hasDisplay, startVirtualDisplay } from './display.mjs'
import { projectFolder } from './paths.mjs'
import { provideSystemLibraries } from './system-libraries.mjs'

/**
 * @typedef {object} ElectronEnvironment
 * @property {string} runtime the runtime's folder
 * @property {string} executable the runtime's
 * @property {NodeJS.ProcessEnv} variables for a command that starts Electron
 * @property {boolean} virtualDisplay whether windows appear where nobody sees them
 */

/**
 * Provides everything that starting Electron needs, for as long as `use` takes.
 * @param {import('./say.mjs').Say} say
 * @param {(environment: ElectronEnvironment) => Promise<number>} use
 * @returns {Promise<number>} what `use` answered
 */
export async function withElectron(say, use) {
  const runtime = await provideRuntime(say)
  const executable = runtimeExecutable(runtime)
  await provideSystemLibraries(executable, say)

  const display = hasDisplay() ? undefined : await startVirtualDisplay(say)
  // Windows spells it Path; a second spelling beside the first would decide at random.
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  const variables = {
    ...process.env,
    // Says that more displays can be had: the tests start one for each further worker.
    ...(display && { DISPLAY: display.name, INSPECTOR_VIRTUAL_DISPLAY: '1' }),
    ELECTRON_OVERRIDE_DIST_PATH: runtime,
    ELECTRON_EXEC_PATH: executable,
    [pathName]: [join(projectFolder, 'node_modules', '.bin'), process.env[pathName]].join(delimiter),
  }
  try {
    return await use({ runtime, executable, variables, virtualDisplay: display !== undefined })
  } finally {
    await display?.stop()
  }
}
