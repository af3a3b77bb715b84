import { Publisher } from 'zeromq'
import { expect, test } from './support/app.ts'
import { StreamWindow } from './support/stream-window.ts'

test('what changed since the message before it of its topic, in values and in bytes', async ({ inspector, page }) => {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('SUB', 'connect', publisher.lastEndpoint ?? '')
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  await stream.sendUntilSeen(() => publisher.send(['first', 'there']), stream.row('first'))
  const send = (topic: string, value: unknown) => publisher.send([topic, JSON.stringify(value)])
  await send('eur', { price: 100, user: { name: 'a' }, tags: ['x', 'y'], old: 1 })
  await send('eur.usd', { price: 7 })
  await send('eur', { price: 101, user: { name: 'a' }, tags: ['x', 'new', 'y'] })
  await publisher.send(['eur', '{"price":101,"user":{"name":"a"},"tags":["x","new","y"]} '])
  await publisher.send(['text', 'the price is 100'])
  await publisher.send(['text', 'the price is 200'])
  await expect(stream.row('price is 200')).toBeVisible()

  const changes = page.getByRole('region', { name: 'Changes' })
  const frame = (number: number) => changes.getByRole('group', { name: `Changes in frame ${number}` })
  await stream.row('"old":1').click()
  await stream.message.getByRole('tab', { name: 'Changes' }).click()
  await expect(changes).toContainText('No message of this topic came before it.')

  await stream.row('101').first().click()
  await expect(changes).toContainText('Since the one before of its topic')
  await expect(changes).toContainText('Frame 1 the same')
  await expect(frame(2)).toContainText('JSON · 1 changed, 1 added, 1 removed')
  await expect(frame(2).getByRole('row')).toHaveText([
    /changed.*\$\.price.*100.*→.*101.*\+1/,
    /added.*\$\.tags\[1\].*"new"/,
    /removed.*\$\.old.*1/,
  ])
  await changes.getByText('Bytes', { exact: true }).click()
  await expect(frame(2).getByRole('row').filter({ hasText: 'before' }).first()).toContainText('30 2c')
  await changes.getByText('Values', { exact: true }).click()

  await stream.row('101').last().click()
  await expect(frame(2)).toContainText('The values are the same. They are written in another way.')

  await stream.row('price is 200').click()
  await expect(frame(2).locator('del')).toHaveText('100')
  await expect(frame(2).locator('ins')).toHaveText('200')

  // Any two: the open one, and another that is chosen.
  await stream.row('"old":1').click()
  await stream.row('eur.usd').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Compare with the open message' }).click()
  await expect(frame(1).locator('ins')).toHaveText('.usd')
  await expect(frame(2)).toContainText('$.price')
  await stream.row('eur.usd').click()
  await expect(changes).toContainText('Other messages are compared with this one.')
  await changes.getByRole('button', { name: 'Compare with the one before' }).click()
  await expect(changes).toContainText('No message of this topic came before it.')
  publisher.close()
})

test('changes follow the newest message of a topic, and figures tell sizes and intervals', async ({
  inspector,
  page,
}) => {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('SUB', 'connect', publisher.lastEndpoint ?? '')
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  const { messages } = stream
  const item = messages.getByRole('treeitem').filter({ hasText: 'sensor' })
  await messages.getByRole('tab', { name: 'Topics' }).click()
  await stream.sendUntilSeen(() => publisher.send(['sensor', '{"value": 0}']), item)
  await publisher.send(['sensor', '{"value": 1}'])
  await item.click()
  await stream.message.getByRole('tab', { name: 'Changes' }).click()
  const changes = page.getByRole('region', { name: 'Changes' })
  await expect(changes).toContainText('$.value')
  await publisher.send(['sensor', '{"value": 1.5}'])
  await expect(changes).toContainText('+0.5')
  await publisher.send(['sensor', '{"value": -1}'])
  await expect(changes).toContainText('−2.5')

  await stream.message.getByRole('tab', { name: 'Figures' }).click()
  const figures = page.getByRole('region', { name: 'Figures' })
  await expect(figures).toContainText('All messages received of this topic')
  await expect(figures.getByRole('figure', { name: /^Sizes: min 18 B, .*max 20 B/ })).toBeVisible()
  await expect(figures.getByRole('figure', { name: /^Intervals: min/ })).toBeVisible()
  publisher.close()
})
