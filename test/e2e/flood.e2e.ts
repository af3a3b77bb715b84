import { expect, ownTest } from './support/app.ts'
import { Flood } from './support/flood.ts'

ownTest('thousands of messages per second leave the window usable', async ({ inspector }) => {
  const endpoint = await inspector.startServer()
  await inspector.showServerFigures()
  const log = await inspector.openTab('Log')
  const flood = new Flood(endpoint)
  const echoed = async () =>
    Number((await inspector.serverFigure('Echoed').innerText()).replace(/ ·.*/, '').replaceAll(',', ''))
  await expect.poll(echoed).toBeGreaterThan(1000)
  const before = await echoed()
  await inspector.openTab('Latency')
  await inspector.openTab('Log')
  await inspector.frame(1).fill('typed during the flood')
  await expect(inspector.frame(1)).toHaveText('typed during the flood')
  await expect.poll(echoed).toBeGreaterThan(before)
  const during = (await echoed()) - before
  const replies = await flood.stop()
  expect(replies).toBeGreaterThan(during)

  await inspector.endpoint.fill(endpoint)
  await inspector.exchange()
  await log.getByRole('textbox', { name: 'Filter log' }).fill('typed during the flood')
  await expect(log.getByRole('row').filter({ hasText: 'typed during the flood' })).toHaveCount(4, { timeout: 20_000 })
  await expect(log.getByText(/^4 of [\d,]+ entries/)).toBeVisible()
})

ownTest('a full log keeps counting what it deletes', async ({ inspector }) => {
  const endpoint = await inspector.startServer()
  await inspector.showServerFigures()
  await inspector.page.getByRole('button', { name: 'Settings' }).click()
  await inspector.page.getByRole('textbox', { name: 'Largest log' }).fill('1')
  await inspector.page.getByRole('button', { name: 'Close settings' }).click()
  const log = await inspector.openTab('Log')
  await expect(log).toContainText('of 1.00 MiB')
  const flood = new Flood(endpoint)
  await expect(log).toContainText(/[\d,]+ oldest removed/, { timeout: 20_000 })
  await flood.stop()
  await expect(inspector.alert).toHaveCount(0)
})
