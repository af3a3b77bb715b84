import { expect, ownTest, test } from './support/app.ts'

test('each connection has its own draft, reply and figures', async ({ inspector, peers }) => {
  const loud = await peers.answering(([frame]) => [String(frame).toUpperCase()])
  const quiet = await peers.answering(([frame]) => [String(frame).toLowerCase()])
  await inspector.endpoint.fill(loud)
  await inspector.frame(1).fill('First Draft')
  await inspector.exchange()

  await inspector.addSocket('REQ')
  await inspector.endpoint.fill(quiet)
  await inspector.limitTime('1.5')
  await inspector.frame(1).fill('Second Draft')
  await expect(inspector.statistic('count')).toHaveText('0')
  await expect(inspector.replyFrame(1)).toHaveCount(0)
  await inspector.exchange()
  await inspector.exchange()
  await expect(inspector.replyFrame(1)).toContainText('second draft')
  await expect(inspector.statistic('count')).toHaveText('2')

  await inspector.choose(loud)
  await expect(inspector.endpoint).toHaveValue(loud)
  await expect(inspector.frame(1)).toHaveText('First Draft')
  await expect(inspector.replyFrame(1)).toContainText('FIRST DRAFT')
  await expect(inspector.statistic('count')).toHaveText('1')
  await inspector.expectTimeLimit('5 s')
  await expect(inspector.linkState).toHaveText('Ready')
})

test('one connection waits while another is used', async ({ inspector, peers }) => {
  const { Router } = await import('zeromq')
  const router = new Router()
  const silent = await peers.bind(router)
  const lively = await peers.answering((frames) => frames)
  await inspector.endpoint.fill(silent)
  await inspector.send.click()
  const request = await router.receive()
  await inspector.addSocket('REQ')
  await inspector.endpoint.fill(lively)
  await inspector.exchange()
  await inspector.choose(silent)
  await expect(inspector.cancel).toBeVisible()
  await router.send(request)
  await expect(inspector.reply).toContainText('identical to the request')
})

ownTest('connections and drafts survive a restart, even after a kill', async ({ start }) => {
  const { running, inspector } = await start()
  await inspector.endpoint.fill('tcp://127.0.0.1:6001')
  await inspector.compose('one', 'two')
  await inspector.page.keyboard.press('F2')
  await inspector.page.keyboard.type('The first')
  await inspector.page.keyboard.press('Enter')
  await inspector.encoding(2).selectOption({ label: 'Hex' })
  await inspector.addSocket('REQ')
  await inspector.endpoint.fill('tcp://127.0.0.1:6002')
  await inspector.frame(1).fill('the second draft')
  await inspector.openTab('Events')
  await running.close()

  const { running: second, inspector: again } = await start()
  await expect(again.endpoint).toHaveValue('tcp://127.0.0.1:6002')
  await expect(again.frame(1)).toHaveText('the second draft')
  await expect(again.page.getByRole('region', { name: 'Events', exact: true })).toBeVisible()
  await again.connections.getByTitle('The first\ntcp://127.0.0.1:6001').click()
  await expect(again.frame(1)).toHaveText('one')
  await expect(again.frame(2)).toHaveText('74 77 6f')
  await expect(again.encoding(2).locator('option:checked')).toHaveText('Hex')
  await expect(again.connections.getByRole('button', { name: /^The first/ })).toBeVisible()
  await second.kill()

  const { inspector: third } = await start()
  await third.choose('tcp://127.0.0.1:6002')
  await expect(third.frame(1)).toHaveText('the second draft')
})

test('removing a connection closes it and shows its neighbour; the last one leaves a new one', async ({
  inspector,
}) => {
  const endpoint = await inspector.startAndPoint()
  await inspector.exchange()
  await inspector.addSocket('REQ')
  await inspector.endpoint.fill('tcp://127.0.0.1:6003')
  await inspector.showServerFigures()
  await expect(inspector.serverFigure('Peers')).toHaveText('1')
  await inspector.page.getByRole('button', { name: `Remove socket ${endpoint}` }).click()
  await expect(inspector.serverFigure('Peers')).toHaveText('0')
  await expect(inspector.connections.getByRole('listitem')).toHaveCount(1)
  await expect(inspector.endpoint).toHaveValue('tcp://127.0.0.1:6003')
  await inspector.page.getByRole('button', { name: 'Remove socket tcp://127.0.0.1:6003' }).click()
  await expect(inspector.endpoint).toHaveValue('tcp://127.0.0.1:25933')
  await expect(inspector.frame(1)).toHaveText('Hello world!')
})

