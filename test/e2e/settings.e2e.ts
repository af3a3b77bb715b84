import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, ownTest, test } from './support/app.ts'

ownTest('the theme changes the page at once and is saved', async ({ userData, start }) => {
  const { running, inspector } = await start()
  const html = inspector.page.locator('html')
  const background = () => inspector.page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await inspector.chooseTheme('Light')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'light')
  const light = await background()
  await inspector.chooseTheme('Dark')
  await expect(html).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect(await background()).not.toBe(light)
  await expect
    .poll(async () => JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8')))
    .toMatchObject({ theme: 'dark' })
  await running.close()
  const { inspector: again } = await start()
  await expect(again.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test('a size applies when entered, never while typing', async ({ inspector, userData }) => {
  // The file does not exist before the first change.
  const kept = async () => JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8').catch(() => '{}'))
  await inspector.page.getByRole('button', { name: 'Settings' }).click()
  const limit = inspector.page.getByRole('textbox', { name: 'Largest log' })
  await limit.fill('5')
  // Another setting is saved meanwhile, without leaving the field: the 5 typed on the way to 512 must not be saved with
  // it.
  await inspector.page.getByRole('radio', { name: 'Dark' }).dispatchEvent('click')
  await expect(limit).toBeFocused()
  await expect.poll(kept).toMatchObject({ theme: 'dark', logMebibytes: 256 })
  await limit.fill('512')
  await limit.press('Enter')
  await expect.poll(kept).toMatchObject({ logMebibytes: 512 })
})

test('a value out of bounds is not applied', async ({ inspector, userData }) => {
  await inspector.page.getByRole('button', { name: 'Settings' }).click()
  const limit = inspector.page.getByRole('textbox', { name: 'Largest file in a frame' })
  await limit.fill('5000')
  await limit.blur()
  await expect(limit).toHaveValue('1024 MiB')
  await limit.fill('12')
  await limit.blur()
  await expect
    .poll(async () => JSON.parse(await readFile(join(userData, 'settings.json'), 'utf8')))
    .toMatchObject({ fileMebibytes: 12 })
  await inspector.page.getByRole('button', { name: 'Close settings' }).click()
  await expect(limit).toHaveCount(0)
})

ownTest(
  'settings of an older version apply, and those of a newer one are never changed',
  async ({ userData, start }) => {
    const path = join(userData, 'settings.json')
    await writeFile(path, JSON.stringify({ theme: 'dark', logMebibytes: 33 }))
    const { running, inspector } = await start()
    await expect(inspector.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
    await inspector.page.keyboard.press('Control+,')
    const settings = inspector.page.getByRole('region', { name: 'Settings' })
    await expect(settings.getByRole('textbox', { name: 'Largest log' })).toHaveValue('33 MiB')
    await settings.getByRole('textbox', { name: 'Keep entries for' }).fill('30')
    await settings.getByRole('textbox', { name: 'Keep entries for' }).press('Enter')
    await settings.getByRole('checkbox', { name: 'Ask before quitting' }).click()
    await expect
      .poll(async () => JSON.parse(await readFile(path, 'utf8')))
      .toMatchObject({ version: 1, theme: 'dark', logMebibytes: 33, logDays: 30, confirmQuit: false })
    await running.close()
    const newer = JSON.stringify({ version: 2, theme: 'dark', unknown: true })
    await writeFile(path, newer)
    const { running: second, inspector: next } = await start()
    await expect(next.alert).toContainText('The settings file is from a newer version')
    await next.page.getByRole('button', { name: 'Dismiss' }).click()
    await next.page.keyboard.press('Control+,')
    await next.page.getByRole('radio', { name: 'Light' }).dispatchEvent('click')
    await expect(next.alert).toContainText('was not changed: a newer version of ZeroMQ Inspector wrote it')
    await second.close()
    expect(await readFile(path, 'utf8')).toBe(newer)
  },
)

test('new connections use the settings, and Reset restores the defaults', async ({ inspector, page }) => {
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('region', { name: 'Settings' })
  await settings.getByRole('textbox', { name: 'Timeout of new sockets' }).fill('1.5')
  await settings.getByRole('combobox', { name: 'Encoding of new sockets' }).selectOption('JSON')
  await settings.getByRole('textbox', { name: 'Largest log' }).fill('512')
  await settings.getByRole('textbox', { name: 'Largest log' }).press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+n')
  await inspector.expectTimeLimit('1.5 s')
  await expect(inspector.encoding(1)).toHaveValue('json')
  await page.keyboard.press('Control+,')
  await settings.getByRole('button', { name: 'Reset all settings…' }).click()
  await page.getByRole('menuitem', { name: 'Set everything back to its default, and cut the log to 256 MiB' }).click()
  await expect(settings.getByRole('textbox', { name: 'Timeout of new sockets' })).toHaveValue('5 s')
  await expect(settings.getByRole('combobox', { name: 'Encoding of new sockets' })).toHaveValue('text')
  await expect(settings.getByRole('textbox', { name: 'Largest log' })).toHaveValue('256 MiB')
})
