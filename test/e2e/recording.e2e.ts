import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Publisher } from 'zeromq'
import { chooseToOpen, chooseToSave, expect, test } from './support/app.ts'
import { StreamWindow } from './support/stream-window.ts'

test('a recording is opened read-only, and live messages stay apart', async ({ app, inspector, page }) => {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('SUB', 'connect', publisher.lastEndpoint ?? '')
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  await expect(async () => {
    await publisher.send(['first', 'there'])
    await expect(stream.row('first').first()).toBeVisible({ timeout: 200 })
  }).toPass()
  await publisher.send(['eur', '{"price": 100}'])
  await publisher.send(['usd', '{"price": 7}'])
  await publisher.send(['eur', '{"price": 101}'])
  await expect(stream.row('101')).toBeVisible()
  await stream.messages.getByRole('textbox', { name: 'Filter messages' }).fill('price')
  await expect(stream.row('first')).toHaveCount(0)
  const folder = await mkdtemp(join(tmpdir(), 'inspector-'))
  const path = join(folder, 'prices.zmqrec')
  await chooseToSave(app, path)
  await stream.messages.getByRole('button', { name: 'Export messages' }).click()
  await page.getByRole('menuitem', { name: 'As a recording…' }).click()
  await expect(stream.messages).toContainText('Saved 3 messages')
  const saved = await readFile(path)

  await chooseToOpen(app, path)
  await page.keyboard.press('Control+o')
  const recording = page.getByRole('region', { name: 'Recording', exact: true })
  const list = recording.getByRole('grid', { name: 'Recording entries' })
  const row = (text: string) => list.getByRole('row').filter({ hasText: text })
  await expect(recording).toContainText('prices.zmqrec3 records · 1 socket · ')
  await expect(recording).toContainText('read-only')
  await expect(row('price')).toHaveCount(3)
  // Live messages go to the log alone.
  await publisher.send(['eur', '{"price": 102}'])
  await row('101').click()
  await expect(stream.message).toContainText('Received')
  await stream.message.getByRole('tab', { name: 'Changes' }).click()
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('Since the one before of its topic')
  await expect(page.getByRole('region', { name: 'Changes' })).toContainText('$.price')
  await stream.message.getByRole('tab', { name: 'Figures' }).click()
  await expect(page.getByRole('region', { name: 'Figures' })).toContainText(
    'All messages in the recording of this topic',
  )
  await stream.message.getByRole('tab', { name: 'Frames' }).click()
  await recording.getByRole('textbox', { name: 'Filter recording' }).fill('price < 50')
  await expect(row('price')).toHaveCount(1)
  await recording.getByRole('textbox', { name: 'Filter recording' }).fill('')
  await expect(row('price')).toHaveCount(3)

  const item = page.getByRole('region', { name: 'Opened recording' })
  await page
    .getByRole('region', { name: 'Sockets' })
    .getByRole('button', { name: /^SUB|127\.0\.0\.1.*Open/ })
    .last()
    .click()
  await expect(recording).toHaveCount(0)
  await expect(stream.row('102')).toBeVisible()
  await expect(stream.message).toContainText('Select a message')
  await item.getByRole('button', { name: /^prices\.zmqrec/ }).click()
  await expect(row('price')).toHaveCount(3)

  // What is none is said, and what is open stays.
  const other = join(folder, 'other.zmqrec')
  await writeFile(other, '{"some": "JSON"}\n')
  await chooseToOpen(app, other)
  await page.keyboard.press('Control+o')
  await expect(item.getByRole('alert')).toContainText('is no recording')
  await item.getByRole('button', { name: 'Dismiss' }).click()
  await expect(row('price')).toHaveCount(3)
  await recording.getByRole('button', { name: 'Close the recording' }).click()
  await expect(item).toHaveCount(0)
  await expect(stream.row('102')).toBeVisible()
  expect(await readFile(path)).toEqual(saved)
  publisher.close()
})
