import { Router } from 'zeromq'
import { expect, test } from './support/app.ts'

test('a message is sent n times, and the figures count them', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.repeat({ count: 250 })
  await expect(inspector.request).toContainText('250 of 250 sent · done')
  await expect(inspector.statistic('count')).toHaveText('250')
  await expect(inspector.statistic('timeouts')).toHaveText('0')
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  await inspector.showServerFigures()
  await expect(inspector.serverFigure('Echoed')).toHaveText('250 · 2.93 KiB')
})

test('until stopped: the figures keep updating, Stop takes the place of Send, and ends it', { tag: '@alone' }, async ({
  inspector,
  page,
}) => {
  await inspector.startAndPoint()
  await inspector.repeat({ count: null })
  await expect(inspector.request.getByRole('progressbar', { name: 'Repeat progress' })).toBeVisible()
  await expect(inspector.send).toHaveCount(0)
  const count = async () => Number((await inspector.statistic('count').innerText()).replaceAll(',', ''))
  await expect.poll(count).toBeGreaterThan(0)
  const earlier = await count()
  await expect.poll(count).toBeGreaterThan(earlier)
  await expect(inspector.page.getByRole('img', { name: /^(Distribution|Recent round trips)/ })).toHaveCount(2)
  await expect(inspector.request).toContainText(/sent$/)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status', { name: 'Why nothing is sent' })).toHaveText('Not sent: stop repeating first.')

  await inspector.page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(inspector.request).toContainText('· stopped')
  await expect(inspector.send).toBeEnabled()
  await inspector.exchange()
})

test('a repeat that cannot continue says why, and a second Stop cancels at once', async ({ inspector, peers }) => {
  await inspector.endpoint.fill('tcp://127.0.0.1:1')
  await inspector.limitTime('0.5')
  await inspector.repeat({ count: 5 })
  await expect(inspector.request.getByRole('alert')).toContainText('Repeat stopped: Nobody is listening there.')
  await inspector.request.getByRole('button', { name: 'Dismiss' }).click()
  await expect(inspector.request.getByRole('alert')).toHaveCount(0)

  const silent = new Router()
  await inspector.endpoint.fill(await peers.bind(silent))
  await inspector.limitTime('600')
  await inspector.repeat({ count: 5 })
  await silent.receive()
  await inspector.page.getByRole('button', { name: 'Stop', exact: true }).click()
  await inspector.page.getByRole('button', { name: 'Stop now', exact: true }).click()
  await expect(inspector.send).toBeEnabled()
})

test('an interval separates the messages', async ({ inspector, peers }) => {
  const arrivals: number[] = []
  const endpoint = await peers.answering((frames) => {
    arrivals.push(performance.now())
    return frames
  })
  await inspector.endpoint.fill(endpoint)
  const started = performance.now()
  await inspector.repeat({ count: 4, intervalMs: 200 })
  await expect(inspector.request).toContainText('4 of 4 sent · done')
  // The fourth message is due three intervals after the start, however late the first one was. Timers may be 1 ms early.
  expect((arrivals.at(-1) ?? 0) - started).toBeGreaterThan(595)
})

test('requests that are lost during a repeat are counted, and the cause is told', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.repeat({ count: 2 })
  for (let count = 0; count < 2; count += 1) {
    const [id = '', , body = ''] = await router.receive()
    await router.send([id, body])
  }
  await expect(inspector.request).toContainText('2 of 2 sent, 2 lost')
  await expect(inspector.request.getByRole('alert')).toContainText('the reply came without the empty delimiter frame')
})

test('timeouts during a repeat are counted, and it continues', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('0.3')
  await inspector.repeat({ count: 3 })
  await router.send(await router.receive())
  await router.receive()
  await router.send(await router.receive())
  await expect(inspector.request).toContainText('3 of 3 sent, 1 timed out')
  await expect(inspector.statistic('timeouts')).toHaveText('1')
  await expect(inspector.statistic('count')).toHaveText('2')
})
