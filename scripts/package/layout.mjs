import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { product, releaseFolder } from './product.mjs'

/**
 * Where things are in the app as it was packaged for this platform, before it went into a package.
 * @param {string} [release]
 */
export function packagedApp(release = releaseFolder) {
  const folder = join(release, unpackedName(release))
  if (process.platform === 'darwin') {
    const app = join(folder, `${product.title}.app`)
    const contents = join(app, 'Contents')
    return { app, executable: join(contents, 'MacOS', product.title), resources: join(contents, 'Resources') }
  }
  const executable = process.platform === 'win32' ? `${product.name}.exe` : product.name
  return { app: folder, executable: join(folder, executable), resources: join(folder, 'resources') }
}

/**
 * The packager's name of the folder says the architecture, unless it is the usual one.
 * @param {string} release
 */
function unpackedName(release) {
  const pattern =
    { darwin: /^mac(-\w+)?$/, win32: /^win(-\w+)?-unpacked$/ }[process.platform] ?? /^linux(-\w+)?-unpacked$/
  const name = readdirSync(release).find((each) => pattern.test(each))
  if (!name) throw new Error(`Nothing was packaged for ${process.platform} in ${release}: run npm run package`)
  return name
}
