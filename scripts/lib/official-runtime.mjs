import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectFolder } from './paths.mjs'

const packageFolder = join(projectFolder, 'node_modules', 'electron')
const distFolder = join(packageFolder, 'dist')

// Long enough for 120 MB over a slow line. A network that does not answer at all fails far earlier,
// with the connection's own time limit.
const DOWNLOAD_LIMIT_MS = 10 * 60_000

/** @returns {string} the version of Electron that package.json asks for */
export function officialVersion() {
  return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')).version
}

/**
 * The official runtime in node_modules. Its installer writes path.txt last: without that file, what is
 * there may be half unpacked.
 * @returns {string | undefined} its folder, if it is complete and of the right version
 */
export function findOfficialRuntime() {
  const pathFile = join(packageFolder, 'path.txt')
  const versionFile = join(distFolder, 'version')
  if (!existsSync(pathFile) || !existsSync(versionFile)) return undefined
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== officialVersion()) return undefined
  return existsSync(join(distFolder, readFileSync(pathFile, 'utf8'))) ? distFolder : undefined
}

/**
 * Runs the electron package's own installer.
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<{ folder: string } | { failure: string }>}
 */
export async function downloadOfficialRuntime(say) {
  say(`Electron ${officialVersion()} is not here yet: downloading the official build.`)
  const environment = { ...process.env }
  delete environment.ELECTRON_OVERRIDE_DIST_PATH
  const installer = spawn(process.execPath, [join(packageFolder, 'install.js')], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: DOWNLOAD_LIMIT_MS,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise((resolve, reject) => {
    installer.once('error', reject)
    installer.once('close', (code, signal) => resolve({ code, signal }))
  })
  const [{ code, signal }, output] = await Promise.all([ended, text(installer.stderr)])
  const folder = code === 0 ? findOfficialRuntime() : undefined
  if (folder) return { folder }
  if (signal) return { failure: `it took longer than ${DOWNLOAD_LIMIT_MS / 60_000} minutes` }
  return { failure: explainFailure(output) || `its installer ended with code ${code}` }
}

/**
 * The cause in one line, without the stack trace that the installer prints.
 * @param {string} report
 */
export function explainFailure(report) {
  if (report.includes('fetch failed')) return 'its server cannot be reached from here'
  const lines = report.split('\n').map((line) => line.trim())
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find(Boolean) ?? ''
}
