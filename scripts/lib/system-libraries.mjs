import { execFile, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hasDisplay } from './display.mjs'
import { findProgram } from './paths.mjs'
import { PlainError, secondsSince } from './say.mjs'

const execute = promisify(execFile)

/** What Electron links against, as Debian's packages; each draws in the rest of its own. */
const LIBRARY_PACKAGES = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2']

/**
 * Makes sure that Linux has what the runtime needs of the system: shared libraries, a font, and a virtual
 * display where there is no real one. Installs it as root on a Debian-like system; otherwise says what to run.
 * @param {string} executable the runtime's
 * @param {import('./say.mjs').Say} say
 */
export async function provideSystemLibraries(executable, say) {
  if (process.platform !== 'linux') return
  const lacking = await findLacking(executable)
  if (lacking.packages.length === 0) return
  const reason = lacking.reasons.join('; ')
  if (!findProgram('apt-get')) {
    throw new PlainError(`This system lacks what Electron needs: ${reason}. Install it with your package manager.`)
  }
  if (process.getuid?.() !== 0) {
    throw new PlainError(
      `This system lacks what Electron needs: ${reason}. Run:\n` +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${namesHere(lacking.packages).join(' ')}`,
    )
  }
  await install(lacking.packages, reason, say)
  const left = await findLacking(executable)
  if (left.packages.length > 0)
    throw new PlainError(`Still lacking after the installation: ${left.reasons.join('; ')}.`)
}

/** @param {string} executable */
async function findLacking(executable) {
  /** @type {string[]} */
  const packages = []
  /** @type {string[]} */
  const reasons = []
  const { stdout } = await execute('ldd', [executable])
  const libraries = missingLibraries(stdout)
  if (libraries.length > 0) {
    packages.push(...LIBRARY_PACKAGES)
    reasons.push(`shared libraries (${shorten(libraries)})`)
  }
  if (!hasFont()) {
    packages.push('fonts-dejavu-core')
    reasons.push('a font')
  }
  if (!hasDisplay() && !findProgram('Xvfb')) {
    packages.push('xvfb')
    reasons.push('Xvfb, a virtual display, as there is no real one')
  }
  return { packages, reasons }
}

/**
 * @param {string} report what ldd printed
 * @returns {string[]} the names of the libraries that it did not find
 */
export function missingLibraries(report) {
  return [...report.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name)
}

/** @param {string[]} names */
function shorten(names) {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown
}

function hasFont() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.local/share/fonts')]
  return folders
    .filter((folder) => existsSync(folder))
    .some((folder) => readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|ttc)$/i.test(String(name))))
}

/**
 * @param {string[]} packages
 * @param {string} reason
 * @param {import('./say.mjs').Say} say
 */
async function install(packages, reason, say) {
  const started = performance.now()
  say(`Installing ${packages.join(', ')} with apt-get, because this system lacks ${reason}.`)
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 << 20 }
  /** @param {string[]} args */
  const aptGet = (args) =>
    execute('apt-get', args, options).catch((error) => {
      throw new PlainError(`apt-get ${args.join(' ')} failed:\n${error.stderr || error.message}`)
    })
  await aptGet(['update'])
  const { stdout } = await aptGet(['install', '-y', '--no-install-recommends', ...namesHere(packages)])
  const count = /(\d+) newly installed/.exec(stdout)?.[1] ?? '0'
  say(`Installed ${count} packages in ${secondsSince(started)}.`)
}

/**
 * Newer releases renamed some libraries when their time values became 64 bits wide.
 * @param {string[]} packages
 */
function namesHere(packages) {
  return packages.map((name) => {
    const renamed = spawnSync('apt-cache', ['show', '--no-all-versions', `${name}t64`]).status === 0
    return renamed ? `${name}t64` : name
  })
}
