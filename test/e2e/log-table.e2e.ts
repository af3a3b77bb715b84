import type { Locator } from '@playwright/test'
import { expect, ownTest, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'

async function sendText(inspector: InspectorWindow, text: string): Promise<void> {
  await inspector.frame(1).fill(text)
  await inspector.exchange()
}

const rowsOf = (log: Locator): Locator => log.getByRole('rowgroup').getByRole('row')

const heading = (log: Locator, name: string): Locator => log.getByRole('columnheader', { name })

/** The texts of a column, from the top. */
const columnOf = (log: Locator, index: number): Promise<string[]> =>
  rowsOf(log).evaluateAll((rows, at) => rows.map((row) => row.children[at]?.textContent ?? ''), index)

test('a search takes words, -words, quotes, bytes and expressions, beyond the preview', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await sendText(inspector, `${'long '.repeat(200)}Needle in a haystack`)
  await sendText(inspector, 'a needle alone')
  const log = await inspector.openTab('Log')
  const search = log.getByRole('textbox', { name: 'Filter log' })
  for (const [text, count] of [
    ['needle', 8],
    ['needle haystack', 4],
    ['needle -haystack', 4],
    ['"haystack in"', 0],
    ['/needle (alone|in a)/i -/alone$/', 4],
    ["h'4e 65 65 64'", 4],
  ] as const) {
    await search.fill(text)
    await expect(rowsOf(log), text).toHaveCount(count)
  }
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('')
  await expect(rowsOf(log)).toHaveCount(8)
  await search.fill('nothing of the kind')
  await log.getByRole('button', { name: 'Reset the search' }).click()
  await expect(rowsOf(log)).toHaveCount(8)
})

test('a broken expression, and one that never ends, are told next to the field', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, `${'a'.repeat(60)}b`)
  const log = await inspector.openTab('Log')
  const search = log.getByRole('textbox', { name: 'Filter log' })
  await search.fill('/(/')
  await expect(log.getByRole('alert')).toHaveText('/(/ is no regular expression: unterminated group.')
  await expect(rowsOf(log)).toHaveCount(0)
  await search.fill('/^(a+)+$/')
  await expect(log.getByRole('alert')).toContainText('takes too long')
  await search.fill('/^a+b$/')
  await expect(rowsOf(log)).toHaveCount(4)
  await expect(log.getByRole('alert')).toHaveCount(0)
  // The log goes on.
  await sendText(inspector, 'aaab')
  await expect(rowsOf(log)).toHaveCount(8)
})

test('the list is one tab stop, and keys move in it', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'first')
  await inspector.repeat({ count: 60 })
  await expect(inspector.request).toContainText('60 of 60 sent')
  const log = await inspector.openTab('Log')
  const table = log.getByRole('table', { name: 'Log entries' })
  await expect(table).toHaveAttribute('aria-rowcount', '245')
  await log.getByRole('button', { name: 'Columns of log' }).focus()
  await page.keyboard.press('Tab')
  const focused = page.locator(':focus')
  await expect(focused).toHaveAttribute('aria-rowindex', '245')
  await page.keyboard.press('ArrowUp')
  await expect(focused).toHaveAttribute('aria-rowindex', '244')
  await page.keyboard.press('Home')
  await expect(focused).toHaveAttribute('aria-rowindex', '2')
  await page.keyboard.press('PageDown')
  const afterPage = Number(await focused.getAttribute('aria-rowindex'))
  expect(afterPage).toBeGreaterThan(3)
  await expect(focused).toBeInViewport()
  await page.keyboard.press('End')
  await expect(focused).toHaveAttribute('aria-rowindex', '245')
  await expect(focused).toBeInViewport()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  await expect(heading(log, 'Time')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(heading(log, 'Direction')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAttribute('aria-rowindex', '2')
  await page.keyboard.press('Enter')
  await expect(inspector.replyFrame(1)).toContainText('first')
  // The next stop is behind the list, and back is the same row.
  await page.keyboard.press('Tab')
  await expect(table.locator(':focus')).toHaveCount(0)
  await page.keyboard.press('Shift+Tab')
  await expect(focused).toHaveAttribute('aria-rowindex', '2')
})

test('a click on a heading sorts, and what is new is shown on demand', async ({ inspector }) => {
  await inspector.startAndPoint()
  for (const text of ['medium', 's', 'the largest']) await sendText(inspector, text)
  const log = await inspector.openTab('Log')
  await log.getByRole('button', { name: 'Echo server', exact: true }).click()
  await expect(rowsOf(log)).toHaveCount(6)
  await heading(log, 'Size').click()
  await expect.poll(() => columnOf(log, 4)).toEqual(['11 B', '11 B', '6 B', '6 B', '1 B', '1 B'])
  await expect(heading(log, 'Size')).toHaveAttribute('aria-sort', 'descending')
  await expect(log.getByRole('button', { name: 'Follow' })).toBeDisabled()
  await sendText(inspector, 'the very largest')
  await log.getByRole('button', { name: '2 new' }).click()
  await expect.poll(() => columnOf(log, 4)).toEqual(['16 B', '16 B', '11 B', '11 B', '6 B', '6 B', '1 B', '1 B'])
  await heading(log, 'Size').click()
  await expect.poll(async () => (await columnOf(log, 4))[0]).toBe('1 B')
  await heading(log, 'Size').click()
  await expect.poll(async () => (await columnOf(log, 5))[0]).toBe('medium')
  await expect(log.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'true')
  // The newest first follows, too.
  await heading(log, 'Time').click()
  await expect.poll(async () => (await columnOf(log, 5))[0]).toBe('the very largest')
  await sendText(inspector, 'newest')
  await expect.poll(async () => (await columnOf(log, 5))[0]).toBe('newest')
})

