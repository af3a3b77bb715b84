import { execFile } from 'node:child_process'
import { chmod, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '../lib/paths.mjs'
import { controlFile, debianArchitectures, debianVersion } from './debian-control.mjs'
import { desktopEntry } from './desktop-entry.mjs'
import { iconSizes, product, releaseFolder } from './product.mjs'
import { bytesOf, normalizeModes, treeBuilder } from './tree.mjs'

const execute = promisify(execFile)

/** Icon themes have no larger folder that desktops look into. */
const LARGEST_ICON = 512

/**
 * @param {string} architecture Node.js's name of it
 * @param {string | undefined} testBuild
 */
function debianFile(architecture, testBuild) {
  const name = `${product.name}_${debianVersion(testBuild)}_${debianArchitectures[architecture]}.deb`
  return join(releaseFolder, name)
}

/**
 * Makes the .deb from the unpacked app. It needs no scripts of its own: menus and icon caches follow by the triggers
 * of their packages, and the helper of Chromium's sandbox carries its mode in the package.
 * @param {{ app: string, electronVersion: string, architecture: string, testBuild?: string | undefined }} facts
 * @returns {Promise<string>} the package
 */
export async function makeDebianPackage({ app, electronVersion, architecture, testBuild }) {
  const root = join(releaseFolder, 'debian-root')
  await rm(root, { recursive: true, force: true })
  const { copy, link, write } = treeBuilder(root)
  const home = `usr/lib/${product.name}`
  await copy(home, app)
  await link(`usr/bin/${product.name}`, `../lib/${product.name}/${product.name}`)
  await link(`usr/bin/${product.commandLine}`, `../lib/${product.name}/resources/bin/${product.commandLine}`)
  await write(`usr/share/applications/${product.name}.desktop`, desktopEntry(electronVersion))
  await copy(`usr/share/doc/${product.name}/copyright`, join(projectFolder, 'LICENSE'))

  const build = join(projectFolder, 'build')
  const icons = `usr/share/icons/hicolor`
  for (const size of iconSizes.filter((each) => each <= LARGEST_ICON)) {
    const folder = `${size}x${size}`
    await copy(`${icons}/${folder}/apps/${product.name}.png`, join(build, 'icons', `${folder}.png`))
  }
  await copy(`${icons}/scalable/apps/${product.name}.svg`, join(build, 'icon.svg'))

  const installedBytes = await bytesOf(root)
  await write('DEBIAN/control', controlFile(architecture, installedBytes, testBuild))
  await normalizeModes(root)
  // As root and with its setuid bit the helper can make a sandbox where the system refuses one to ordinary programs.
  await chmod(join(root, home, 'chrome-sandbox'), 0o4755)
  const file = debianFile(architecture, testBuild)
  await execute('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', root, file])
  await rm(root, { recursive: true })
  return file
}
