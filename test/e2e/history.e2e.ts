import { expect, ownTest, test } from './support/app.ts'

test('a key brings back what was sent, and what was written', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  for (const text of ['first', 'second', 'third']) {
    await inspector.frame(1).fill(text)
    await inspector.exchange()
    await expect(inspector.replyFrame(1)).toContainText(text)
  }
  await inspector.frame(1).fill('not sent yet')
  await page.keyboard.press('Control+ArrowUp')
  await expect(inspector.frame(1)).toHaveText('third')
  await page.keyboard.press('Control+ArrowUp')
  await page.keyboard.press('Control+ArrowUp')
  await expect(inspector.frame(1)).toHaveText('first')
  // There is none before it.
  await page.keyboard.press('Control+ArrowUp')
  await expect(inspector.frame(1)).toHaveText('first')
  for (const text of ['second', 'third', 'not sent yet']) {
    await page.keyboard.press('Control+ArrowDown')
    await expect(inspector.frame(1)).toHaveText(text)
  }
})

ownTest(
  'the messages sent last are listed, come back whole, and survive a restart',
  async ({ running, inspector, start }) => {
    const endpoint = await inspector.startAndPoint()
    await inspector.encoding(1).selectOption({ label: 'Hex' })
    await inspector.compose('00 ff', '')
    await inspector.exchange()
    await inspector.page.getByRole('button', { name: 'Remove frame 2' }).click()
    await inspector.frame(1).fill('01')
    await inspector.exchange()
    await running.close()

    const { inspector: next } = await start()
    await expect(next.frame(1)).toHaveText('01')
    await next.page.getByRole('button', { name: 'More ways to send' }).click()
    const recent = next.page.getByRole('region', { name: 'Recent messages' })
    await expect(recent.getByRole('listitem')).toHaveCount(2)
    await recent.getByRole('button', { name: /00 ff .* 2 frames/ }).click()
    await expect(next.frame(1)).toHaveText('00 ff')
    await expect(next.requestFrame(2)).toContainText('0 B')
    // The endpoint is offered where one is typed.
    await expect(next.page.locator(`datalist option[value="${endpoint}"]`)).toHaveCount(1)
    await next.page.keyboard.press('Alt+z')
    await expect(next.frame(1)).toHaveText('01')
    await expect(next.frame(2)).toHaveCount(0)
  },
)

test('a new socket and a new frame have the focus where one types next', async ({ inspector, page }) => {
  await inspector.addFrame.click()
  await expect(inspector.frame(2)).toBeFocused()
  await inspector.addSocket('SUB')
  await expect(page.getByRole('combobox', { name: 'Endpoint', exact: true })).toBeFocused()
})
