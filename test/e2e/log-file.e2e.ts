import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, ownTest } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

ownTest('the log survives a restart', async ({ start }) => {
  const { running, inspector } = await start()
  await inspector.startAndPoint()
  await inspector.exchange()
  await running.close()
  const { inspector: again } = await start()
  const log = await again.openTab('Log')
  await expect(log.getByRole('row').filter({ hasText: 'Hello world!' })).toHaveCount(4)
})

ownTest('a killed process leaves a readable log, and the next start says what it was doing', async ({ start }) => {
  const { running, inspector } = await start()
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  await expect(log.getByRole('row').filter({ hasText: 'Hello world!' })).toHaveCount(4)
  await inspector.repeat({ count: null })
  await expect(inspector.request).toContainText(/\d,\d{3} sent/)
  const lab = new LabPage(inspector.page)
  await lab.open()
  await lab.start.click()
  await expect(lab.progress).toBeVisible()
  await running.kill()

  const { inspector: again } = await start()
  await expect(again.alert).toHaveCount(1)
  await expect(again.alert).toContainText('The application did not end by itself last time')
  await expect(again.alert).toContainText(
    /a run of the latency lab against tcp:.*The newest entry in the log is of \d{4}-/,
  )
  await again.alert.getByRole('button', { name: 'Dismiss' }).click()
  const kept = await again.openTab('Log')
  await expect(kept).toContainText(/[\d,]{5,} entries/)
  await kept.getByRole('row').filter({ hasText: 'Hello world!' }).last().click()
  await expect(again.replyFrame(1)).toContainText('Hello world!')
})

ownTest('a full log deletes the oldest entries and counts them', async ({ userData, start }) => {
  await writeFile(join(userData, 'settings.json'), JSON.stringify({ logMebibytes: 1 }))
  const { inspector } = await start()
  await inspector.startAndPoint()
  await inspector.frame(1).fill('the very first')
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  await expect(log.getByRole('row').filter({ hasText: 'the very first' })).toHaveCount(4)
  await inspector.frame(1).fill('x'.repeat(100_000))
  for (let sent = 0; sent < 4; sent += 1) await inspector.exchange()
  await expect(log).toContainText(/\d+ oldest removed/)
  await expect(log).toContainText('of 1.00 MiB')
  await log.getByRole('textbox', { name: 'Filter log' }).fill('the very first')
  await expect(log).toContainText('Nothing matches the filter.')
  await log.getByRole('textbox', { name: 'Filter log' }).fill('xxx')
  await expect(log.getByRole('row').filter({ hasText: 'xxx' }).first()).toBeVisible()
})

const damages = [
  { file: 'log.sqlite', title: 'The log file was damaged' },
  { file: 'settings.json', title: 'The settings file was damaged' },
  { file: 'workspace.json', title: 'The workspace file was damaged' },
]

ownTest(
  'damaged files are set aside with a notice each, and the app starts with defaults',
  async ({ userData, start }) => {
    const damageOf = (file: string) => `{"broken ${file}": `.repeat(100)
    for (const { file } of damages) await writeFile(join(userData, file), damageOf(file))
    const { running, inspector } = await start()
    for (const { file, title } of damages) {
      const notice = inspector.alert.filter({ hasText: title })
      await expect(notice).toHaveCount(1)
      const aside = (await readdir(userData)).find((name) => name.startsWith(`${file}.damaged`)) ?? 'none'
      expect(await readFile(join(userData, aside), 'utf8')).toBe(damageOf(file))
      await expect(notice).toContainText(aside)
    }

    await inspector.startAndPoint()
    await inspector.exchange()
    const log = await inspector.openTab('Log')
    await expect(log.getByRole('row').filter({ hasText: 'Hello world!' })).toHaveCount(4)
    for (const { title } of damages) {
      await inspector.alert.filter({ hasText: title }).getByRole('button', { name: 'Dismiss' }).click()
    }
    await expect(inspector.alert).toHaveCount(0)
    await running.close()
    const { inspector: again } = await start()
    await expect(again.alert).toHaveCount(0)
  },
)

ownTest('a settings file with values out of bounds is set aside entirely', async ({ userData, start }) => {
  await writeFile(join(userData, 'settings.json'), JSON.stringify({ theme: 'dark', logMebibytes: -5 }))
  const { inspector } = await start()
  await expect(inspector.alert).toContainText('The settings file was damaged')
  await expect(inspector.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
})
