import { readdirSync, statSync } from 'node:fs'
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { workspaceFormat } from '../../src/shared/workspace-schema.ts'
import { copyVersion1, keptFiles, version1 } from '../support/version-1.ts'
import { expect, ownTest } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

/** The folder and the application's files that somebody else may read, write or enter. Chromium looks after its own. */
const openToOthers = (folder: string): string[] =>
  ['.', ...readdirSync(folder).filter((name) => /\.(json|sqlite)/.test(name))].filter(
    (name) => (statSync(join(folder, name)).mode & 0o077) !== 0,
  )

ownTest('everything that version 1 kept is there, for its owner alone', async ({ userData, start }) => {
  copyVersion1(userData)
  await chmod(userData, 0o755)
  const { running, inspector } = await start()
  const { page } = inspector
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(inspector.connections.getByRole('listitem')).toHaveCount(version1.workspace.sockets.length)
  await expect(inspector.request).toContainText('8 frames')
  await expect(inspector.frame(2)).toHaveText('{"a": 1.50, "b": [true, null]}')
  const log = page.getByRole('region', { name: 'Log', exact: true })
  await expect(log).toContainText('oldest removed')
  await log.getByRole('textbox', { name: 'Filter log' }).fill('the last message')
  await expect(log.getByRole('row').filter({ hasText: 'the last message' })).toHaveCount(4)
  const lab = new LabPage(page)
  await lab.open()
  await expect(lab.runs).toHaveCount(version1.runs.list.length)
  await expect(lab.runs.filter({ hasText: 'renamed <b>run</b>' })).toHaveCount(1)
  await lab.runs.last().getByRole('checkbox').check()
  await expect(lab.results).toBeVisible()
  await expect(inspector.alert).toHaveCount(0)
  await running.close()
  if (process.platform !== 'win32') expect(openToOthers(userData)).toEqual([])
  expect(readdirSync(userData).filter((name) => name.includes('damaged'))).toEqual([])
  expect(readdirSync(userData)).toEqual(expect.arrayContaining([...keptFiles]))
})

ownTest('a workspace of a newer version is reported, and never changed', async ({ userData, start }) => {
  const path = join(userData, 'workspace.json')
  const newer = JSON.stringify({ version: workspaceFormat.migrations.length + 2, sessions: ['of tomorrow'] })
  await writeFile(path, newer)
  const { running, inspector } = await start()
  await expect(inspector.alert).toContainText('The workspace file is from a newer version')
  await inspector.alert.getByRole('button', { name: 'Dismiss' }).click()
  await inspector.startAndPoint()
  await inspector.frame(1).fill('not saved')
  await inspector.exchange()
  // It was said once; the changes that follow do not say it again.
  await expect(inspector.alert).toHaveCount(0)
  await running.close()
  expect(await readFile(path, 'utf8')).toBe(newer)
})
