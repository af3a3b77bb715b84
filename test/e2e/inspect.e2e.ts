import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ElectronApplication } from '@playwright/test'
import { nightly } from '../support/nightly.ts'
import { chooseToOpen, expect, ownTest, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'

const clipboardOf = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

async function sendAs(inspector: InspectorWindow, encoding: string, text: string): Promise<void> {
  await inspector.encoding(1).selectOption({ label: encoding })
  // Its codec may have to be loaded first: what is written before that is in the former encoding.
  await expect(inspector.encoding(1).locator('option:checked')).toHaveText(encoding)
  await inspector.frame(1).fill(text)
  await inspector.exchange()
}

async function frameAction({ page }: InspectorWindow, action: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions for reply frame 1', exact: true }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

test('a tree shows the form of each value, and anything unusual', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendAs(inspector, 'CBOR', '{"a": [_ 1_1, 1.5, -0.0], 1: h\'00ff\', "a": 1(1363896240), "e": 24(<<[true]>>)}')
  await inspector.replyView(1).selectOption({ label: 'CBOR' })
  const item = (text: string | RegExp) => inspector.replyFrame(1).getByRole('treeitem').filter({ hasText: text })
  await expect(inspector.page.getByRole('tree', { name: 'Structure of reply frame 1' })).toBeVisible()
  await expect(item('array (indefinite length)')).toHaveCount(1)
  await expect(item('duplicate key')).toContainText('2013-03-21T20:04:00Z')
  await expect(item("h'00ff'")).toContainText('1 (integer)')
  await expect(item('encoded CBOR')).toHaveCount(1)
})

test('any reply can become the next request, byte for byte, in the view it is shown in', async ({
  inspector,
  peers,
}) => {
  // An indefinite-length map, a float that fits in a quarter of its size, and an overlong integer.
  const bytes = Buffer.from('bf6161fb3ff800000000000061621801ff', 'hex')
  await inspector.endpoint.fill(await peers.answering(() => [bytes]))
  await inspector.exchange()
  await inspector.replyView(1).selectOption({ label: 'CBOR' })
  await frameAction(inspector, 'Use this message as the request')
  await expect(inspector.encoding(1).locator('option:checked')).toHaveText('CBOR')
  await expect(inspector.frame(1)).toHaveText('{_ "a": 1.5_3, "b": 1_0}')
  await inspector.exchange()
  await expect(inspector.reply).toContainText('identical to the request')
})

test('a truncated structure shows what is there, where it ends and what was expected', async ({ inspector, peers }) => {
  await inspector.endpoint.fill(await peers.answering(() => [Buffer.from('83010243', 'hex')]))
  await inspector.exchange()
  await inspector.replyView(1).selectOption({ label: 'CBOR' })
  const frame = inspector.replyFrame(1)
  await expect(frame.getByRole('alert')).toContainText('Incomplete CBOR at byte')
  await expect(frame.getByRole('alert')).toContainText('[end]')
  await expect(frame.getByRole('treeitem').filter({ hasText: 'cut short' }).first()).toBeVisible()
  await expect(frame.getByRole('treeitem').filter({ hasText: 'integer' })).toHaveCount(2)
})

test('selected bytes are shown as numbers, text and times, and copied in any format', async ({ app, inspector }) => {
  await inspector.startAndPoint()
  await sendAs(inspector, 'Hex', '01 02 03 04 48 69')
  await inspector.replyView(1).selectOption({ label: 'Hex' })
  const frame = inspector.replyFrame(1)
  const hex = frame.getByRole('region', { name: 'Bytes of reply frame 1' })
  await hex.press('Home')
  for (let step = 0; step < 3; step += 1) await hex.press('Shift+ArrowRight')
  await expect(frame.getByRole('status', { name: 'Selection in reply frame 1' })).toHaveText('bytes 0 to 3 · 4 B')
  await frame.locator('summary').click()
  const row = frame.getByRole('table', { name: 'Data inspector of reply frame 1' }).getByRole('row')
  await expect(row.filter({ hasText: /^uint32/ }).getByRole('cell')).toHaveText(['67305985', '16909060'])
  await expect(row.filter({ hasText: /^int8/ }).getByRole('cell')).toHaveText(['1'])
  for (const [format, expected] of [
    ['Hex', '01020304'],
    ['Base64', 'AQIDBA=='],
    ['Python bytes', "b'\\x01\\x02\\x03\\x04'"],
    ['C array', 'const unsigned char data[4] = {\n  0x01, 0x02, 0x03, 0x04,\n};'],
  ] as const) {
    await frameAction(inspector, format)
    await expect.poll(() => clipboardOf(app), format).toBe(expected)
  }
  await hex.press('End')
  await hex.press('Shift+ArrowLeft')
  await hex.press('ControlOrMeta+c')
  await expect.poll(() => clipboardOf(app)).toBe('4869')
})

test('find steps through matches of text and bytes', async ({ inspector }) => {
  await inspector.startAndPoint()
  const list = Array.from({ length: 300 }, (_, index) => `{"id":${index},"name":"item ${index}"}`)
  await sendAs(inspector, 'JSON', `{"deep":[${list.join(',')}]}`)
  await inspector.replyView(1).selectOption({ label: 'JSON' })
  await frameAction(inspector, 'Find…')
  const frame = inspector.replyFrame(1)
  const found = frame.getByRole('status', { name: 'Places found' })
  const field = frame.getByRole('textbox', { name: 'Find in reply frame 1' })
  await expect(field).toBeFocused()
  await field.fill('ITEM 29')
  await expect(found).toHaveText('1 of 11')
  await expect(frame.getByRole('treeitem', { selected: true })).toContainText('"item 29"')
  await field.press('Enter')
  await expect(frame.getByRole('treeitem', { selected: true })).toContainText('"item 290"')
  await expect(found).toHaveText('2 of 11')
  await frame.getByRole('combobox', { name: 'Where to find in reply frame 1' }).selectOption('Bytes, as hex')
  await field.fill('22 69 74 65 6d 20 37 22')
  await expect(found).toHaveText('1 of 1')
  await expect(frame.getByRole('treeitem', { selected: true })).toContainText('"item 7"')
  await field.fill('2')
  await expect(found).toContainText('Half a byte')
  await field.press('Escape')
  await expect(field).toHaveCount(0)
})

ownTest('possible views of a frame are listed with reasons, and a choice survives a restart', async ({ start }) => {
  const { running, inspector } = await start()
  await inspector.startAndPoint()
  await sendAs(inspector, 'Hex', '82 a1 61 01 a1 62 92 02 03')
  await expect(inspector.replyView(1).locator('option:checked')).toHaveText('Auto: Hex')
  const could = inspector.page.getByRole('button', { name: 'What reply frame 1 could be' })
  await could.click()
  const choice = inspector.page.getByRole('button', { name: /^MessagePack/ })
  await expect(choice).toContainText('Complete MessagePack')
  await expect(choice).toContainText('2 entries, no bytes left over')
  await choice.click()
  await expect(inspector.page.getByRole('tree', { name: 'Structure of reply frame 1' })).toBeVisible()
  await running.close()

  const { inspector: again } = await start()
  await again.startServer(await again.endpoint.inputValue())
  await again.exchange()
  await expect(again.replyView(1).locator('option:checked')).toHaveText('MessagePack')
  await expect(again.page.getByRole('tree', { name: 'Structure of reply frame 1' })).toBeVisible()
})

test('a compressed frame opens as a layer, and a damaged one says so', async ({ inspector, peers }) => {
  const document = gzipSync('{"inside": true}')
  const damaged = Buffer.concat([document.subarray(0, -6), Buffer.alloc(6)])
  let reply = document
  await inspector.endpoint.fill(await peers.answering(() => [reply]))
  await inspector.exchange()
  await inspector.page.getByRole('button', { name: 'What reply frame 1 could be' }).click()
  await inspector.page.getByRole('button', { name: /^gzip/ }).click()
  const frame = inspector.replyFrame(1)
  await expect(frame.getByRole('textbox', { name: 'Content of reply frame 1' })).toHaveText('{"inside": true}')
  await expect(inspector.replyView(1).locator('option:checked')).toHaveText('Auto: JSON')
  reply = damaged
  await inspector.exchange()
  await expect(frame.getByRole('alert')).toContainText('gzip: Could not decompress')
  await frame.getByRole('button', { name: 'Close gzip of reply frame 1' }).click()
  await expect(inspector.replyView(1).locator('option:checked')).toHaveText('Auto: Hex')
  await expect(frame.getByRole('alert')).toHaveCount(0)
})

test('the log shows messages in their views, and finds bytes by hex', async ({ inspector }) => {
  await inspector.startAndPoint()
  await sendAs(inspector, 'CBOR', '{"a": [1, 2]}')
  await inspector.replyView(1).selectOption({ label: 'CBOR' })
  const log = await inspector.openTab('Log')
  await inspector.frame(1).fill('{"second": h\'beef\'}')
  await expect
    .poll(async () => {
      await inspector.exchange()
      return log.getByRole('row').filter({ hasText: '{"second": h\'beef\'}' }).count()
    })
    .toBeGreaterThan(0)
  await log.getByRole('textbox', { name: 'Filter log' }).fill("h'beef'")
  await expect(log.getByRole('row').filter({ hasText: 'second' }).first()).toBeVisible()
})

/** Enough to be cancelled before they are decoded. */
const items = nightly ? 400_000 : 200_000

test('a large structure is decoded in the background, which can be cancelled and restarted', async ({
  app,
  inspector,
  folder,
}) => {
  const large = join(folder, 'large.json')
  const list = Array.from({ length: items }, (_, index) => `{"id":${index},"name":"item ${index}"}`)
  await writeFile(large, `[${list.join(',')}]`)
  await inspector.startAndPoint()
  await chooseToOpen(app, large)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.requestFrame(1)).toContainText('MiB')
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  await frame.getByRole('button', { name: 'Show' }).click()
  await inspector.replyView(1).selectOption({ label: 'JSON' })
  await frame.getByRole('button', { name: 'Cancel decoding' }).click()
  await expect(frame.getByRole('alert')).toContainText('Decoding was cancelled.')
  await frame.getByRole('button', { name: 'Decode again' }).click()
  const tree = inspector.page.getByRole('tree', { name: 'Structure of reply frame 1' })
  await expect(tree).toContainText(`${items} items`, { timeout: 30_000 })
  // All rows can be reached, and the last is drawn when navigated to.
  await tree.press('End')
  await expect(tree.getByRole('treeitem', { selected: true })).toContainText(`${items - 1}`)
})
