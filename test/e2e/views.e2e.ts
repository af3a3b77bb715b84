import { execFileSync } from 'node:child_process'
import { expect, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'

const shownView = (inspector: InspectorWindow) => inspector.replyView(1).locator('option:checked')

test('a chosen view gives way to one that fits, until it is asked for again', async ({ inspector, peers }) => {
  const replies = [Buffer.of(0x81, 0x01), Buffer.from('{"a": 1}'), Buffer.of(0x82, 0x01, 0x02)]
  let asked = 0
  await inspector.endpoint.fill(await peers.answering(() => [replies[asked++ % replies.length] ?? '']))
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  await expect(shownView(inspector)).toHaveText('Auto: Hex')
  await inspector.replyView(1).selectOption({ label: 'CBOR' })
  await expect(frame.getByRole('tree')).toBeVisible()

  await inspector.exchange()
  await expect(frame).toContainText('Not CBOR: shown as JSON.')
  await expect(frame.getByRole('alert')).toHaveCount(0)
  await expect(frame.getByRole('textbox', { name: 'Content of reply frame 1' })).toHaveText('{"a": 1}')
  await frame.getByRole('button', { name: 'Show as CBOR anyway' }).click()
  await expect(frame.getByRole('alert')).toContainText('CBOR at byte')
  await expect(frame).not.toContainText('shown as JSON')

  await inspector.exchange()
  await expect(frame.getByRole('tree')).toBeVisible()
  await expect(frame).not.toContainText('Not CBOR')
  await inspector.replyView(1).selectOption('auto')
  await expect(shownView(inspector)).toHaveText('Auto: Hex')
})

test('a choice is for its endpoint, and not for what was sent', async ({ inspector, peers }) => {
  const first = await peers.answering(() => ['one'])
  const second = await peers.answering(() => ['two'])
  await inspector.endpoint.fill(first)
  await inspector.exchange()
  await inspector.replyView(1).selectOption({ label: 'Base64' })
  await expect(shownView(inspector)).toHaveText('Base64')
  await inspector.endpoint.fill(second)
  await inspector.exchange()
  await expect(shownView(inspector)).toHaveText('Auto: Text')
  await inspector.endpoint.fill(first)
  await inspector.exchange()
  await expect(shownView(inspector)).toHaveText('Base64')

  const log = await inspector.openTab('Log')
  await log.getByRole('row').filter({ hasText: 'Hello world!' }).last().click()
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  await expect(shownView(inspector)).toHaveText('Auto: Text')
})

test('a reply in the encoding of the request is shown in it', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'MessagePack' })
  await inspector.frame(1).fill('{"id": 7, "tags": ["a", "b"]}')
  await inspector.exchange()
  const frame = inspector.replyFrame(1)
  await expect(shownView(inspector)).toHaveText('Auto: MessagePack')
  await expect(frame).toContainText('Shown as MessagePack, like the request.')
  // What is written next says nothing of the reply that is there.
  await inspector.encoding(1).selectOption({ label: 'Text' })
  await expect(inspector.frame(1)).toBeVisible()
  await expect(shownView(inspector)).toHaveText('Auto: MessagePack')
  await inspector.encoding(1).selectOption({ label: 'MessagePack' })
  await expect(frame.getByRole('treeitem').filter({ hasText: 'tags' })).toBeVisible()
})

test('what send_pyobj of pyzmq sends is a tree, and executes nothing', async ({ inspector, peers }) => {
  const pickle = (expression: string) =>
    execFileSync('python3', ['-c', `import os, pickle, sys; sys.stdout.buffer.write(pickle.dumps(${expression}))`])
  await inspector.endpoint.fill(await peers.answering(() => [pickle("{'n': 5}"), pickle('os.getcwd')]))
  await inspector.exchange()
  await expect(shownView(inspector)).toHaveText('Auto: Pickle')
  await expect(inspector.replyFrame(1).getByRole('treeitem').filter({ hasText: 'n' }).last()).toContainText('5')
  await expect(inspector.replyFrame(2)).toContainText('getcwd')
})

test('text in another encoding, several documents and C strings are read as what they are', async ({
  inspector,
  peers,
}) => {
  const replies = [
    Buffer.from('{"a":1}\0'),
    Buffer.from('{"a":1}\n{"b":2}\n'),
    Buffer.from('fffe48006900', 'hex'),
    Buffer.from('5072656973 20 80 20 35'.replaceAll(' ', ''), 'hex'),
  ]
  await inspector.endpoint.fill(await peers.answering(() => replies))
  await inspector.exchange()
  const view = (number: number) => inspector.replyView(number).locator('option:checked')
  await expect(view(1)).toHaveText('Auto: JSON')
  await expect(view(2)).toHaveText('Auto: JSON')
  await expect(view(3)).toHaveText('Auto: UTF-16 LE')
  await expect(view(4)).toHaveText('Auto: Hex')
  await inspector.replyView(4).selectOption({ label: 'Windows-1252, Latin-1' })
  await expect(inspector.replyFrame(4).getByRole('textbox')).toHaveText('Preis € 5')
  for (const number of [1, 2]) await inspector.replyFrame(number).getByText('Tree', { exact: true }).click()
  await expect(inspector.replyFrame(1)).toContainText('followed by a NUL')
  await expect(inspector.replyFrame(2)).toContainText('2 documents')
})

test('numbers in a row are a table with figures and a plot, as the frame before describes them', async ({
  inspector,
  peers,
}) => {
  const values = Float64Array.from({ length: 3000 }, (_, index) => Math.sin(index / 100) * (1 + (index % 3)))
  const replies = ['{"dtype": "float64", "shape": [1000, 3]}', Buffer.from(values.buffer)]
  await inspector.endpoint.fill(await peers.answering(() => replies))
  await inspector.exchange()
  const frame = inspector.replyFrame(2)
  const figures = frame.getByLabel('Figures of reply frame 2')
  const numbers = frame.getByRole('region', { name: 'Numbers of reply frame 2' })
  await expect(inspector.replyView(2).locator('option:checked')).toHaveText('Auto: Array')
  await expect(frame).toContainText('Shown as Array: the frame before it describes one of this size.')
  await expect(figures).toContainText('3,000')
  await expect(frame.getByRole('img', { name: 'Plot of reply frame 2' })).toBeVisible()
  await expect(numbers).toContainText('0.01999966666833333')
  await numbers.press('End')
  await expect(numbers).toContainText('2997')

  await frame.getByRole('combobox', { name: 'Type of the numbers in reply frame 2' }).selectOption('uint8')
  await expect(figures).toContainText('24,000')
  await expect(frame.getByRole('radiogroup', { name: 'Byte order of reply frame 2' })).toHaveCount(0)
  await frame.getByRole('textbox', { name: 'Columns of reply frame 2' }).fill('8')
  await expect(inspector.replyView(2).locator('option:checked')).toHaveText('Array')
  await numbers.press('End')
  await expect(numbers).toContainText('23992')
})
