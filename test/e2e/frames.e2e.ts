import { expect, test } from './support/app.ts'

test('frames are added, copied, moved and removed, and echoed in order', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.compose('one', 'two')
  await inspector.addFrame.click()
  await expect(inspector.frame(3)).toHaveText('')
  await expect(inspector.request).toContainText('3 frames · 6 B')

  await inspector.frameAction(1, 'Duplicate')
  await inspector.frame(2).fill('copy')
  await expect(inspector.frame(1)).toHaveText('one')
  await inspector.frameAction(2, 'Move down')
  await expect(inspector.frame(2)).toHaveText('two')
  await expect(inspector.frame(3)).toHaveText('copy')
  await inspector.frameAction(4, 'Move up')
  await inspector.page.getByRole('button', { name: 'Remove frame 1' }).click()
  await expect(inspector.request).toContainText('3 frames · 7 B')

  await inspector.exchange()
  await expect(inspector.replyFrame(3)).toBeVisible()
  await expect(inspector.replyFrame(4)).toHaveCount(0)
  expect(await inspector.replyHex(1)).toBe('74 77 6f')
  expect(await inspector.replyHex(2)).toBe('')
  expect(await inspector.replyHex(3)).toBe('63 6f 70 79')
  await expect(inspector.reply).toContainText('identical to the request')
})

test('a message keeps at least one frame, and that one may be empty', async ({ inspector }) => {
  await inspector.startAndPoint()
  await expect(inspector.page.getByRole('button', { name: 'Remove frame 1' })).toBeDisabled()
  await inspector.frame(1).fill('')
  await expect(inspector.requestFrame(1)).toContainText('0 B')
  await inspector.exchange()
  expect(await inspector.replyHex(1)).toBe('')
})

test('the size of a frame is updated on every key', async ({ inspector }) => {
  await inspector.frame(1).fill('')
  await inspector.frame(1).pressSequentially('aé')
  await expect(inspector.requestFrame(1)).toContainText('3 B')
  await inspector.page.keyboard.press('Backspace')
  await expect(inspector.requestFrame(1)).toContainText('1 B')
})

test('Ctrl+Enter in the editor sends, and adds no line', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.frame(1).fill('by keyboard')
  await inspector.frame(1).press('ControlOrMeta+Enter')
  await expect(inspector.roundTrip).toHaveText(/\d/)
  await expect(inspector.replyFrame(1)).toContainText('by keyboard')
  await expect(inspector.requestFrame(1)).toContainText('11 B')
})
