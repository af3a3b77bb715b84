import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Publisher } from 'zeromq'
import { chooseToSave, expect, test } from './support/app.ts'
import { StreamWindow } from './support/stream-window.ts'

test('topics are a tree with counts and last values, and lead to their messages', async ({ app, inspector, page }) => {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('SUB', 'connect', publisher.lastEndpoint ?? '')
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  const messages = stream.messages
  const tree = messages.getByRole('tree', { name: 'Topics' })
  const item = (text: string | RegExp) => tree.getByRole('treeitem').filter({ hasText: text })
  await messages.getByRole('tab', { name: 'Topics' }).click()
  await expect(tree).toContainText('Each topic is listed here as it comes.')
  await stream.sendUntilSeen(() => publisher.send(['first', 'there']), item('first'))
  for (const [topic, value] of [
    ['prices/eur/usd', '1.1'],
    ['prices/eur/gbp', '0.8'],
    ['prices/jpy/usd', '0.007'],
    ['prices/eur/usd', '1.2'],
  ] as const) {
    await publisher.send([topic, value])
  }
  await expect(item('prices')).toContainText('4')
  await expect(messages.getByRole('status', { name: 'Topics in all' })).toHaveText('4 topics')
  await expect(item('prices')).toHaveAttribute('aria-expanded', 'false')
  // The arrow of a topic opens and closes it, selects nothing, and leaves the keys with the tree.
  await item('prices').getByRole('button').dblclick()
  await expect(item('prices')).toHaveAttribute('aria-expanded', 'false')
  await item('prices').getByRole('button').click()
  await expect(item('prices')).toHaveAttribute('aria-expanded', 'true')
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(0)
  await page.keyboard.press('Space')
  await expect(item('prices')).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowDown')
  await expect(tree.getByRole('treeitem', { selected: true })).toHaveCount(1)
  await item('prices').click()
  await page.keyboard.press('ArrowRight')
  await expect(item('eur')).toContainText('3')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  await expect(item('usd').first()).toContainText('1.2')
  await expect(item('gbp')).toHaveAttribute('aria-level', '3')

  await item('gbp').click()
  await expect(stream.message).toContainText('prices/eur/gbp')
  // What is selected is what the list shows.
  await messages.getByRole('tab', { name: 'List' }).click()
  await expect(stream.row('prices/eur/gbp')).toHaveCount(1)
  await expect(stream.row('prices/eur/usd')).toHaveCount(0)
  await expect(messages.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('prices/eur/gbp')
  await messages.getByRole('tab', { name: 'Topics' }).click()
  await item('gbp').click()
  await publisher.send(['prices/eur/gbp', 'the newest'])
  await expect(stream.message).toContainText('the newest')
  await messages.getByRole('button', { name: 'Follow the newest message' }).click()
  await publisher.send(['prices/eur/gbp', 'one more'])
  await expect(item('gbp')).toContainText('one more')
  await expect(stream.message).toContainText('the newest')

  await messages.getByRole('textbox', { name: 'Filter topics' }).fill('JPY')
  await expect(item('first')).toHaveCount(0)
  await expect(item('prices')).toBeVisible()
  await messages.getByRole('textbox', { name: 'Filter topics' }).fill('')
  await item('gbp').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Subscribe to this only' }).click()
  await expect(stream.subscriptions.getByRole('listitem')).toHaveText(['prices/eur/gbp'])
  await item('gbp').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Show its messages in the list' }).click()
  await expect(messages.getByRole('tab', { name: 'List' })).toHaveAttribute('aria-selected', 'true')
  await expect(stream.row('prices/eur/gbp')).toHaveCount(3)
  await expect(stream.row('jpy')).toHaveCount(0)

  const path = join(await mkdtemp(join(tmpdir(), 'inspector-')), 'gbp.ndjson')
  await chooseToSave(app, path)
  await messages.getByRole('button', { name: 'Export messages' }).click()
  await page.getByRole('menuitem', { name: 'As a recording…' }).click()
  await expect(messages).toContainText(`Saved 3 messages to ${path}.`)
  expect(await readFile(path, 'utf8')).toContain('the newest')
  publisher.close()
})
