import type { Locator } from '@playwright/test'
import { expect, test } from './support/app.ts'

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error('The element is not on the page.')
  return box
}

/** What is drawn of an element's text, up to the edge that cuts it. */
const isWhole = (locator: Locator) => locator.evaluate((element) => element.scrollWidth <= element.clientWidth)

test('the list of sockets keeps ports in view, names in line, and × off the words', async ({
  app,
  inspector,
  page,
}) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1000, 700))
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1000)
  for (const type of ['SUB', 'SCATTER', 'ROUTER']) {
    await inspector.addSocket(type)
    await inspector.endpoint.fill('tcp://a-host-with-a-long-name.example:60001')
  }
  const items = inspector.connections.getByRole('listitem')
  const item = items.nth(1)
  // Read and found whole, and drawn with its end.
  await expect(item.getByRole('button', { name: /^a-host-with-a-long-name\.example:60001 SUB Idle$/ })).toBeVisible()
  const start = item.locator('[data-shown^="a-host"]')
  expect(await isWhole(start)).toBe(false)
  const end = item.locator('[data-shown=":60001"]')
  expect(await isWhole(end)).toBe(true)
  const state = item.getByText('Idle')
  const [ofStart, ofEnd, ofState] = [await boxOf(start), await boxOf(end), await boxOf(state)]
  expect(ofEnd.x).toBeGreaterThanOrEqual(ofStart.x + ofStart.width)
  expect(ofEnd.x + ofEnd.width).toBeLessThanOrEqual(ofState.x)
  // Names begin at one place, whatever the type.
  const places = await Promise.all(
    [1, 2, 3].map(async (place) => (await boxOf(items.nth(place).locator('[data-shown^="a-host"]'))).x),
  )
  expect(new Set(places).size).toBe(1)
  // The word gives way to ×, and nothing moves.
  await item.hover()
  await expect(state).toHaveCSS('opacity', '0')
  expect(await boxOf(end)).toEqual(ofEnd)
  await page.mouse.move(600, 300)
  await expect(state).toHaveCSS('opacity', '1')
  const remove = item.getByRole('button', { name: /^Remove socket/ })
  await item.getByRole('button').first().focus()
  await page.keyboard.press('Tab')
  await expect(remove).toBeFocused()
  await expect(state).toHaveCSS('opacity', '0')
  await page.keyboard.press('Enter')
  const removed = inspector.connections.getByRole('status', { name: 'Removed' })
  await expect(removed).toContainText('Removed a-host-with-a-long-name.example:60001')
  expect(await isWhole(removed.locator('[data-shown^="a-host"]'))).toBe(false)
  expect(await isWhole(removed.locator('[data-shown=":60001"]'))).toBe(true)
})
