import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { chooseToSave, expect, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'

async function sendText(inspector: InspectorWindow, text: string): Promise<void> {
  await inspector.frame(1).fill(text)
  await inspector.exchange()
}

/** Shows or hides a part of the log. */
const toggle = (log: Locator, name: string): Promise<void> => log.getByRole('button', { name, exact: true }).click()

const messages = (name: string) => new RegExp(`(sent|received).*${name}`)

test('the log has every message of both sides, with its facts', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'first message')
  const log = await inspector.openTab('Log')
  const rows = log.getByRole('row').filter({ hasText: messages('first message') })
  await expect(rows).toHaveCount(4)
  await expect(log.getByRole('row').filter({ hasText: /received.*server .*first message/ })).toHaveCount(1)
  await expect(log.getByRole('row').filter({ hasText: /sent.*server .*first message/ })).toHaveCount(1)
  const reply = rows.filter({ hasText: 'received' }).filter({ hasNotText: 'server' })
  const cells = reply.getByRole('cell')
  await expect(cells.nth(0)).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/)
  await expect(cells.nth(3)).toHaveText('1')
  await expect(cells.nth(4)).toHaveText('13 B')
  await expect(cells.nth(6)).toHaveText(await inspector.roundTrip.innerText())
})

test('socket events are under Events, and in the log for those who want them', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const events = await inspector.openTab('Events')
  await expect(events.getByRole('row').filter({ hasText: 'handshake' })).toHaveCount(2)
  await expect(events.getByRole('row').filter({ hasText: 'Hello world!' })).toHaveCount(0)
  const log = await inspector.openTab('Log')
  await expect(log.getByRole('row').filter({ hasText: 'Hello world!' })).toHaveCount(4)
  await expect(log.getByRole('row').filter({ hasText: 'handshake' })).toHaveCount(0)
  await toggle(log, 'Events')
  await expect(log.getByRole('row').filter({ hasText: 'handshake' })).toHaveCount(2)
  await expect(log.getByRole('row').filter({ hasText: 'Hello world!' })).toHaveCount(4)
})

test('the text filter also applies to new entries', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'apple one')
  await sendText(inspector, 'pear one')
  const log = await inspector.openTab('Log')
  await log.getByRole('textbox', { name: 'Filter log' }).fill('apple')
  const rows = log.getByRole('rowgroup').getByRole('row')
  await expect(rows).toHaveCount(4)
  await sendText(inspector, 'pear two')
  await sendText(inspector, 'apple two')
  await expect(rows).toHaveCount(8)
  await expect(rows.filter({ hasText: 'pear' })).toHaveCount(0)
  await log.getByRole('textbox', { name: 'Filter log' }).fill('no such text')
  await expect(rows).toHaveCount(0)
  await expect(log).toContainText('Nothing matches the filter.')
})

test('the counter says how many entries the filter shows, of how many', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'apple one')
  await sendText(inspector, 'pear one')
  const log = await inspector.openTab('Log')
  await toggle(log, 'Events')
  const filter = log.getByRole('textbox', { name: 'Filter log' })
  const total = async () => Number(/^(\d+) entries · /.exec(await log.getByText(/^\d+ entries · /).innerText())?.[1])
  const all = await total()
  expect(all).toBeGreaterThan(8)
  await filter.fill('apple')
  await expect(log.getByText(/ entries · /)).toHaveText(new RegExp(`^4 of ${all} entries · `))
  await sendText(inspector, 'apple two')
  await expect(log.getByText(/ entries · /)).toHaveText(new RegExp(`^8 of ${all + 4} entries · `))
  await filter.fill('pea')
  await filter.fill('pear')
  await toggle(log, 'Received')
  await expect(log.getByText(/ entries · /)).toHaveText(new RegExp(`^2 of ${all + 4} entries · `))
  // Without the events, the entries are the messages.
  await toggle(log, 'Events')
  await expect(log.getByText(/ entries · /)).toHaveText(/^2 of 12 entries · /)

  const events = await inspector.openTab('Events')
  // The last of them may still be on their way.
  const shown = events.getByRole('rowgroup').getByRole('row')
  await expect(async () => {
    const count = await shown.count()
    expect(count).toBeGreaterThan(2)
    // What was lost or not recorded before is told behind it.
    await expect(events.getByText(/^\d+ events/)).toHaveText(new RegExp(`^${count} events\\b`), { timeout: 500 })
  }).toPass()
  const count = await shown.count()
  await events.getByRole('textbox', { name: 'Filter events' }).fill('handshake')
  await expect(events.getByText(new RegExp(`^2 of ${count} events\\b`))).toBeVisible()

  await inspector.openTab('Log')
  await log.getByRole('button', { name: 'Clear' }).click()
  await inspector.page.getByRole('menuitem', { name: /^Delete all/ }).click()
  await expect(log.getByText(/ entries · /)).toHaveText(/^0 of 0 entries · /)
})

