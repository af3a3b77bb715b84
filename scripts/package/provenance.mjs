import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, readlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'
import { projectFolder } from '../lib/paths.mjs'

const electronFolder = join(projectFolder, 'node_modules', 'electron')
const FILE_TYPE = 0o170000
const SYMLINK = 0o120000

/**
 * Where Electron's installer keeps what it downloaded, as its documentation says.
 * @param {NodeJS.ProcessEnv} environment
 */
function downloadCache(environment) {
  const { electron_config_cache: chosen, XDG_CACHE_HOME: xdg, LOCALAPPDATA: local } = environment
  if (chosen) return chosen
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'electron')
  if (process.platform === 'win32') return join(local ?? join(homedir(), 'AppData', 'Local'), 'electron', 'Cache')
  return join(xdg || join(homedir(), '.cache'), 'electron')
}

/**
 * @param {string} cache its folders are named by the addresses of the files in them
 * @param {string} name
 */
function findDownload(cache, name) {
  if (!existsSync(cache)) return undefined
  const folders = readdirSync(cache, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return [cache, ...folders.map((entry) => join(cache, entry.name))]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

/** @param {import('node:stream').Readable} content */
async function digestOf(content) {
  const hash = createHash('sha256')
  await pipeline(content, hash)
  return hash.digest('hex')
}

/**
 * The first way in which a folder is not what an archive holds; undefined if it is the same.
 * @param {string} folder
 * @param {string} archive
 * @param {readonly string[]} moved what the installer takes out of the folder
 */
async function differenceTo(folder, archive, moved) {
  const zip = await openPromise(archive)
  const there = new Set(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || moved.includes(entry.fileName)) continue
    const path = join(folder, entry.fileName)
    if (!there.delete(path)) return `${entry.fileName} is missing`
    const content = await zip.openReadStreamPromise(entry)
    const isLink = ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMLINK
    const isSame = isLink
      ? (await text(content)) === (await readlink(path).catch(() => ''))
      : (await digestOf(content)) === (await digestOf(createReadStream(path)))
    if (!isSame) return `${entry.fileName} was changed`
  }
  const [surplus] = there
  return surplus === undefined ? undefined : `${surplus.slice(folder.length + 1)} does not belong to it`
}

/**
 * @typedef {object} ReleaseFacts
 * @property {string} runtime the folder of the runtime
 * @property {string} version of the official release
 * @property {string} platform
 * @property {string} architecture
 * @property {string} [cache] where downloads are kept
 * @property {Record<string, string>} [checksums] SHA-256 by the names of files, as the npm package carries them
 */

/**
 * Why a runtime is not known to be the official release that package.json asks for, for people; undefined if it is. It is
 * compared, file by file, with the download that it was unpacked from, and that with the check sum of the release.
 * @param {ReleaseFacts} facts
 * @returns {Promise<string | undefined>}
 */
export async function whyUnofficial({ runtime, version, platform, architecture, ...given }) {
  const cache = given.cache ?? downloadCache(process.env)
  const checksums = given.checksums ?? JSON.parse(readFileSync(join(electronFolder, 'checksums.json'), 'utf8'))
  const versionFile = join(runtime, 'version')
  const found = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown'
  if (found !== version) return `its runtime is Electron ${found}, and not the official ${version}`
  const name = `electron-v${version}-${platform}-${architecture}.zip`
  const expected = checksums[name]
  if (expected === undefined) return `Electron's list of check sums has no ${name}`
  const archive = findDownload(cache, name)
  if (archive === undefined) return `${name}, with which its runtime could be compared, is not in ${cache}`
  if ((await digestOf(createReadStream(archive))) !== expected) return `${archive} is not the official release`
  const difference = await differenceTo(runtime, archive, ['electron.d.ts'])
  return difference === undefined ? undefined : `its runtime is not the official release: ${difference}`
}
