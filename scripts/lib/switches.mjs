import { readSandboxFacts, sandboxObstacle } from './sandbox.mjs'

/**
 * The switches that Chromium needs to run well on this machine.
 * @param {import('./electron-environment.mjs').ElectronEnvironment} environment
 * @param {import('./say.mjs').Say} say
 * @returns {string[]}
 */
export function machineSwitches({ runtime, virtualDisplay }, say) {
  const switches = []
  const obstacle = sandboxObstacle(readSandboxFacts(runtime))
  if (obstacle) {
    say(`Electron runs with --no-sandbox: ${obstacle}.`)
    switches.push('--no-sandbox')
  }
  // Beside a virtual display there is no GPU to try, and often no desktop service to find: without these,
  // Chromium reports each on stderr. What the app itself prints is not affected.
  if (virtualDisplay) switches.push('--disable-gpu', '--log-level=3')
  return switches
}
