import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { hasPython } from '../support/python.ts'
import { chooseToSave, expect, test } from './support/app.ts'
import { PythonPublisher } from './support/python-publisher.ts'
import { StreamWindow } from './support/stream-window.ts'

test.skip(!hasPython, 'there is no pyzmq')

/** The plot of the window, as a person sees it. */
class PlotWindow {
  readonly region: Locator
  readonly series: Locator

  constructor(readonly stream: StreamWindow) {
    this.region = stream.messages.getByRole('region', { name: 'Plot' })
    this.series = this.region.getByRole('list', { name: 'Series' }).getByRole('listitem')
  }

  /** Opens the newest message with a text, and plots a value of its structure. */
  async plot(message: string, value: string | RegExp): Promise<void> {
    await this.stream.messages.getByRole('tab', { name: 'List' }).click()
    await this.stream.row(message).last().click()
    await this.stream.message.getByRole('radiogroup', { name: 'Form of reply frame 2' }).getByText('Tree').click()
    const node = this.stream.message.getByRole('treeitem').filter({ hasText: value }).last()
    await node.hover()
    await node.getByRole('button', { name: 'Plot this value' }).click()
    await expect(this.region).toBeVisible()
  }

  /** Chooses where an export goes, and exports. */
  async export(what: string): Promise<void> {
    await this.region.getByRole('button', { name: 'Export the plot' }).click()
    await this.stream.page.getByRole('menuitem', { name: what }).click()
  }
}

test('numbers of messages are plotted as they come, of several topics and on two axes', async ({
  app,
  inspector,
  page,
}) => {
  const publisher = await PythonPublisher.start()
  const stream = new StreamWindow(inspector)
  const plot = new PlotWindow(stream)
  await stream.add('SUB', 'connect', publisher.endpoint)
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  await stream.messages.getByRole('tab', { name: 'Plot' }).click()
  await expect(plot.region).toContainText('press “Plot this value” beside a number in its tree')
  await stream.messages.getByRole('tab', { name: 'List' }).click()
  await stream.sendUntilSeen(() => publisher.publish('first', '{"there": true}'), stream.row('first'))
  publisher.publish('prices/eur', '{"price": 1.5, "deep": {"size": [10, 20]}}')
  publisher.publish('prices/usd', '{"price": 1000000}')
  await expect(stream.row('prices/usd')).toBeVisible()

  await plot.plot('prices/eur', 'price')
  await expect(plot.series).toHaveCount(1)
  await expect(plot.series).toContainText('prices/eur · $.price')
  // What came before it was plotted is there, too.
  await expect(plot.series).toContainText('1.5')
  for (const price of [1.25, 2, 2.5]) publisher.publish('prices/eur', `{"price": ${price}}`)
  publisher.publish('prices/eur', '{"cost": 7}')
  await expect(plot.series).toContainText('2.5')
  await expect(plot.series).toContainText('1 without it')

  await plot.plot('prices/usd', 'price')
  await expect(plot.series).toHaveCount(2)
  const dollars = plot.series.filter({ hasText: 'prices/usd' })
  await dollars.getByRole('combobox', { name: /^Axis of/ }).selectOption('Right')
  publisher.publish('prices/usd', '{"price": 12345678901234567890}')
  // With all its digits.
  await expect(dollars).toContainText('12345678901234567890')

  const live = plot.region.getByRole('button', { name: 'Live' })
  await expect(live).toHaveAttribute('aria-pressed', 'true')
  await live.click()
  await expect(live).toHaveAttribute('aria-pressed', 'false')
  publisher.publish('prices/eur', '{"price": 99}')
  await stream.messages.getByRole('tab', { name: 'List' }).click()
  await expect(stream.row('"price": 99')).toBeVisible()
  await stream.messages.getByRole('tab', { name: 'Plot' }).click()

  await live.click()
  const euros = plot.series.filter({ hasText: 'prices/eur' })
  await expect(euros).toContainText('99')
  const path = join(await mkdtemp(join(tmpdir(), 'inspector-')), 'plot.csv')
  await chooseToSave(app, path)
  await plot.export('As CSV…')
  await expect(plot.region).toContainText(`Saved 7 points to ${path}.`)
  const lines = (await readFile(path, 'utf8')).trim().split('\n')
  expect(lines[0]).toBe('series,x,value')
  const valuesOf = (topic: string) =>
    lines.filter((line) => line.includes(topic)).map((line) => Number(line.split(',').at(-1)))
  expect(valuesOf('prices/eur')).toEqual([1.5, 1.25, 2, 2.5, 99])
  expect(valuesOf('prices/usd')).toEqual([1000000, 12345678901234567000])

  const picture = join(await mkdtemp(join(tmpdir(), 'inspector-')), 'plot.svg')
  await chooseToSave(app, picture)
  await plot.export('As SVG…')
  await expect(plot.region).toContainText(`Saved the picture to ${picture}.`)
  expect(await readFile(picture, 'utf8')).toContain('prices/usd · $.price (right)')
  await plot.export('As PNG…')
  await expect(async () => {
    expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG')
  }).toPass()

  // The topic that the list is filtered to is what the plot shows.
  await stream.messages.getByRole('tab', { name: 'Topics' }).click()
  const tree = stream.messages.getByRole('tree', { name: 'Topics' })
  await tree.getByRole('treeitem').filter({ hasText: 'usd' }).click()
  await stream.messages.getByRole('tab', { name: 'Plot' }).click()
  await expect(plot.series).toHaveCount(1)
  await expect(plot.series).toContainText('prices/usd')
  await plot.region.getByRole('button', { name: 'Show all topics, not only prices/usd' }).click()
  await expect(plot.series).toHaveCount(2)

  await euros.getByRole('button', { name: /^Hide/ }).click()
  await expect(euros.getByRole('button', { name: /^Hide/ })).toHaveAttribute('aria-pressed', 'true')
  await dollars.getByRole('button', { name: /^Remove/ }).click()
  await expect(plot.series).toHaveCount(1)

  // They are kept, and the points of those that are watched still.
  await page.reload()
  await stream.messages.getByRole('tab', { name: 'Plot' }).click()
  await expect(plot.series).toHaveCount(1)
  await expect(euros).toContainText('99')
  await expect(euros.getByRole('button', { name: /^Hide/ })).toHaveAttribute('aria-pressed', 'true')
  await publisher.end()
})