test('columns are resized by dragging and by keys, hidden and shown', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const width = async (name: string) => (await heading(log, name).boundingBox())?.width ?? 0
  const edge = log.getByRole('separator', { name: 'Width of Socket' })
  const before = await width('Socket')
  const at = await edge.boundingBox()
  if (!at) throw new Error('The edge has no place.')
  await page.mouse.move(at.x + 4, at.y + 8)
  await page.mouse.down()
  await page.mouse.move(at.x + 64, at.y + 8, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => width('Socket')).toBe(Math.round(before + 60))
  await expect(heading(log, 'Socket')).not.toHaveAttribute('aria-sort')

  await heading(log, 'Direction').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Change the width' }).click()
  await expect(log.getByRole('separator', { name: 'Width of Direction' })).toBeFocused()
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('ArrowRight')
  await expect.poll(() => width('Direction')).toBe(84 + 24)
  await page.keyboard.press('Escape')
  await expect(heading(log, 'Direction')).toBeFocused()

  await page.keyboard.press('ContextMenu')
  await page.getByRole('menuitem', { name: 'Hide “Direction”' }).click()
  await expect(heading(log, 'Direction')).toHaveCount(0)
  await log.getByRole('button', { name: 'Columns of log' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Direction' }).click()
  await expect(heading(log, 'Direction')).toBeVisible()
  await log.getByRole('button', { name: 'Columns of log' }).click()
  await page.getByRole('menuitem', { name: 'Usual columns' }).click()
  await expect.poll(() => width('Direction')).toBe(84)
  await expect.poll(() => width('Socket')).toBe(before)
})

test('Stop recording stops the log, and counts what is not recorded', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'recorded')
  const log = await inspector.openTab('Log')
  await expect(rowsOf(log)).toHaveCount(4)
  await log.getByRole('button', { name: 'Stop recording' }).click()
  await sendText(inspector, 'not recorded')
  // The reply and the figures need no log.
  await expect(inspector.replyFrame(1)).toContainText('not recorded')
  // Events of sockets may be among them.
  await expect(log).toContainText(/([4-9]|\d\d) not recorded/)
  await log.getByRole('button', { name: 'Record', exact: true }).click()
  await sendText(inspector, 'recorded again')
  await expect(rowsOf(log)).toHaveCount(8)
  await expect(rowsOf(log).filter({ hasText: 'not recorded' })).toHaveCount(0)
  // Events of sockets may be among them.
  await expect(log).toContainText(/([4-9]|\d\d) not recorded/)
})

test('the other message of an exchange is marked, and one switch away', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'one')
  await sendText(inspector, 'two')
  const log = await inspector.openTab('Log')
  const own = rowsOf(log).filter({ hasNotText: 'server ' }).filter({ hasText: 'two' })
  await own.filter({ hasText: 'sent' }).click()
  await expect(own.filter({ hasText: 'its reply' })).toHaveCount(1)
  await expect(rowsOf(log).filter({ hasText: /its (reply|request)/ })).toHaveCount(1)
  const choice = inspector.reply.getByRole('radiogroup', { name: 'Message of the exchange' })
  await expect(choice.getByRole('radio', { name: 'Request' })).toBeChecked()
  await choice.getByText('Reply').click()
  await expect(inspector.reply).toContainText('Received message')
  await expect(choice.getByRole('radio', { name: 'Reply' })).toBeChecked()
  await expect(own.filter({ hasText: 'its request' })).toHaveCount(1)
  // The echo server's messages have their own exchange.
  await rowsOf(log).filter({ hasText: 'server ' }).filter({ hasText: 'one' }).filter({ hasText: 'received' }).click()
  const server = rowsOf(log).filter({ hasText: 'server ' }).filter({ hasText: 'one' })
  await expect(server.filter({ hasText: 'its reply' })).toHaveCount(1)
})

ownTest('filters and columns are there again after a restart', async ({ start }) => {
  const first = await start()
  const before = await first.inspector.openTab('Log')
  await before.getByRole('textbox', { name: 'Filter log' }).fill('needle -hay')
  await before.getByRole('button', { name: 'Events', exact: true }).click()
  await before.getByRole('button', { name: 'Sent', exact: true }).click()
  await heading(before, 'Frames').click({ button: 'right' })
  await first.running.page.getByRole('menuitem', { name: 'Hide “Frames”' }).click()
  await first.running.close()

  const { inspector } = await start()
  const log = await inspector.openTab('Log')
  await expect(log.getByRole('textbox', { name: 'Filter log' })).toHaveValue('needle -hay')
  await expect(log.getByRole('button', { name: 'Events', exact: true })).toHaveAttribute('aria-pressed', 'true')
  await expect(log.getByRole('button', { name: 'Sent', exact: true })).toHaveAttribute('aria-pressed', 'false')
  await expect(heading(log, 'Size')).toBeVisible()
  await expect(heading(log, 'Frames')).toHaveCount(0)
})
