import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { formatCount } from '../../src/shared/format.ts'
import { nightly } from '../support/nightly.ts'
import { chooseToOpen, chooseToSave, expect, test } from './support/app.ts'

test('the initial view is certain: text for text, JSON for documents, otherwise hex', async ({ inspector, peers }) => {
  const replies = ['plain words', '{"a": 1}', '123', Buffer.of(1, 2, 3), Buffer.of(0xff, 0xfe), '{"a": ', '']
  await inspector.endpoint.fill(await peers.answering(() => replies))
  await inspector.exchange()
  await expect(inspector.replyFrame(replies.length)).toBeVisible()
  const views = ['Text', 'JSON', 'Text', 'Hex', 'Hex', 'Text', 'Text']
  for (const [index, view] of views.entries()) {
    await expect(inspector.replyView(index + 1).locator('option:checked')).toHaveText(`Auto: ${view}`)
  }
})

test('a frame can be viewed in any encoding, and invalid ones are reported', async ({ inspector, peers }) => {
  await inspector.endpoint.fill(await peers.answering(() => [Buffer.of(0x81, 0xa1, 0x61, 0x92, 1, 0xff)]))
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  await expect(frame).toContainText('6 B')
  const content = frame.getByRole('textbox', { name: 'Content of reply frame 1' })
  await inspector.replyView(1).selectOption({ label: 'MessagePack' })
  await frame.getByRole('radiogroup', { name: 'Form of reply frame 1' }).getByText('Pretty').click()
  await expect.poll(async () => JSON.parse(await content.innerText())).toEqual({ a: [1, -1] })
  await frame.getByRole('radiogroup', { name: 'Form of reply frame 1' }).getByText('Raw').click()
  await expect(content).toHaveText('{"a": [1, -1]}')
  await inspector.replyView(1).selectOption({ label: 'Base64' })
  await expect(content).toHaveText('gaFhkgH/')
  await inspector.replyView(1).selectOption({ label: 'Text' })
  await expect(frame.getByRole('alert')).toContainText('Not valid Text at byte 0')
  await inspector.replyView(1).selectOption({ label: 'Z85' })
  await expect(frame.getByRole('alert')).toContainText('6 is not a multiple of 4')
  await expect.poll(() => inspector.replyHex(1)).toBe('81 a1 61 92 01 ff')
})

test('a tree expands and collapses, by mouse and keyboard', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"name": "x", "list": [10, {"deep": {"deeper": true}}]}')
  await inspector.exchange()
  await inspector.replyFrame(1).getByText('Tree', { exact: true }).click()
  const tree = inspector.replyFrame(1).getByRole('tree')
  const item = (text: string | RegExp) => tree.getByRole('treeitem').filter({ hasText: text })
  await expect(item('name')).toContainText('x')
  await expect(item('list')).toHaveAttribute('aria-expanded', 'true')
  await expect(item(/^010/)).toBeVisible()
  await item('list').click()
  await expect(item('list')).toHaveAttribute('aria-expanded', 'false')
  await expect(item(/^010/)).toHaveCount(0)

  await tree.press('ArrowRight')
  await expect(item(/^010/)).toBeVisible()
  await expect(item('deeper')).toHaveCount(0)
  await tree.press('End')
  await tree.press('ArrowRight')
  await tree.press('End')
  await tree.press('ArrowRight')
  await expect(item('deeper')).toContainText('true')
  await tree.press('Home')
  await expect(tree.getByRole('treeitem').first()).toHaveAttribute('aria-selected', 'true')
})

test('a tree node marks its bytes, and a byte selects the smallest node that contains it', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"a":[10,{"b":"deep"}]}')
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  await frame.getByText('Tree', { exact: true }).click()
  const selection = frame.getByRole('status', { name: 'Selection in reply frame 1' })
  const hex = frame.getByRole('region', { name: 'Bytes of reply frame 1' })
  await frame.getByRole('treeitem').filter({ hasText: '10' }).click()
  await expect(selection).toHaveText('number · bytes 6 to 7 · 2 B')
  await expect(hex.locator('mark').first()).toHaveText('31 30')

  // The arrow keys move byte by byte, and the tree expands to the node they reach.
  await hex.press('Home')
  for (let step = 0; step < 16; step += 1) await hex.press('ArrowRight')
  await expect(selection).toHaveText('string · bytes 14 to 19 · 6 B')
  await expect(frame.getByRole('treeitem', { selected: true })).toContainText('"deep"')
})

