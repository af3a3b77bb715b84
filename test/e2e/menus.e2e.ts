import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'

const copied = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

async function choose(page: Page, target: Locator, item: string): Promise<void> {
  await target.click({ button: 'right' })
  // The keys that do the same are part of the name.
  const name = new RegExp(`^${item}`)
  await page.getByRole('menu', { name: 'Context menu' }).getByRole('menuitem', { name }).click()
}

test('the right button on a tree copies values and paths, and opens and closes all of it', async ({
  app,
  inspector,
  page,
}) => {
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"list": [1, {"deep": [true]}], "t": "text"}')
  await inspector.exchange()
  await inspector.replyFrame(1).getByText('Tree', { exact: true }).click()
  const tree = inspector.replyFrame(1).getByRole('tree')
  const node = (text: string) => tree.getByRole('treeitem').filter({ hasText: text })
  await choose(page, node('text'), 'Copy the value')
  await expect.poll(() => copied(app)).toBe('text')
  await choose(page, node('2 entries'), 'Expand all')
  await expect(node('true')).toBeVisible()
  await choose(page, node('true'), 'Copy the path')
  await expect.poll(() => copied(app)).toBe('$.list[1].deep[0]')
  await choose(page, node('deep'), 'Copy as Python')
  await expect.poll(() => copied(app)).toBe('[True]')
  // The menu key asks for the node that is selected.
  await node('text').click()
  await expect(node('text')).toHaveAttribute('aria-selected', 'true')
  await expect(tree).toBeFocused()
  await page.keyboard.press('ContextMenu')
  await expect(page.getByRole('menu', { name: 'Context menu' })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('menuitem', { name: 'Copy as JSON' }).click()
  await expect.poll(() => copied(app)).toBe('"text"')
  await choose(page, node('2 entries'), 'Collapse all')
  await expect(tree.getByRole('treeitem')).toHaveCount(1)
})

test('a frame is moved, inserted and removed by its menu, and dragged', async ({ inspector, page }) => {
  await inspector.compose('one', 'two', 'three')
  const number = (at: number) => inspector.requestFrame(at).getByRole('combobox')
  await choose(page, inspector.requestFrame(2).getByText('2', { exact: true }), 'Insert a frame above')
  await expect(inspector.frame(2)).toBeFocused()
  await page.keyboard.type('between')
  await expect(inspector.frame(2)).toHaveText('between')
  await choose(page, inspector.requestFrame(4).getByText('4', { exact: true }), 'Move up')
  await expect(inspector.frame(3)).toHaveText('three')
  await choose(page, inspector.requestFrame(1).getByText('1', { exact: true }), 'Remove')
  await expect(inspector.frame(1)).toHaveText('between')
  await inspector.requestFrame(3).getByTitle('Drag frame 3 to another place').dragTo(number(1))
  await expect(inspector.frame(1)).toHaveText('two')
  await expect(inspector.frame(2)).toHaveText('between')
  // The palette has the same, for the frame that had the focus last.
  await inspector.frame(3).focus()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await page.keyboard.type('Duplicate the frame')
  await page.keyboard.press('Enter')
  await expect(inspector.frame(4)).toHaveText('three')
})

test('a file that is dropped on a frame is loaded into it', async ({ inspector, page }) => {
  const frame = inspector.requestFrame(1)
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File(['{"dropped": true}'], 'dropped.json'))
    return data
  })
  await frame.dispatchEvent('dragover', { dataTransfer: transfer })
  await frame.dispatchEvent('drop', { dataTransfer: transfer })
  await expect(inspector.frame(1)).toHaveText('{"dropped": true}')
  await page.keyboard.press('Alt+z')
  await expect(inspector.frame(1)).toHaveText('Hello world!')
})

test('a socket is renamed, moved and removed by its menu', async ({ inspector, page }) => {
  await inspector.addSocket('PUB')
  const item = (text: string) => inspector.connections.getByRole('listitem').filter({ hasText: text })
  await choose(page, item('PUB'), 'Move up')
  await expect(inspector.connections.getByRole('listitem').first()).toContainText('PUB')
  await choose(page, item('PUB'), 'Rename')
  await page.keyboard.type('prices')
  await page.keyboard.press('Enter')
  await choose(page, item('prices'), 'Remove')
  await expect(item('prices')).toHaveCount(0)
  await page.keyboard.press('Alt+z')
  await expect(item('prices')).toHaveCount(1)
})

test('text has the menu of the system', async ({ app, inspector, page }) => {
  await app.evaluate(({ Menu }) => {
    const offered: string[][] = []
    Reflect.set(globalThis, 'offered', offered)
    Menu.prototype.popup = function popup(this: Electron.Menu) {
      offered.push(this.items.filter(({ enabled, role }) => enabled && role).map(({ role }) => String(role)))
    }
  })
  const offered = () => app.evaluate(() => Reflect.get(globalThis, 'offered'))
  await inspector.endpoint.selectText()
  await inspector.endpoint.click({ button: 'right' })
  await expect.poll(async () => JSON.stringify(await offered()).toLowerCase()).toContain('"cut","copy"')
  await app.evaluate(({ clipboard }) => clipboard.writeText('pasted'))
  await inspector.frame(1).click({ button: 'right' })
  await expect.poll(async () => JSON.stringify(await offered()).toLowerCase()).toContain('"paste"')
  await expect(page.getByRole('menu', { name: 'Context menu' })).toHaveCount(0)
})
