import { Router } from 'zeromq'
import { startOlderPeer } from '../support/older-peer.ts'
import { expect, test } from './support/app.ts'
import { listenOn } from './support/ports.ts'

test('a message that REQ must not get stops the link, is named, and costs no Send', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  const send = async () => {
    await inspector.send.click()
    const [id = '', delimiter = ''] = await router.receive()
    await router.send([id, delimiter, 'ok'])
    await expect(inspector.replyFrame(1)).toContainText('ok')
    return id
  }
  const id = await send()
  await router.send([id, 'status: busy'])
  await expect(inspector.linkState).toHaveText('Stopped')
  await expect(inspector.connection).toContainText('The peer sent a message that REQ must not get')
  await send()
  await expect(inspector.linkState).toHaveText('Ready')
  await send()
  await expect(inspector.alert).toHaveCount(0)
})

test('a reply without the delimiter is named at once, with its cure', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('600')
  await inspector.send.click()
  const [id = '', , body = ''] = await router.receive()
  await router.send([id, body])
  const alert = inspector.reply.getByRole('alert')
  await expect(alert).toContainText('The reply broke the rules of REQ')
  await expect(alert).toContainText('Most likely the reply came without the empty delimiter frame.')
})

test('a request whose peer goes is told to be lost at once', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('600')
  await inspector.send.click()
  await router.receive()
  router.close()
  await expect(inspector.reply.getByRole('alert')).toContainText(
    'The connection broke after 12 B were sent: the request is lost.',
  )
})

test('a late reply is told beside the timeout, and can be looked at', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('0.2')
  await inspector.send.click()
  const message = await router.receive()
  const alert = inspector.reply.getByRole('alert')
  await expect(alert).toContainText('No reply within 200 ms.')
  await router.send([...message.slice(0, -1), 'better late'])
  await expect(alert).toContainText(/Its reply came \S+ m?s after the request\./)
  await alert.getByRole('button', { name: 'Show the late reply' }).click()
  await expect(inspector.reply).toContainText('better late')
  await expect(inspector.reply).toContainText(/reply:late late, \S+ m?s after the request/)
})

test('a reply that answers the request before is marked, and one click makes REQ tell', async ({
  inspector,
  peers,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  const ask = async (text: string) => {
    await inspector.frame(1).fill(text)
    await inspector.send.click()
    return router.receive()
  }
  const first = await ask('one')
  await router.send(first)
  await expect(inspector.replyFrame(1)).toContainText('one')
  await ask('two')
  await router.send(first)
  const alert = inspector.reply.getByRole('alert')
  await expect(alert).toContainText('This reply is identical to the previous request')
  await alert.getByRole('button', { name: 'Turn on relaxed and correlate' }).click()
  await expect(inspector.connection).toContainText('Settings changed. Reconnect or Send to apply them.')
  const third = await ask('three')
  expect(third).toHaveLength(4)
  await router.send(third)
  await expect(inspector.replyFrame(1)).toContainText('three')
  await expect(inspector.alert).toHaveCount(0)
})

test('an older peer is ready, is named as older, and answers', async ({ inspector }) => {
  const peer = await startOlderPeer('2.0')
  try {
    await inspector.endpoint.fill(peer.endpoint)
    await inspector.exchange()
    await expect(inspector.linkState).toHaveText('Ready (older protocol)')
    await expect(inspector.connection).toContainText('No handshake: the peer speaks ZMTP 1.0 or 2.0')
    await expect(inspector.reply).toContainText('identical to the request')
  } finally {
    peer.close()
  }
})

test('a port that accepts and says nothing is named within the time limit', async ({ inspector }) => {
  const listener = await listenOn(0)
  try {
    await inspector.endpoint.fill(`tcp://127.0.0.1:${listener.port}`)
    await inspector.limitTime('2')
    await inspector.send.click()
    await expect(inspector.connection).toContainText('Something accepts the connection but sends no ZMTP greeting.')
    await expect(inspector.reply.getByRole('alert')).toHaveText('Not sent.')
    await inspector.connection.getByRole('button', { name: 'Disconnect' }).click()
  } finally {
    await listener.close()
  }
})

test('the log sums attempts up, and the Events tab shows each of the last minute', async ({ inspector, page }) => {
  const listener = await listenOn(0)
  await listener.close()
  await inspector.endpoint.fill(`tcp://127.0.0.1:${listener.port}`)
  await inspector.connection.getByRole('button', { name: 'Connect' }).click()
  await expect(inspector.linkState).toHaveText(/^Retrying/)
  await page.getByRole('tab', { name: 'Events' }).click()
  const each = page.getByRole('button', { name: 'Each attempt' })
  await each.click()
  const attempts = page.getByRole('region', { name: 'Attempts of the last minute' })
  await expect.poll(() => attempts.getByRole('row').filter({ hasText: 'connect:retry' }).count()).toBeGreaterThan(3)
  await each.click()
  const rows = page.getByRole('table', { name: 'Events entries' }).getByRole('row')
  await expect(rows.filter({ hasText: 'connect:retry' })).toHaveCount(1)
})
