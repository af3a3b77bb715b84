import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { canMount, mountSmallDisk } from '../support/small-disk.ts'
import { expect, ownTest } from './support/app.ts'
import { InspectorWindow } from './support/inspector-window.ts'
import { LabPage } from './support/lab-page.ts'
import { launch } from './support/launch.ts'
import { answerQuestions, asked, closeWindow } from './support/questions.ts'

const titleOf = (app: ElectronApplication): Promise<string | undefined> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())

async function copyAndPaste(app: ElectronApplication, inspector: InspectorWindow, text: string): Promise<void> {
  await app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)
  await inspector.frame(1).press('Control+v')
}

/** When the document is saved, puts a folder in the place of its file, which nobody can replace, not even root. */
async function putFolderInPlace(path: string): Promise<void> {
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('saved')
  await rm(path)
  await mkdir(path)
}

ownTest(
  'what cannot be saved is told, asked about at quitting, and saved when it works again',
  async ({ start, userData }) => {
    // What would be lost is asked about even where no questions are wanted.
    await writeFile(join(userData, 'settings.json'), JSON.stringify({ confirmQuit: false }))
    const { running, inspector } = await start()
    const path = join(userData, 'workspace.json')
    await inspector.frame(1).fill('saved')
    await putFolderInPlace(path)
    await inspector.frame(1).fill('typed while nothing could be saved')
    const notice = inspector.alert.filter({ hasText: 'The workspace file cannot be saved' })
    await expect(notice).toContainText('it is a folder, not a regular file')
    expect(await titleOf(running.app)).toBe(
      'ZeroMQ Inspector: workspace not saved (it is a folder, not a regular file)',
    )

    await answerQuestions(running.app, 1)
    await closeWindow(running.app)
    await expect
      .poll(() => asked(running.app))
      .toEqual(['The workspace file is not saved: it is a folder, not a regular file.'])
    await expect(notice).toHaveCount(1)

    await rmdir(path)
    await expect(
      inspector.page.getByRole('status').filter({ hasText: 'The workspace file is saved again' }),
    ).toBeVisible({
      timeout: 15_000,
    })
    await expect(notice).toHaveCount(0)
    expect(await titleOf(running.app)).toMatch(/^REQ .+ – ZeroMQ Inspector$/)
    expect(await readFile(path, 'utf8')).toContain('typed while nothing could be saved')

    // The first file was removed, to make room for the folder.
    const removed = inspector.alert.filter({ hasText: 'The workspace file was removed' })
    await removed.getByRole('button', { name: 'Dismiss' }).click()
    await rm(path)
    await expect(removed).toBeVisible({ timeout: 10_000 })
    expect((await stat(path)).isFile()).toBe(true)
  },
)

ownTest('on a full disk the title says so, until there is room (root on Linux)', async () => {
  ownTest.skip(!canMount, 'needs root on Linux')
  const disk = mountSmallDisk('size=32m')
  try {
    const running = await launch(disk.path)
    const inspector = new InspectorWindow(running.page)
    const fill = join(disk.path, 'fill')
    const path = join(disk.path, 'workspace.json')
    await inspector.frame(1).fill('before')
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('before')
    await writeFile(fill, Buffer.alloc(32 * 1024 * 1024)).catch(() => undefined)
    // More than what Chromium may give back meanwhile.
    const text = 'typed on a full disk '.repeat(50_000)
    await copyAndPaste(running.app, inspector, text)
    await expect.poll(() => titleOf(running.app)).toBe('ZeroMQ Inspector: workspace not saved (the disk is full)')
    expect(await readFile(path, 'utf8')).toContain('before')
    await rm(fill)
    await expect.poll(() => titleOf(running.app), { timeout: 15_000 }).toMatch(/^REQ .+ – ZeroMQ Inspector$/)
    expect(await readFile(path, 'utf8')).toContain(text)
    await running.close()
  } finally {
    disk.remove()
  }
})

ownTest('a change just before the end that cannot be saved is asked about as well', async ({ start, userData }) => {
  const { running, inspector } = await start()
  const path = join(userData, 'workspace.json')
  await inspector.frame(1).fill('saved')
  await putFolderInPlace(path)
  await running.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async (options: unknown) => {
      console.warn(`asked: ${typeof options === 'object' && options !== null ? Reflect.get(options, 'detail') : ''}`)
      return { response: 1, checkboxChecked: false }
    }
  })
  const ended = running.app.waitForEvent('close')
  // Whoever quits at once gives the page no time to save before.
  await inspector.frame(1).fill('typed at the very end')
  await Promise.all([ended, closeWindow(running.app).catch(() => undefined)])
  expect(running.problems.all).toEqual([
    'main process: asked: The workspace file is not saved: it is a folder, not a regular file.',
  ])
  running.problems.expect(/asked: /)
  await running.close()
  expect((await stat(path)).isDirectory()).toBe(true)
})

ownTest('a run that cannot be stored is marked, and asked about at quitting', async ({ start, userData }) => {
  const path = join(userData, 'lab.sqlite')
  await mkdir(path)
  const { running, inspector } = await start()
  const lab = new LabPage(inspector.page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.2)
  await lab.finish()
  await expect(lab.runs.first()).toContainText('not stored')
  await expect(inspector.alert.filter({ hasText: '1 run of the latency lab is not stored' })).toContainText(
    'it is a folder, not a regular file',
  )
  await answerQuestions(running.app, 1)
  await closeWindow(running.app)
  await expect
    .poll(() => asked(running.app))
    .toEqual(['1 run of the latency lab is not stored: it is a folder, not a regular file.'])
  await running.close()
})

ownTest('pipes in the place of all kept files are told, and the window opens', async ({ start, userData }) => {
  ownTest.skip(process.platform === 'win32', 'there are no such pipes')
  const files = ['settings.json', 'workspace.json', 'schemas.json', 'window.json', 'log.sqlite', 'lab.sqlite']
  for (const file of files) execFileSync('mkfifo', [join(userData, file)])
  const { running, inspector } = await start()
  const told = [
    'The settings file cannot be read',
    'The workspace file cannot be read',
    'The schemas file cannot be read',
    'The window place file cannot be read',
    'The log cannot be written',
    'Earlier runs of the latency lab cannot be read',
  ]
  for (const title of told) {
    await expect(inspector.alert.filter({ hasText: title })).toContainText('it is a named pipe, not a regular file')
  }
  await running.close()
  for (const file of files) expect((await stat(join(userData, file))).isFIFO()).toBe(true)
})
