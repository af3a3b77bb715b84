import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findProgram } from '../../scripts/lib/paths.mjs'
import { listTree } from '../../scripts/package/tree.mjs'
import { RunningProgram } from '../support/running-program.ts'

/** System tools that the command-line script needs. */
const tools = ['readlink']

/** A machine without Node.js or a display, and with an empty home. */
export class BareMachine {
  private constructor(
    private readonly folder: string,
    private readonly path: string,
  ) {}

  /** `programs` are folders on its path, before the system's own tools. */
  static async make(...programs: readonly string[]): Promise<BareMachine> {
    const folder = await mkdtemp(join(tmpdir(), 'zeromq-inspector-bare-'))
    const bin = join(folder, 'bin')
    for (const each of ['bin', 'home', 'tmp']) await mkdir(join(folder, each))
    for (const tool of tools) await symlink(findProgram(tool) ?? tool, join(bin, tool))
    return new BareMachine(folder, [...programs, bin].join(delimiter))
  }

  run(command: string, ...args: readonly string[]): RunningProgram {
    const variables = [`PATH=${this.path}`, `HOME=${join(this.folder, 'home')}`, `TMPDIR=${join(this.folder, 'tmp')}`]
    return new RunningProgram('env', ['-i', ...variables, command, ...args])
  }

  /** Files left in its home and temporary folder. */
  async leftBehind(): Promise<string[]> {
    const trees = await Promise.all(['home', 'tmp'].map((each) => listTree(join(this.folder, each))))
    return trees.flat().map(({ path }) => path)
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true })
  }
}
