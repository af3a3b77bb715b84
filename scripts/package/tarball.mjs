import { execFile } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { product, releaseFolder, versionInNames } from './product.mjs'

const execute = promisify(execFile)

/**
 * Packs the unpacked app as it is, in one folder that says what it is.
 * @param {{ app: string, architecture: string, testBuild?: string | undefined }} facts
 * @returns {Promise<string>} the archive
 */
export async function makeTarball({ app, architecture, testBuild }) {
  const name = `${product.name}-${versionInNames(testBuild)}-linux-${architecture}`
  const file = join(releaseFolder, `${name}.tar.gz`)
  // The files are nobody's in particular, and in an order that does not depend on the disk.
  const options = ['--owner=0', '--group=0', '--numeric-owner', '--sort=name', '--mode=u+rw,go+rX,go-w']
  const renamed = `--transform=s,^${basename(app)},${name},`
  await execute('tar', ['-czf', file, ...options, renamed, '-C', dirname(app), basename(app)])
  return file
}
