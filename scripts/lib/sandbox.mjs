import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} SandboxFacts
 * @property {boolean} root whether the app would run as root
 * @property {boolean} helperReady whether the runtime's chrome-sandbox belongs to root with the setuid bit
 * @property {boolean} namespacesRefused whether the system refuses user namespaces to ordinary programs
 */

/**
 * Why Chromium's sandbox cannot work here. Chromium refuses to start rather than go without it silently.
 * @param {SandboxFacts} facts
 * @returns {string | undefined}
 */
export function sandboxObstacle(facts) {
  if (facts.root) return 'Chromium has no sandbox for root'
  if (facts.namespacesRefused && !facts.helperReady) return 'this system refuses user namespaces to the sandbox'
  return undefined
}

/**
 * @param {string} runtime the runtime's folder
 * @returns {SandboxFacts}
 */
export function readSandboxFacts(runtime) {
  if (process.platform !== 'linux') return { root: false, helperReady: true, namespacesRefused: false }
  const helper = join(runtime, 'chrome-sandbox')
  const helperStatus = existsSync(helper) ? statSync(helper) : undefined
  return {
    root: process.getuid?.() === 0,
    helperReady: helperStatus?.uid === 0 && (helperStatus.mode & 0o4000) !== 0,
    namespacesRefused:
      kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
      kernelSetting('kernel/unprivileged_userns_clone') === '0' ||
      namespaceTrialFails(),
  }
}

/** Containers refuse namespaces by means that no setting shows: only a try tells. Without the tool, no answer. */
function namespaceTrialFails() {
  const { error, status } = spawnSync('unshare', ['--user', '--map-root-user', 'true'])
  return !error && status !== 0
}

/** @param {string} name */
function kernelSetting(name) {
  const file = join('/proc/sys', name)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}