test('JSON is laid out and folded, with what is folded summed up', async ({ app, inspector, peers }) => {
  const users = Array.from({ length: 3 }, (_, id) => ({ id, name: `user ${id}`, roles: ['reader'] }))
  const text = JSON.stringify({ users, total: users.length })
  await inspector.endpoint.fill(await peers.answering(() => [text]))
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  const content = frame.getByRole('textbox', { name: 'Content of reply frame 1' })
  // One line is longer than 80 characters.
  await expect(frame.getByRole('radio', { name: 'Pretty' })).toBeChecked()
  const pretty = JSON.stringify({ users, total: users.length }, null, 2)
  await expect.poll(async () => content.innerText()).toBe(pretty)
  await inspector.reply.getByRole('button', { name: 'Copy reply frame 1' }).click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(pretty)

  await frame.getByTitle('Close').nth(2).click()
  await expect(content).toContainText('{"id": 0, "name": "user 0", "roles": [ "reader" ]},')
  await expect(frame.locator('.cm-line')).toHaveCount(pretty.split('\n').length - 6)
  await content.getByTitle('Open').click()
  await expect.poll(async () => content.innerText()).toBe(pretty)

  await frame.getByText('Raw', { exact: true }).click()
  await expect(content).toHaveText(text)
  await expect(frame.getByTitle('Close')).toHaveCount(0)
})

test('a collapsed node of a tree sums up what is in it', async ({ inspector, peers }) => {
  await inspector.endpoint.fill(await peers.answering(() => ['{"list": [{"id": 0, "name": "user 0", "in": {}}]}']))
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  await frame.getByText('Tree', { exact: true }).click()
  const list = frame.getByRole('treeitem').filter({ hasText: 'list' })
  await expect(list).toHaveText('list1 itemarray')
  await list.click()
  await expect(list).toHaveText('list[{…}]1 itemarray')
  await list.click()
  await expect(frame.getByRole('treeitem').nth(2)).toHaveText('0{id: 0, name: "user 0", in: {}}3 entriesobject')
})

/** Where a text is drawn, from the left edge of the page. */
const leftOf = (locator: Locator, text: string): Promise<number> =>
  locator.evaluate((element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.nodeValue?.indexOf(wanted) ?? -1
      if (start < 0) continue
      const range = document.createRange()
      range.setStart(node, start)
      range.setEnd(node, start + wanted.length)
      return range.getBoundingClientRect().left
    }
    throw new Error(`There is no ${wanted}.`)
  }, text)

test('text from right to left never swaps a key and its value', async ({ inspector }) => {
  await inspector.startAndPoint()
  const frame = inspector.replyFrame(1)
  const isInOrder = (locator: Locator) =>
    expect(async () => expect(await leftOf(locator, 'שם')).toBeLessThan(await leftOf(locator, 'ערך'))).toPass()
  for (const encoding of ['JSON', 'CBOR']) {
    await inspector.encoding(1).selectOption({ label: encoding })
    await inspector.frame(1).fill('{"שם": "ערך"}')
    await isInOrder(inspector.frame(1))
    await inspector.exchange()
    await frame.getByText('Raw', { exact: true }).click()
    await isInOrder(frame.getByRole('textbox', { name: 'Content of reply frame 1' }))
    await frame.getByText('Tree', { exact: true }).click()
    await isInOrder(frame.getByRole('tree'))
    await frame.getByRole('treeitem').first().click()
    await expect(frame.getByRole('treeitem')).toHaveCount(1)
    await isInOrder(frame.getByRole('tree'))
  }
  const log = await inspector.openTab('Log')
  await isInOrder(log.getByRole('row').filter({ hasText: 'ערך' }).first())
})

test('hex shows offsets and ASCII characters', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.frame(1).fill('0123456789abcdefghijklmnopqrstuvwxyzé')
  await inspector.exchange()
  await inspector.replyView(1).selectOption({ label: 'Hex' })
  const shown = inspector.replyFrame(1).getByText(/^[0-9a-f]{6} {2}/)
  await expect(shown.last()).toContainText('c3 a9')
  const rows = await shown.allTextContents()
  const perRow = rows.length === 3 ? 16 : 8
  expect(rows).toHaveLength(Math.ceil(38 / perRow))
  expect(rows[1]).toContain(perRow === 16 ? '000010' : '000008')
  expect(rows[0]).toMatch(/^000000 {2}30 31 32 33 34 35 36 37 .*01234567/)
  expect(rows.at(-1)).toMatch(/c3 a9 +(\w+)··$/)
})

