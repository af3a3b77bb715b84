import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../lib/paths.mjs'

const LIBRARIES = /** @type {Record<string, string>} */ ({ linux: 'glibc', darwin: 'libc', win32: 'msvc' })
const LIBSQL_SUFFIXES = /** @type {Record<string, string>} */ ({ linux: '-gnu', darwin: '', win32: '-msvc' })

/**
 * zeromq.js brings a build for each platform and several interfaces of Node.js. Its loader takes the newest that the
 * manifest names for the platform; that one suits every Node.js since, and the app's runtime.
 * @param {string} platform
 * @param {string} architecture
 * @param {Record<string, string>} manifest paths by the descriptions of what they were built for
 * @returns {string} its path in the package's build folder
 */
export function zeromqAddon(platform, architecture, manifest = readZeromqManifest()) {
  const fitting = Object.entries(manifest)
    .map(([description, path]) => ({ ...JSON.parse(description), path }))
    .filter(({ os, arch, libc }) => os === platform && arch === architecture && libc === LIBRARIES[platform])
    .sort((one, other) => other.abi - one.abi)
  if (!fitting[0]) throw new Error(`zeromq.js has no build for ${platform} ${architecture}`)
  return fitting[0].path.replaceAll('\\', '/')
}

/** @returns {Record<string, string>} */
function readZeromqManifest() {
  return JSON.parse(readFileSync(join(projectFolder, 'node_modules', 'zeromq', 'build', 'manifest.json'), 'utf8'))
}

/**
 * What goes into the app, as patterns of which the last that fits decides. Dependencies are collected by the packager;
 * what is said of them here is what to leave out: whatever only builds or describes them, and other platforms' binaries.
 * @param {string} platform
 * @param {string} architecture
 */
export function shippedFiles(platform, architecture) {
  return [
    'package.json',
    'out/{main,preload,renderer,cli}/**',
    '!**/*.{map,ts,mts,cts,md,tsbuildinfo,h,cc,cmake}',
    '!**/node_modules/node-addon-api/**',
    '!**/node_modules/cmake-ts/**',
    '**/node_modules/cmake-ts/{package.json,build/loader.js}',
    '!**/node_modules/zeromq/{src,script,build,lib/ts3.7}/**',
    '!**/node_modules/zeromq/{CMakeLists.txt,vcpkg.json,tsconfig.json,.mocharc.js}',
    `**/node_modules/zeromq/build/{manifest.json,${zeromqAddon(platform, architecture)}}`,
    '!**/node_modules/@libsql/*/**',
    `**/node_modules/@libsql/${platform}-${architecture}${LIBSQL_SUFFIXES[platform]}/**`,
  ]
}

/**
 * What lies beside the archive: system libraries cannot be loaded from within, and the command line runs on the
 * system's Node.js, which knows no archives.
 */
export const unpackedFiles = ['node_modules/**', 'out/cli/**']
