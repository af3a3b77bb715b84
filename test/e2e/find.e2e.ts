import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Publisher } from 'zeromq'
import { LogStore } from '../../src/engine/transcript/store.ts'
import { logMessage, packEntry } from '../support/log-entries.ts'
import { chooseToSave, expect, ownTest, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'
import { StreamWindow } from './support/stream-window.ts'

/** A SUB in the window that has received these messages. */
async function subscriberWith(
  inspector: InspectorWindow,
  messages: readonly (readonly string[])[],
): Promise<StreamWindow> {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('SUB', 'connect', publisher.lastEndpoint ?? '')
  await stream.sendUntilSeen(() => publisher.send('first'), stream.row('first'))
  for (const frames of messages) await publisher.send([...frames])
  await expect(stream.row(messages.at(-1)?.[0] ?? '').last()).toBeVisible()
  publisher.close()
  return stream
}

const orders = [
  ['prices.eur', '{"price": 99.5, "user": "ann", "id": 9007199254740993}'],
  ['prices.usd', '{"price": 150, "user": "bob", "id": 9007199254740992}'],
  ['trades.eur', '{"price": 200, "user": "ann", "items": [{"qty": 5}, {"qty": 50}]}'],
  ['heartbeat', '{}'],
] as const

test('a comparison finds the messages of a SUB by their values', async ({ inspector }) => {
  const stream = await subscriberWith(inspector, orders)
  const filter = stream.messages.getByRole('textbox', { name: 'Filter messages' })
  const rows = stream.row('received')
  const finds = async (text: string, topics: readonly string[]) => {
    await filter.fill(text)
    await expect(rows).toContainText([...topics])
    await expect(rows).toHaveCount(topics.length)
  }
  await finds('price > 100', ['prices.usd', 'trades.eur'])
  await finds('price > 100 topic:prices.', ['prices.usd'])
  await finds('user == "ann" -topic:trades', ['prices.eur'])
  await finds('id == 9007199254740993', ['prices.eur'])
  await finds('$.items[*].qty >= 50', ['trades.eur'])
  await finds('user =~ /^B/i size:<1KiB after:00:00 is:received', ['prices.usd'])

  await filter.fill('$.price >')
  await expect(stream.messages.getByRole('alert')).toHaveText(
    'Write a number, a "text", true, false or null after $.price >.',
  )
  await expect(filter).toHaveAttribute('aria-invalid', 'true')
  await filter.fill('$.items[?] == 1')
  await expect(stream.messages.getByRole('alert')).toContainText('$.items[?] is no path')
  await filter.fill('')
  await expect(stream.messages.getByRole('alert')).toHaveCount(0)
})

test('the help beside the field has an example of each term', async ({ inspector, page }) => {
  const stream = await subscriberWith(inspector, orders)
  const filter = stream.messages.getByRole('textbox', { name: 'Filter messages' })
  await stream.messages.getByRole('button', { name: 'What to search for in messages' }).click()
  const help = page.getByRole('dialog', { name: 'What to search for' })
  await expect(help.getByRole('button')).toHaveCount(17)
  await help.getByRole('button', { name: 'price > 100' }).click()
  await expect(help).toBeHidden()
  await expect(filter).toHaveValue('price > 100')
  await expect(filter).toBeFocused()
  await stream.messages.getByRole('button', { name: 'What to search for in messages' }).click()
  await help.getByRole('button', { name: 'topic:prices.' }).click()
  await expect(filter).toHaveValue('price > 100 topic:prices.')
  await expect(stream.row('received')).toHaveCount(1)
})

test('an export as CSV has the columns that were chosen', async ({ app, inspector, page, folder }) => {
  const stream = await subscriberWith(inspector, orders)
  await stream.messages.getByRole('textbox', { name: 'Filter messages' }).fill('price > 0')
  await expect(stream.row('received')).toHaveCount(3)
  const exportAsCsv = async () => {
    await stream.messages.getByRole('button', { name: 'Export messages' }).click()
    await page.getByRole('menuitem', { name: 'As CSV…' }).click()
  }
  await exportAsCsv()
  const dialog = page.getByRole('dialog', { name: 'Export as CSV' })
  const columns = dialog.getByRole('list', { name: 'Columns of the file' }).getByRole('listitem')
  await expect(columns).toHaveText(['at', 'direction', 'size'])
  for (const name of ['at', 'size']) await dialog.getByRole('button', { name: `Remove ${name}`, exact: true }).click()
  await dialog.getByRole('button', { name: 'Add frame 2 $.price' }).click()
  await dialog.getByRole('button', { name: 'Add frame 1', exact: true }).click()
  await dialog.getByRole('button', { name: 'Move frame 1 up' }).click()
  await dialog.getByRole('button', { name: 'Move frame 1 up' }).click()
  await dialog.getByRole('combobox', { name: 'Frame of the value' }).selectOption('Frame 2')
  await dialog.getByRole('textbox', { name: 'Path of the value' }).fill('$.id')
  await page.keyboard.press('Enter')
  await expect(columns).toHaveText(['frame 1', 'direction', 'frame 2 $.price', 'frame 2 $.id'])
  const rows = dialog.getByRole('region', { name: 'The first rows' }).getByRole('row')
  await expect(rows.nth(1)).toHaveText('prices.eurreceived99.59007199254740993')
  const path = join(folder, 'orders.csv')
  await chooseToSave(app, path)
  await dialog.getByRole('button', { name: 'Save as CSV…' }).click()
  await expect(stream.messages.getByRole('status').filter({ hasText: 'Saved' })).toHaveText(
    `Saved 3 messages to ${path}.`,
  )
  expect(await readFile(path, 'utf8')).toBe(
    [
      '"frame 1","direction","frame 2 $.price","frame 2 $.id"',
      '"prices.eur","received",99.5,9007199254740993',
      '"prices.usd","received",150,9007199254740992',
      '"trades.eur","received",200,',
      '',
    ].join('\n'),
  )
  await exportAsCsv()
  await expect(columns).toHaveText(['frame 1', 'direction', 'frame 2 $.price', 'frame 2 $.id'])
})

ownTest('a saved filter is there again after a restart, for sockets and the log', async ({ start }) => {
  const { running, inspector } = await start()
  const { page } = inspector
  const log = await inspector.openTab('Log')
  const saved = page.getByRole('dialog', { name: 'Saved filters' })
  await log.getByRole('textbox', { name: 'Filter log' }).fill('price > 100')
  await log.getByRole('button', { name: 'Saved filters of log' }).click()
  await expect(saved).toContainText('Filters that you save appear here')
  await saved.getByRole('button', { name: 'Save this filter…' }).click()
  await saved.getByRole('textbox', { name: 'Name of the filter' }).fill('Large')
  await page.keyboard.press('Enter')
  await expect(saved.getByRole('button', { name: 'Large price > 100' })).toBeVisible()
  await saved.getByRole('button', { name: 'Rename Large' }).click()
  await saved.getByRole('textbox', { name: 'New name of Large' }).fill('Large orders')
  await page.keyboard.press('Enter')
  await expect(saved.getByRole('button', { name: 'Large orders price > 100' })).toBeVisible()
  await running.close()

  const { inspector: again } = await start()
  const stream = new StreamWindow(again)
  await again.addSocket('SUB')
  await stream.messages.getByRole('button', { name: 'Saved filters of messages' }).click()
  const kept = again.page.getByRole('dialog', { name: 'Saved filters' })
  await kept.getByRole('button', { name: 'Large orders price > 100' }).click()
  await expect(stream.messages.getByRole('textbox', { name: 'Filter messages' })).toHaveValue('price > 100')
  await stream.messages.getByRole('button', { name: 'Saved filters of messages' }).click()
  await kept.getByRole('button', { name: 'Delete Large orders' }).click()
  await expect(kept).toContainText('Filters that you save appear here')
})

ownTest('a search through everything tells how far it has come, and can be cancelled', async ({ userData, start }) => {
  const records = 100_000
  const store = new LogStore(join(userData, 'log.sqlite'), 256 * 1024 ** 2)
  for (let first = 1; first <= records; first += 10_000) {
    const frameOf = (number: number) => Buffer.from(`{"n": ${number}, "more": {"deep": [${number}]}}`)
    const entries = Array.from({ length: 10_000 }, (_, index) => logMessage({ frames: [frameOf(first + index)] }))
    store.append(entries.map((entry, index) => packEntry(entry, first + index)))
  }
  store.close()
  const { inspector } = await start()
  const log = await inspector.openTab('Log')
  const progress = log.getByRole('progressbar', { name: 'Progress of the search' })
  await log.getByRole('textbox', { name: 'Filter log' }).fill(`$..deep[*] == ${records - 7}`)
  await expect(progress).toBeVisible()
  await log.getByRole('button', { name: 'Cancel' }).click()
  await expect(progress).toBeHidden()
  await expect(log.getByRole('status').filter({ hasText: 'The search was stopped' })).toBeVisible()
  const rows = log.getByRole('rowgroup').getByRole('row')
  await expect(rows).toHaveCount(1)
  await log.getByRole('button', { name: 'Go on' }).click()
  await expect(log).toContainText(`1 of 100,000 entries`)
  await expect(progress).toBeHidden()
  await expect(rows).toHaveCount(1)
})
