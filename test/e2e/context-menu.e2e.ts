import type { Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'
import { violations } from './support/axe.ts'

const menuOf = (page: Page): Locator => page.getByRole('menu', { name: 'Context menu' })

const rowOf = (log: Locator, text: RegExp): Locator => log.getByRole('row').filter({ hasText: text }).first()

test('the right button opens a menu at the pointer, inside the window', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const row = rowOf(log, /sent.*Hello world!/)
  await row.click({ button: 'right' })
  const menu = menuOf(page)
  await expect(menu.getByRole('menuitem', { name: 'Open' })).toBeFocused()
  const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }))
  const at = await menu.boundingBox()
  if (!at) throw new Error('The menu has no place.')
  expect(at.x).toBeGreaterThanOrEqual(0)
  expect(at.x + at.width).toBeLessThanOrEqual(size.width)
  expect(at.y + at.height).toBeLessThanOrEqual(size.height)
  expect(await violations(page, 'all')).toEqual([])
  // Another place: the menu moves there, and there is one.
  await rowOf(log, /received.*Hello world!/).click({ button: 'right', position: { x: 20, y: 10 } })
  await expect(menu).toHaveCount(1)
  await expect.poll(async () => (await menu.boundingBox())?.x).not.toBe(at.x)
  await menu.getByRole('menuitem', { name: 'Open' }).click()
  await expect(menu).toHaveCount(0)
  await expect(inspector.reply).toContainText('From the log')
})

test('keys open the menu, move in it, choose and close, and the focus returns', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const row = rowOf(log, /sent.*Hello world!/)
  const menu = menuOf(page)
  await row.focus()
  for (const key of ['ContextMenu', 'Shift+F10']) {
    await page.keyboard.press(key)
    await expect(menu.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('End')
    await expect(menu.getByRole('menuitem').last()).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(menu.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('c')
    await expect(menu.getByRole('menuitem', { name: 'Copy' }).first()).toBeFocused()
    await page.keyboard.press('Home')
    await expect(menu.getByRole('menuitem').first()).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(menu).toHaveCount(0)
    await expect(row).toBeFocused()
  }
  await page.keyboard.press('ContextMenu')
  await expect(menu.getByRole('menuitem', { name: 'Open' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(inspector.reply).toContainText('From the log')
})

test('a menu closes when the person turns the wheel, leaves or resizes the window', async ({
  app,
  inspector,
  page,
}) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const row = rowOf(log, /sent.*Hello world!/)
  const menu = menuOf(page)
  const open = async () => {
    await row.click({ button: 'right' })
    await expect(menu).toBeVisible()
  }
  await open()
  await log.getByRole('textbox', { name: 'Filter log' }).hover()
  await page.mouse.wheel(0, 40)
  await expect(menu).toHaveCount(0)
  await open()
  await log.getByRole('textbox', { name: 'Filter log' }).click()
  await expect(menu).toHaveCount(0)
  await open()
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const [width = 0, height = 0] = window?.getSize() ?? []
    window?.setSize(width - 20, height)
  })
  await expect(menu).toHaveCount(0)
})

test('a row is opened, copied, filtered to, sent again and used from its menu', async ({ app, inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.frame(1).fill('the first')
  await inspector.exchange()
  await inspector.frame(1).fill('another draft')
  const log = await inspector.openTab('Log')
  const sent = log
    .getByRole('row')
    .filter({ hasText: /sent.*the first/ })
    .filter({ hasNotText: 'server ' })
  const menu = menuOf(page)
  const choose = async (name: string) => {
    await sent.first().click({ button: 'right' })
    await menu.getByRole('menuitem', { name }).click()
  }
  await choose('Show its reply')
  await expect(inspector.reply).toContainText('Received message')
  await choose('Copy as hex')
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('746865206669727374')
  await choose('Send again')
  await expect(sent).toHaveCount(2)
  await expect(inspector.replyFrame(1)).toContainText('the first')
  await expect(inspector.frame(1)).toHaveText('another draft')
  await choose('Use as the request')
  await expect(inspector.frame(1)).toHaveText('the first')
  await choose('Filter to this socket')
  await expect(log.getByRole('combobox', { name: 'Socket in log' })).toHaveValue('local-echo')
  await expect(log.getByRole('row').filter({ hasText: 'server ' })).toHaveCount(0)
  // The echo server cannot be told to send.
  await log.getByRole('combobox', { name: 'Socket in log' }).selectOption({ label: 'Echo server' })
  await rowOf(log, /sent.*the first/).click({ button: 'right' })
  await expect(menu.getByRole('menuitem', { name: 'Show its request' })).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: 'Send again' })).toHaveCount(0)
})