test('a frame is copied as shown, and saved byte for byte', async ({ app, inspector, folder }) => {
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'Hex' })
  await inspector.frame(1).fill('00 ff 0a')
  await inspector.exchange()
  await inspector.reply.getByRole('button', { name: 'Copy reply frame 1' }).click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('00 ff 0a')
  await inspector.replyView(1).selectOption({ label: 'Base64' })
  await inspector.reply.getByRole('button', { name: 'Copy reply frame 1' }).click()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('AP8K')

  const saved = join(folder, 'saved.bin')
  await chooseToSave(app, saved)
  await inspector.reply.getByRole('button', { name: 'Save reply frame 1' }).click()
  await expect.poll(() => readFile(saved, 'hex').catch(() => 'not there')).toBe('00ff0a')
})

test('a reply of very many frames is shown a hundred at a time', async ({ inspector, peers }) => {
  const frames = Array.from({ length: 5000 }, (_, index) => `frame ${index + 1} of many`)
  await inspector.endpoint.fill(await peers.answering(() => frames))
  await inspector.exchange()
  await expect(inspector.replyFrame(1)).toContainText('frame 1 of many')
  await expect(inspector.replyFrame(100)).toHaveCount(1)
  await expect(inspector.replyFrame(101)).toHaveCount(0)
  await inspector.reply.getByRole('button', { name: 'Show 100 more of 5,000 frames' }).click()
  await inspector.replyFrame(150).getByRole('button').click()
  await expect(inspector.replyFrame(150).getByRole('textbox', { name: 'Content of reply frame 150' })).toHaveText(
    'frame 150 of many',
  )
  await expect(inspector.replyView(150)).toBeVisible()
})

test('a failed save is reported', async ({ app, inspector, folder }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  await chooseToSave(app, folder)
  await inspector.reply.getByRole('button', { name: 'Save reply frame 1' }).click()
  await expect(inspector.alert).toContainText('could not be saved')
})

test('a reply that differs from the request says where', async ({ inspector, peers }) => {
  await inspector.endpoint.fill(await peers.answering(([frame]) => [frame ?? '', 'Hello World!']))
  await inspector.compose('same', 'Hello world!')
  await inspector.exchange()
  await expect(inspector.reply).toContainText('differs from the request at frame 2, byte 6')
})

/** 64 MiB is the echo server's limit. */
const mebibytes = nightly ? 64 : 16

test(`${mebibytes} MiB are echoed, collapsed at first`, async ({ app, inspector, folder }) => {
  const size = mebibytes * 1024 * 1024
  const bytes = Buffer.alloc(size, 'ZeroMQ ')
  const large = join(folder, 'large.bin')
  await writeFile(large, bytes)
  await inspector.startAndPoint()
  await chooseToOpen(app, large)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.requestFrame(1)).toContainText(`${mebibytes}.0 MiB`)
  await inspector.send.click()
  await expect(inspector.roundTrip).toHaveText(/\d/, { timeout: 20_000 })
  await expect(inspector.reply).toContainText('identical to the request')
  const frame = inspector.replyFrame(1)
  await expect(frame).toContainText(`${mebibytes}.0 MiB`)
  await frame.getByRole('button', { name: 'Show' }).click()
  await expect(frame.getByText(/^000000 {2}5a 65 72 6f/)).toBeVisible()
  const hex = frame.getByRole('region', { name: 'Bytes of reply frame 1' })
  await hex.press('End')
  const lastRow = (size - 1).toString(16).slice(0, -1)
  await expect(frame.getByText(new RegExp(`^0*${lastRow}[08] {2}`)).last()).toBeVisible()
  await expect(frame).toContainText(`byte ${formatCount(size - 1)}`)

  await inspector.openTab('Log')
  await inspector.openTab('Latency')

  const saved = join(folder, 'saved.bin')
  await chooseToSave(app, saved)
  await frame.getByRole('button', { name: 'Save reply frame 1' }).click()
  await expect
    .poll(async () => (await readFile(saved).catch(() => Buffer.of())).equals(bytes), { timeout: 20_000 })
    .toBe(true)
})
