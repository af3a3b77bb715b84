import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findProgram } from '../../scripts/lib/paths.mjs'
import { iconSizes } from '../../scripts/package/product.mjs'
import { RunningProgram } from '../support/running-program.ts'
import { DebianInstallation, debianPackage as file } from './debian-installation.ts'
import { machineSwitches, PackagedWindow } from './packaged-window.ts'

const execute = promisify(execFile)
const name = 'zeromq-inspector'

describe.runIf(file)('the Debian package', () => {
  let installation: DebianInstallation
  let menuEntry = ''
  const installed = (...path: string[]) => installation.path(...path)
  const home = () => installed('usr/lib', name)
  /** Runs a command with the installed programs first on the path, and with `variables` set. */
  const run = (command: string, args: string[], ...variables: string[]) =>
    new RunningProgram('env', [`PATH=${installed('usr/bin')}:${process.env.PATH}`, ...variables, command, ...args])

  beforeAll(async () => {
    installation = await DebianInstallation.make()
    menuEntry = await readFile(installed('usr/share/applications', `${name}.desktop`), 'utf8')
  })
  afterAll(() => installation.discard())

  const entryValue = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(menuEntry)?.[1] ?? ''

  it('declares its dependencies', async () => {
    const { stdout } = await execute('dpkg-deb', ['--field', file, 'Depends'])
    for (const library of ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2']) expect(stdout).toContain(library)
  })

  it('gives only the sandbox helper root rights', async () => {
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

  it('makes the first round trip when started from its menu entry, whatever Node.js options are set', async () => {
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

  it('leaves nothing behind when it is removed', async () => {
    await installation.removePackage()
    expect(await installation.listFiles()).toEqual([])
  })
})