test('a connection removed while in use can be restored and opened again', async ({ inspector, page }) => {
  const endpoint = await inspector.startAndPoint()
  await inspector.repeat({ count: 200 })
  await expect(inspector.request).toContainText('200 of 200 sent')
  await page.getByRole('button', { name: `Remove socket ${endpoint}` }).click()
  const undo = inspector.connections.getByRole('button', { name: 'Undo', exact: true })
  await expect(undo).toBeFocused()
  await undo.press('Enter')
  // Its replacement, created because it was the only one, is gone again.
  await expect(inspector.connections.getByRole('listitem')).toHaveCount(1)
  await expect(inspector.endpoint).toHaveValue(endpoint)
  await inspector.connection.getByRole('button', { name: 'Connect' }).click()
  await expect(inspector.linkState).toHaveText(/^Ready/)
  await expect(inspector.connection.getByRole('button', { name: 'Disconnect' })).toBeVisible()
  await inspector.exchange()
  await expect(inspector.statistic('count')).toHaveText('1')
})

test('a removed connection is restored with its draft', async ({ inspector, page }) => {
  await inspector.compose('one', 'two')
  await inspector.addSocket('REQ')
  await inspector.endpoint.fill('tcp://127.0.0.1:6004')
  const items = inspector.connections.getByRole('listitem')
  await page.getByRole('button', { name: 'Remove socket tcp://127.0.0.1:25933' }).click()
  await expect(items).toHaveCount(1)
  await inspector.connections.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(items).toHaveCount(2)
  await expect(items.first()).toContainText('127.0.0.1:25933')
  await expect(inspector.frame(2)).toHaveText('two')
  // A dismissed removal cannot be undone.
  await page.getByRole('button', { name: 'Remove socket tcp://127.0.0.1:25933' }).click()
  await inspector.connections.getByRole('button', { name: 'Dismiss' }).click()
  await expect(inspector.connections.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0)
  await expect(items).toHaveCount(1)
})

test('a connection can be named, and is called so', async ({ inspector, page }) => {
  const endpoint = await inspector.startAndPoint()
  const item = inspector.connections.getByRole('listitem')
  await item.getByText(endpoint.replace('tcp://', '')).dblclick()
  const field = inspector.connections.getByRole('textbox', { name: 'Socket name' })
  await expect(field).toBeFocused()
  await field.fill('  The  weather ')
  await field.press('Enter')
  const named = item.getByRole('button', { name: /^The weather/ })
  await expect(named).toBeFocused()
  await expect(named).toContainText(endpoint.replace('tcp://', ''))

  // Escape keeps the name before, and cancels nothing else.
  await page.keyboard.press('F2')
  const again = inspector.connections.getByRole('textbox', { name: 'Socket name' })
  await expect(again).toHaveValue('The weather')
  await again.fill('another')
  await again.press('Escape')
  await expect(named).toBeFocused()

  const log = await inspector.openTab('Log')
  await expect(log.getByRole('combobox', { name: 'Socket in log' })).toContainText('1: The weather')
  await page.getByRole('button', { name: 'Remove socket The weather' }).click()
  await expect(inspector.connections.getByRole('status', { name: 'Removed' })).toContainText('Removed The weather')
  await inspector.connections.getByRole('button', { name: 'Undo', exact: true }).click()

  // An empty name shows the endpoint again; leaving the field keeps what was typed.
  await page.keyboard.press('F2')
  await again.fill('')
  await inspector.endpoint.click()
  await expect(item.getByRole('button').first()).toHaveAccessibleName(new RegExp(`^${endpoint.replace('tcp://', '')}`))
})

test('long and hostile names stay within the list', async ({ inspector, page }) => {
  const names = [
    'W'.repeat(200),
    '\u202egnp.exe',
    'مرحبا بالعالم '.repeat(6),
    '👩‍👩‍👧‍👦'.repeat(8),
    '<b>bold</b>',
    'a\u0301'.repeat(40),
  ]
  for (const name of names) {
    await inspector.addSocket('REQ')
    await page.keyboard.press('F2')
    const field = inspector.connections.getByRole('textbox')
    await field.fill(name)
    await field.press('Enter')
    await expect(field).toHaveCount(0)
  }
  const items = inspector.connections.getByRole('listitem')
  await expect(items).toHaveCount(names.length + 1)
  await expect(items.nth(1).locator('bdi')).toHaveText('W'.repeat(80))
  await expect(items.nth(5).locator('bdi')).toHaveText('<b>bold</b>')
  for (const item of await items.all()) {
    const inside = await item.evaluate((element) => element.scrollWidth <= element.clientWidth)
    expect(inside).toBe(true)
  }
})
