import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import electron from 'electron'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'
import { expect, ownTest } from './support/app.ts'
import { runDemo } from './support/demo.ts'
import { windowEnvironment } from './support/display.ts'
import { builtApp, machineSwitches } from './support/launch.ts'

ownTest('a folder that cannot be used is named in a line and a dialog, and the exit code is 1', async ({ folder }) => {
  const file = join(folder, 'file')
  await writeFile(file, 'of somebody else')
  const temporary = join(folder, 'temporary')
  await mkdir(temporary)
  const child = spawn(
    String(electron),
    [...machineSwitches, '--disable-gpu', `--user-data-dir=${join(file, 'below')}`, builtApp],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...windowEnvironment(), TMPDIR: temporary } },
  )
  const exited = once(child, 'exit')
  const errors = text(child.stderr)
  // The dialog comes when Chromium is ready, which writes into a folder for it then.
  await expect
    .poll(async () => (await readdir(temporary, { recursive: true })).some((name) => name.includes('/')))
    .toBe(true)
  child.kill('SIGTERM')
  expect(await exited).toEqual([1, null])
  expect(await errors).toContain(
    `ZeroMQ Inspector cannot keep its files in ${join(file, 'below')}: a part of the path is a file, not a folder.`,
  )
})

ownTest('the demo says it too, without a dialog', async ({ folder }) => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  const { code, errors } = await runDemo(file)
  expect({ code, told: errors.includes(`files in ${file}: it is a file, not a folder.`) }).toEqual({
    code: 1,
    told: true,
  })
  expect(errors).not.toContain('    at ')
})

ownTest('a read-only folder is not taken for a second start (root on Linux)', async () => {
  ownTest.skip(!canMount, 'needs root on Linux')
  const disk = mountSmallDisk('size=64k')
  try {
    disk.remount('ro')
    const { code, errors } = await runDemo(disk.path)
    expect({ code, told: errors.includes('the file system is read-only') }).toEqual({ code: 1, told: true })
  } finally {
    disk.remove()
  }
})

ownTest('a person’s own folder that cannot be made is named, and nothing crashes', async () => {
  ownTest.skip(process.platform !== 'linux', 'XDG_CONFIG_HOME is of Linux')
  const home = await mkdtemp(join(tmpdir(), 'inspector-'))
  const file = join(home, 'file')
  await writeFile(file, '')
  const child = spawn(String(electron), [...machineSwitches, '--disable-gpu', builtApp, '--demo'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...windowEnvironment(), XDG_CONFIG_HOME: file },
  })
  const [exit, errors] = await Promise.all([once(child, 'exit'), text(child.stderr)])
  expect(exit).toEqual([1, null])
  expect(errors).toContain(`ZeroMQ Inspector cannot keep its files in ${file}`)
})
