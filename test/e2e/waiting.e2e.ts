import { Router } from 'zeromq'
import { expect, ownTest, test } from './support/app.ts'

test('a timeout leaves the connection usable, and a late reply is never taken for the next one', async ({
  inspector,
  peers,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.timeout.fill('0.3')
  await inspector.send.click()
  const [first = Buffer.of(), delimiter = Buffer.of()] = await router.receive()
  await expect(inspector.reply.getByRole('alert')).toContainText('No reply within 300 ms.')
  await expect(inspector.statistic('timeouts')).toHaveText('1')
  await expect(inspector.statistic('count')).toHaveText('0')

  await inspector.timeout.fill('5')
  await inspector.send.click()
  const [second = Buffer.of()] = await router.receive()
  await router.send([first, delimiter, 'late'])
  await router.send([second, delimiter, 'in time'])
  await expect(inspector.replyFrame(1)).toContainText('in time')
  await expect(inspector.alert).toHaveCount(0)
  await expect(inspector.statistic('count')).toHaveText('1')
})

test('a pending request shows its time and can be cancelled, and the next one is sent', async ({
  inspector,
  peers,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.send.click()
  await router.receive()
  await expect(inspector.request).toContainText(/Waiting for 0\.[1-9] s/)
  await inspector.cancel.click()
  await expect(inspector.reply.getByRole('alert')).toContainText('Cancelled.')
  await expect(inspector.cancel).toHaveCount(0)
  // Cancelling is not a timeout.
  await expect(inspector.statistic('timeouts')).toHaveText('0')

  await inspector.send.click()
  await router.send(await router.receive())
  await expect(inspector.reply).toContainText('identical to the request')
  await expect(inspector.alert).toHaveCount(0)
})

test('a reloaded page keeps waiting, and shows the reply', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.timeout.fill('600')
  await inspector.send.click()
  const message = await router.receive()
  await inspector.page.reload()
  await expect(inspector.cancel).toBeVisible()
  await router.send([...message.slice(0, -1), 'after the reload'])
  await expect(inspector.replyFrame(1)).toContainText('after the reload')
  await expect(inspector.send).toBeVisible()
})

test('disconnecting ends the pending request', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.send.click()
  await router.receive()
  await inspector.connection.getByRole('button', { name: 'Disconnect' }).click()
  await expect(inspector.reply.getByRole('alert')).toContainText('The connection was closed.')
  await expect(inspector.linkState).toHaveText('Idle')
  await expect(inspector.send).toBeEnabled()
})

ownTest('quitting with a pending request closes everything and ends', async ({ inspector, peers, running }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.send.click()
  await router.receive()
  // Fails when the application had to be ended because closing took too long.
  await running.close()
})