test('the chips and the filter by connection combine', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const rows = log.getByRole('rowgroup').getByRole('row')
  await toggle(log, 'Received')
  await expect(rows).toHaveCount(2)
  await log.getByRole('combobox', { name: 'Socket in log' }).selectOption({ label: 'Echo server' })
  await expect(rows).toHaveCount(1)
  await expect(rows).toContainText('server ')
  await toggle(log, 'Received')
  await toggle(log, 'Sent')
  await expect(rows).toHaveCount(1)
  await inspector.exchange()
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: 'sent' })).toHaveCount(0)
  await log.getByRole('combobox', { name: 'Socket in log' }).selectOption({ label: 'All sockets' })
  await expect(rows).toHaveCount(4)
  await toggle(log, 'Echo server')
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: 'server ' })).toHaveCount(0)
})

test('without Follow the rows stay, and what is new is counted and shown', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const rows = log.getByRole('rowgroup').getByRole('row').filter({ hasText: 'Hello world!' })
  await expect(rows).toHaveCount(4)
  const count = async () => Number((await log.getByText(/entries ·/).innerText()).replace(/ entries.*/, ''))
  const before = await count()
  const follow = log.getByRole('button', { name: 'Follow' })
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
  await follow.click()
  await expect(follow).toHaveAttribute('aria-pressed', 'false')
  await expect(log.getByRole('button', { name: /new$/ })).toHaveCount(0)
  await inspector.exchange()
  // The status counts the new entries: they exist but are not shown.
  await expect.poll(count).toBe(before + 4)
  await expect(rows).toHaveCount(4)
  await log.getByRole('button', { name: '4 new' }).click()
  await expect(rows).toHaveCount(8)
  await expect(follow).toHaveAttribute('aria-pressed', 'true')
})

test('a click opens an entry in the reply view, and there is a way back', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendText(inspector, 'the older one')
  await sendText(inspector, 'the newer one')
  const log = await inspector.openTab('Log')
  await log
    .getByRole('row')
    .filter({ hasText: /sent.*the older one/ })
    .first()
    .click()
  await expect(inspector.reply).toContainText('From the log')
  await expect(inspector.reply).toContainText('Sent message')
  await expect(inspector.replyFrame(1)).toContainText('the older one')
  await inspector.reply.getByRole('button', { name: 'Back to the reply' }).click()
  await expect(inspector.replyFrame(1)).toContainText('the newer one')

  await log.getByRole('row').filter({ hasText: 'the older one' }).first().press('Enter')
  await expect(inspector.replyFrame(1)).toContainText('the older one')
  // The next reply replaces it without further action.
  await sendText(inspector, 'the newest one')
  await expect(inspector.replyFrame(1)).toContainText('the newest one')
})

test('Clear empties the log, and new entries appear', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const rows = log.getByRole('rowgroup').getByRole('row')
  await expect(rows.filter({ hasText: 'Hello world!' })).toHaveCount(4)
  await log.getByRole('button', { name: 'Clear' }).click()
  await inspector.page.getByRole('menuitem', { name: /^Delete all \d+ entries$/ }).click()
  await expect(rows).toHaveCount(0)
  await expect(log).toContainText('0 entries')
  await inspector.exchange()
  await expect(rows).toHaveCount(4)
})

