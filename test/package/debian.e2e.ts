import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findProgram } from '../../scripts/lib/paths.mjs'
import { debianFile } from '../../scripts/package/debian.mjs'
import { iconSizes } from '../../scripts/package/product.mjs'
import { listTree } from '../../scripts/package/tree.mjs'
import { parseRunJson } from '../../src/shared/lab/summary.ts'
import { RunningProgram } from '../support/running-program.ts'
import { machineSwitches, PackagedWindow } from './packaged-window.ts'

const execute = promisify(execFile)
const isRoot = process.getuid?.() === 0
const here = process.platform === 'linux' && findProgram('dpkg-deb') !== undefined
const file = here ? debianFile(process.arch) : ''
const name = 'zeromq-inspector'

/** Installs and removes as dpkg does on a system, but into a folder. What it depends on is not looked for there. */
async function dpkg(root: string, ...args: string[]): Promise<void> {
  const command = ['dpkg', `--root=${root}`, '--log=/dev/null', '--force-depends', ...args]
  const [program = '', ...rest] = isRoot ? command : ['fakeroot', '--', ...command]
  // Only root may have the folders of system tools on the path.
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
  await execute(program, rest, { env: { ...process.env, PATH } })
}

describe.runIf(here)('the Debian package', () => {
  let root = ''
  let menuEntry = ''
  let before: string[] = []
  const installed = (...path: string[]) => join(root, ...path)
  const home = () => installed('usr/lib', name)
  const paths = async () => (await listTree(root)).map(({ path }) => path).filter((path) => !/^var(\/|$)/.test(path))
  /** Runs a command with what is installed first on the path, and with `variables` set. */
  const run = (command: string, args: string[], ...variables: string[]) =>
    new RunningProgram('env', [`PATH=${installed('usr/bin')}:${process.env.PATH}`, ...variables, command, ...args])

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'zeromq-inspector-root-'))
    for (const folder of ['updates', 'info']) await mkdir(installed('var/lib/dpkg', folder), { recursive: true })
    await writeFile(installed('var/lib/dpkg/status'), '')
    before = await paths()
    await dpkg(root, '--install', file)
    menuEntry = await readFile(installed('usr/share/applications', `${name}.desktop`), 'utf8')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  const entryValue = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(menuEntry)?.[1] ?? ''

  it('says what it depends on', async () => {
    const { stdout } = await execute('dpkg-deb', ['--field', file, 'Depends'])
    for (const library of ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2']) expect(stdout).toContain(library)
  })

  it("lets the sandbox's helper be root, and nothing else", async () => {
    const { stdout } = await execute('dpkg-deb', ['--contents', file])
    const special = stdout.split('\n').filter((line) => /^-.{0,8}[sStT]/.test(line))
    expect(special).toHaveLength(1)
    expect(special[0]).toMatch(new RegExp(`^-rwsr-xr-x root/root .* \\./usr/lib/${name}/chrome-sandbox$`))
    expect(stdout.split('\n').filter((line) => line && !/ root\/root /.test(line))).toEqual([])
  })

  it('has icons of all sizes', () => {
    for (const size of iconSizes.filter((each) => each <= 512))
      expect(existsSync(installed(`usr/share/icons/hicolor/${size}x${size}/apps/${name}.png`)), `${size}`).toBe(true)
    expect(existsSync(installed(`usr/share/icons/hicolor/scalable/apps/${name}.svg`))).toBe(true)
  })

  it.runIf(findProgram('desktop-file-validate'))('has a menu entry that follows the standard', async () => {
    const { stdout } = await execute('desktop-file-validate', [installed('usr/share/applications', `${name}.desktop`)])
    expect(stdout).toBe('')
  })

  it('makes the first round trip when started from its menu entry, whatever Node.js is told', async () => {
    const [command = '', ...args] = entryValue('Exec')
      .split(' ')
      .filter((word) => !word.startsWith('%'))
    const switches = [...machineSwitches(home()), '--inspect=0', '--demo']
    const program = run(command, [...args, ...switches], 'ELECTRON_RUN_AS_NODE=1', 'NODE_OPTIONS=--require=/absent.js')
    const { code, stdout, stderr } = await program.ended
    expect(stdout).toMatch(/^-> "Hello world!"\n<- "Hello world!"\nRound trip: [\d.]+ (µs|ms)$/m)
    expect(stderr).not.toContain('Debugger listening')
    expect(code).toBe(0)
    const picture = /^Screenshot: (.+)$/m.exec(stdout)?.[1]
    if (picture) await rm(dirname(picture), { recursive: true })
  })

  it.runIf(findProgram('xwininfo'))('has a window that belongs to its menu entry', async () => {
    const window = await PackagedWindow.open(installed('usr/bin', name), home())
    const windowClass = async () => {
      const { stdout } = await execute('xwininfo', ['-root', '-tree'])
      return /"ZeroMQ Inspector": \("[^"]*" "([^"]*)"\)/.exec(stdout)?.[1]
    }
    await vi.waitFor(async () => expect(await windowClass()).toBe(entryValue('StartupWMClass')), { timeout: 10_000 })
    expect(await window.close()).toBe(0)
  })

  it('has the command line on the path, with its measuring process', async () => {
    expect((await run('zmq-inspector', ['--version']).ended).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    const server = run('zmq-inspector', ['server', '--endpoint', 'tcp://127.0.0.1:*'])
    const [, endpoint = ''] = await server.until(/listening on (\S+)/)
    const measured = await run('zmq-inspector', ['bench', '--endpoint', endpoint, '--count', '50', '--json']).ended
    expect(measured.code, measured.stderr).toBe(0)
    expect(parseRunJson(measured.stdout).steps[0]?.counts.replied).toBe(50)
    server.kill('SIGINT')
    await server.ended
  })

  it('says in one line what the command line lacks', async () => {
    const script = installed('usr/bin/zmq-inspector')
    const absent = await run('/bin/sh', [script], 'PATH=/absent').ended
    expect(absent).toMatchObject({ code: 1, stdout: '' })
    expect(absent.stderr).toMatch(/^zmq-inspector: [^\n]* no node on PATH\.\n$/)

    const folder = installed('old-node')
    await mkdir(folder)
    await writeFile(join(folder, 'node'), '#!/bin/sh\necho v20.18.3\n', { mode: 0o755 })
    const old = await run('/bin/sh', [script], `PATH=${folder}`).ended
    await rm(folder, { recursive: true })
    expect(old).toMatchObject({ code: 1, stdout: '' })
    expect(old.stderr).toMatch(/^zmq-inspector: [^\n]* node on PATH is v20\.18\.3\.\n$/)
  })

  it('leaves nothing behind when it is removed', async () => {
    await dpkg(root, '--remove', name)
    expect(await paths()).toEqual(before)
  })
})
