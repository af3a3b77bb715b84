import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from '../../scripts/lib/paths.mjs'
import { product, releaseFolder } from '../../scripts/package/product.mjs'
import { listTree } from '../../scripts/package/tree.mjs'

const execute = promisify(execFile)
const isRoot = process.getuid?.() === 0

/** The package that was built; undefined where none can be built. */
export const debianPackage = process.platform === 'linux' && findProgram('dpkg-deb') !== undefined ? builtPackage() : ''

/** A test build has another name than a release. */
function builtPackage(): string {
  const name = readdirSync(releaseFolder).find((each) => each.endsWith('.deb'))
  if (!name) throw new Error(`There is no .deb in ${releaseFolder}: run npm run package`)
  return join(releaseFolder, name)
}

/** Installs and removes as dpkg does on a system, but in a folder. Dependencies are not checked there. */
async function dpkg(root: string, ...args: string[]): Promise<void> {
  const command = ['dpkg', `--root=${root}`, '--log=/dev/null', '--force-depends', ...args]
  const [program = '', ...rest] = isRoot ? command : ['fakeroot', '--', ...command]
  // Only root's path needs to include the folders of system tools.
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
  await execute(program, rest, { env: { ...process.env, PATH } })
}

/** The Debian package, installed in a separate folder. */
export class DebianInstallation {
  private constructor(private readonly root: string) {}

  static async make(): Promise<DebianInstallation> {
    const root = await mkdtemp(join(tmpdir(), 'zeromq-inspector-root-'))
    const database = join(root, 'var/lib/dpkg')
    for (const folder of ['updates', 'info']) await mkdir(join(database, folder), { recursive: true })
    await writeFile(join(database, 'status'), '')
    await dpkg(root, '--install', debianPackage)
    return new DebianInstallation(root)
  }

  path(...path: readonly string[]): string {
    return join(this.root, ...path)
  }

  /** All installed files, without dpkg's own database. */
  async listFiles(): Promise<string[]> {
    return (await listTree(this.root)).map(({ path }) => path).filter((path) => !/^var(\/|$)/.test(path))
  }

  async removePackage(): Promise<void> {
    await dpkg(this.root, '--remove', product.name)
  }

  async discard(): Promise<void> {
    await rm(this.root, { recursive: true, force: true })
  }
}