test('Clear during traffic leaves no old rows', { tag: '@alone' }, async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.frame(1).fill('before')
  await inspector.exchange()
  const log = await inspector.openTab('Log')
  const rows = log.getByRole('rowgroup').getByRole('row')
  await log.getByRole('textbox', { name: 'Filter log' }).fill('before')
  await expect(rows).toHaveCount(4)
  await inspector.frame(1).fill('meanwhile')
  await inspector.repeat({ count: null })
  await log.getByRole('button', { name: 'Clear' }).click()
  await inspector.page.getByRole('menuitem', { name: /^Delete all/ }).click()
  await expect(rows).toHaveCount(0)
  await inspector.page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(inspector.request).toContainText('· stopped')
})

test('a filter and a list that stands still survive switching tabs', async ({ inspector }) => {
  const log = await inspector.openTab('Log')
  await log.getByRole('textbox', { name: 'Filter log' }).fill('needle')
  await log.getByRole('button', { name: 'Follow' }).click()
  await inspector.openTab('Events')
  await inspector.openTab('Log')
  await expect(log.getByRole('textbox', { name: 'Filter log' })).toHaveValue('needle')
  await expect(log.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false')
})

test('Export writes one line of JSON per entry, bytes as Base64', async ({ app, inspector, folder }) => {
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'Hex' })
  await sendText(inspector, '00 ff')
  const log = await inspector.openTab('Log')
  await toggle(log, 'Sent')
  const path = join(folder, 'log.ndjson')
  await chooseToSave(app, path)
  await log.getByRole('button', { name: 'Export' }).click()
  await expect(log.getByRole('status')).toHaveText(`Saved 2 entries to ${path}.`)
  const lines: unknown[] = (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const facts = { kind: 'message', direction: 'received', frames: ['AP8='], size: 2, frameCount: 1 }
  expect(lines).toEqual([
    expect.objectContaining({ ...facts, source: 'echo-server', roundTripNs: null }),
    expect.objectContaining({ ...facts, source: 'local-echo', roundTripNs: expect.any(Number) }),
  ])
  expect(lines[0]).toHaveProperty('at', expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
})

test('the log is exported as a recording, which tells of the sockets, and as CSV', async ({
  app,
  page,
  inspector,
  folder,
}) => {
  await inspector.startAndPoint()
  await sendText(inspector, '{"price":1.5}')
  const filter = { text: 'price', kind: 'message' as const, hides: ['echo-server' as const], session: null }
  const recording = join(folder, 'log.zmqrec')
  await chooseToSave(app, recording)
  const saved = await page.evaluate(
    (input) => window.inspector.call('log.export', { filter: input, as: { format: 'recording' } }),
    filter,
  )
  expect(saved).toEqual({ ok: true, value: { path: recording, entries: 2, removed: 0, cleared: false } })
  const lines: unknown[] = (await readFile(recording, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toEqual([
    expect.objectContaining({ format: 'zeromq-inspector-recording', version: 1 }),
    { socket: expect.objectContaining({ session: 'local-echo', pattern: 'req', security: 'none' }) },
    expect.objectContaining({ direction: 'sent', frames: ['{"price":1.5}'], origin: 'person' }),
    expect.objectContaining({ direction: 'received', frames: ['{"price":1.5}'], roundTripNs: expect.any(Number) }),
    { end: { records: 2, complete: true } },
  ])
  const table = join(folder, 'log.csv')
  await chooseToSave(app, table)
  await page.evaluate((input) => {
    const value = { frame: 0, encoding: null, message: null, path: '$.price' }
    const columns = [{ field: 'direction' as const }, { value }]
    return window.inspector.call('log.export', { filter: input, as: { format: 'csv', columns } })
  }, filter)
  expect(await readFile(table, 'utf8')).toBe('"direction","frame 1 $.price"\n"sent",1.5\n"received",1.5\n')
})