test('numbers in a row are a waveform, and a regular expression finds numbers in text', async ({ inspector, page }) => {
  const publisher = await PythonPublisher.start()
  const stream = new StreamWindow(inspector)
  const plot = new PlotWindow(stream)
  await stream.add('SUB', 'connect', publisher.endpoint)
  const samples = (...numbers: readonly number[]) => new Uint8Array(Float32Array.from(numbers).buffer)
  const samplesRow = stream.row('iq')
  await stream.sendUntilSeen(() => publisher.publish('iq', samples(1, 2, 3, 4)), samplesRow)
  await samplesRow.last().click()
  await stream.message.getByRole('combobox', { name: 'View reply frame 2 as' }).selectOption('array')
  // Chosen as fast as it goes: each builds on what was chosen before, whether that is open yet or not.
  const type = stream.message.getByRole('combobox', { name: 'Type of the numbers in reply frame 2' })
  const order = stream.message.getByRole('radiogroup', { name: 'Byte order of reply frame 2' })
  const columns = stream.message.getByRole('textbox', { name: 'Columns of reply frame 2' })
  await type.selectOption('int16')
  await order.getByText('Big endian').click()
  await columns.fill('4')
  await expect(type).toHaveValue('int16')
  await expect(order.getByRole('radio', { name: 'Big endian' })).toBeChecked()
  await columns.fill('2')
  await type.selectOption('float32')
  await order.getByText('Little endian').click()
  await stream.message.getByRole('button', { name: 'Plot this value' }).click()
  await expect(plot.series).toHaveCount(2)
  await expect(plot.series.first()).toContainText('2 values')
  publisher.publish('iq', samples(1, 2, 3, 4, 5, 6, 7, 8))
  await expect(plot.series.first()).toContainText('iq · $ Array · 1 of 2')
  await expect(plot.series.last()).toContainText('4 values')
  await expect(plot.region.getByRole('img', { name: /^Numbers of the newest message/ })).toBeVisible()

  await plot.region.getByRole('button', { name: 'Add series' }).click()
  const form = page.getByRole('form', { name: 'Add series' })
  await form.getByRole('combobox', { name: 'Topic' }).selectOption('Begins with')
  await form.getByRole('combobox', { name: 'First frame' }).fill('log')
  await form.getByRole('combobox', { name: 'Read as' }).selectOption('Text')
  await form.getByRole('textbox', { name: 'Regular expression' }).fill('T=')
  await expect(form).toContainText('Put the value in a group')
  await expect(form.getByRole('button', { name: 'Add' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Regular expression' }).fill('T=([0-9.]+)')
  await form.getByRole('textbox', { name: 'Name' }).fill('Temperature')
  await form.getByRole('button', { name: 'Add' }).click()
  publisher.publish('log/a', 'sensor 7: T=21.5 °C')
  publisher.publish('log/b', 'no temperature')
  const temperature = plot.series.filter({ hasText: 'Temperature' })
  await expect(temperature).toContainText('21.5')
  await expect(temperature).toContainText('1 without it')
  await temperature.getByRole('button', { name: 'Edit Temperature' }).click()
  await page.getByRole('form', { name: 'Edit series' }).getByRole('textbox', { name: 'Name' }).fill('T')
  await page.getByRole('button', { name: 'Change' }).click()
  // Only its name is another: its points stay.
  await expect(plot.series.getByText('T', { exact: true })).toBeVisible()
  await expect(plot.series.last()).toContainText('21.5')
  await publisher.end()
})

test('a plot has a gap where nothing came, and marks what happened to the socket', async ({ inspector, page }) => {
  const publisher = await PythonPublisher.start()
  const stream = new StreamWindow(inspector)
  const plot = new PlotWindow(stream)
  await stream.add('SUB', 'connect', publisher.endpoint)
  await stream.sendUntilSeen(() => publisher.publish('t', '{"v": 1}'), stream.row('"v": 1'))
  await plot.plot('"v": 1', 'v')
  const picture = plot.region.getByRole('img', { name: /^Values over time/ })
  const mark = (words: string) => picture.locator(`[data-mark*="${words}"]`)
  await expect(mark('Connected')).toHaveCount(1)
  for (let value = 2; value <= 60; value += 1) publisher.publish('t', `{"v": ${value}}`)
  await expect(plot.series).toContainText('60')
  const line = picture.locator('path[stroke-linejoin="bevel"]')
  /** Where nothing came, the line begins anew: on a busy machine that may be so before the first values, too. */
  const pieces = async () => (await line.getAttribute('d'))?.split('M').length ?? 0
  const before = await pieces()
  await publisher.end()
  await expect(mark('Disconnected')).toHaveCount(1)
  const again = await PythonPublisher.start(publisher.port)
  await expect(mark('Connected')).toHaveCount(2)
  // A gap takes a second at least.
  await expect(async () => {
    again.publish('t', '{"v": 77}')
    await expect(plot.series).toContainText('77', { timeout: 200 })
  }).toPass()
  await expect.poll(pieces).toBeGreaterThan(before)

  // The newest part alone, and all of it again.
  await picture.focus()
  await page.keyboard.press('+')
  await expect(plot.region).toContainText('Last 40 s')
  await page.keyboard.press(' ')
  await expect(plot.region.getByRole('button', { name: 'Live' })).toHaveAttribute('aria-pressed', 'false')
  await expect(plot.region).toContainText(/From .*, 40 s/)
  await page.keyboard.press('0')
  await page.keyboard.press('End')
  // The value at the cursor.
  await expect(plot.series).toContainText('77')
  await page.keyboard.press('Home')
  await expect(plot.series).not.toContainText('77')

  // A part that is dragged over, and a place that is pointed at.
  const box = await picture.boundingBox()
  if (!box) throw new Error('There is no picture.')
  const at = (part: number) => [box.x + box.width * part, box.y + box.height / 2] as const
  await page.mouse.move(...at(0.5))
  await page.mouse.down()
  await page.mouse.move(...at(0.999))
  await page.mouse.up()
  await expect(plot.region).not.toContainText(/From .*, 40 s/)
  await page.mouse.move(...at(0.99))
  await expect(plot.series).toContainText('77')
  await plot.region.getByRole('button', { name: 'Live' }).click()
  await expect(plot.region).toContainText('Last 1 min')
  await again.end()
})
