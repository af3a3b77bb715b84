import { Router } from 'zeromq'
import { expect, ownTest, test } from './support/app.ts'
import { listenOn } from './support/ports.ts'

test('a timeout leaves the connection usable, and a late reply is never taken for the next one', async ({
  inspector,
  peers,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('0.3')
  await inspector.send.click()
  const [first = Buffer.of(), delimiter = Buffer.of()] = await router.receive()
  await expect(inspector.reply.getByRole('alert')).toContainText('No reply within 300 ms.')
  await expect(inspector.statistic('timeouts')).toHaveText('1')
  await expect(inspector.statistic('count')).toHaveText('0')

  await inspector.limitTime('5')
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

test('Send while a request waits says why nothing is sent, and the former reply stays', async ({
  inspector,
  peers,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.send.click()
  await router.send(await router.receive())
  await expect(inspector.reply).toContainText('identical to the request')
  await inspector.limitTime('0.5')
  await inspector.frame(1).fill('again')
  await inspector.page.keyboard.press('Control+Enter')
  await router.receive()
  await inspector.page.keyboard.press('Control+Enter')
  await expect(inspector.page.getByRole('status', { name: 'Why nothing is sent' })).toContainText(
    'cancel this one first',
  )
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  await expect(inspector.reply.getByRole('alert')).toContainText('No reply within 500 ms.')
  // It is not the reply to this request, and says so.
  await expect(inspector.reply).toContainText('The reply to an earlier request')
  await expect(inspector.roundTrip).toHaveText('')
  await inspector.reply.getByRole('button', { name: 'Wait 30 s and resend' }).click()
  await router.send(await router.receive())
  await expect(inspector.replyFrame(1)).toContainText('again')
  await expect(inspector.alert).toHaveCount(0)
})

test('a request that nobody serves offers the echo server there', async ({ inspector, page }) => {
  const free = await listenOn(0)
  await free.close()
  const endpoint = `tcp://127.0.0.1:${free.port}`
  await inspector.endpoint.fill(endpoint)
  await inspector.limitTime('2')
  await inspector.send.click()
  await expect(inspector.connection).toContainText('Nobody is listening there.')
  await expect(inspector.reply.getByRole('alert')).toContainText('Not sent.')
  await page.getByRole('button', { name: 'Start the echo server here' }).click()
  expect(await inspector.listeningOn()).toBe(endpoint)
  await expect(inspector.linkState).toHaveText('Ready')
  await inspector.reply.getByRole('button', { name: 'Send again' }).click()
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  await expect(inspector.alert).toHaveCount(0)
})

test('a reloaded page keeps waiting, and shows the reply', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('600')
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
