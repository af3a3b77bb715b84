import { Publisher, Router } from 'zeromq'
import { expect, test } from './support/app.ts'
import { listenOn } from './support/ports.ts'

async function freePort(): Promise<number> {
  const listener = await listenOn(0)
  await listener.close()
  return listener.port
}

test('Send on a closed connection opens it', async ({ inspector }) => {
  await inspector.startAndPoint()
  await expect(inspector.linkState).toHaveText('Idle')
  await inspector.exchange()
  await expect(inspector.linkState).toHaveText('Ready')
  await inspector.connection.getByRole('button', { name: 'Disconnect' }).click()
  await expect(inspector.linkState).toHaveText('Idle')
  await inspector.exchange()
  await expect(inspector.linkState).toHaveText('Ready')
})

test('without a server it says so, keeps trying, and becomes ready once there is one', async ({ inspector, peers }) => {
  const endpoint = `tcp://127.0.0.1:${await freePort()}`
  await inspector.endpoint.fill(endpoint)
  await inspector.connection.getByRole('button', { name: 'Connect' }).click()
  await expect(inspector.linkState).toHaveText(/^Retrying since \d\d:\d\d:\d\d$/)
  await expect(inspector.connection).toContainText('Nobody is listening there.')

  await peers.answering((frames) => frames, { endpoint })
  await expect(inspector.linkState).toHaveText('Ready')
  await expect(inspector.connection).not.toContainText('Nobody is listening there.')
  await inspector.exchange()
})

test('a wrong socket type is told by the link alone, also after Send', async ({ inspector, peers }) => {
  await inspector.endpoint.fill(await peers.bind(new Publisher()))
  await inspector.connection.getByRole('button', { name: 'Connect' }).click()
  await expect(inspector.linkState).toHaveText('Rejected')
  await expect(inspector.connection).toContainText('The peer is not a REP or ROUTER socket.')
  await inspector.send.click()
  // The cause has one place.
  await expect(inspector.reply.getByRole('alert')).toHaveText('Not sent.')
  await expect(inspector.send).toBeEnabled()
})

test('another endpoint can be typed while connected, and Send goes there', async ({ inspector, peers }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  await inspector.endpoint.fill(await peers.answering(() => ['from the other one']))
  await expect(inspector.connection).toContainText('Settings changed. Reconnect or Send to apply them.')
  await inspector.send.click()
  await expect(inspector.replyFrame(1)).toContainText('from the other one')
  await expect(inspector.connection).not.toContainText('Settings changed')
})

test('a host that does not resolve is reported', async ({ inspector }) => {
  await inspector.endpoint.fill('tcp://no-such-host.invalid:5555')
  await inspector.connection.getByRole('button', { name: 'Connect' }).click()
  await expect(inspector.connection).toContainText(
    /The host name no-such-host\.invalid (does not resolve|could not be looked up)/,
    { timeout: 20_000 },
  )
  await expect(inspector.linkState).toHaveText(/^Retrying/)
})

const badEndpoints: readonly (readonly [endpoint: string, message: string])[] = [
  ['', 'The endpoint is empty'],
  ['127.0.0.1:5555', 'Missing transport. Did you mean tcp://127.0.0.1:5555?'],
  ['foo://127.0.0.1:5555', 'There is no foo:// in ZeroMQ'],
  ['tcp://127.0.0.1:99999', "Port '99999' does not exist"],
  ['tcp://127.0.0.1:-1', "Port '-1' does not exist"],
  ['tcp://127.0.0.1:5x', "Port '5x' does not exist"],
  ['tcp://127.0.0.1', 'The port is missing'],
  ['tcp://*:5555', "'*' means every interface when binding"],
  ['tcp://127.0.0.1:*', 'Port * lets the system choose when binding'],
  ['tcp://[::1]:5555', 'turn on IPv6 in the options'],
]

test('Connect and Send report an invalid endpoint with its cure', async ({ inspector }) => {
  const alert = inspector.connection.getByRole('alert')
  const connect = inspector.connection.getByRole('button', { name: 'Connect' })
  for (const [endpoint, message] of badEndpoints) {
    for (const press of [connect, inspector.send]) {
      await inspector.endpoint.fill(endpoint)
      await expect(alert).toHaveCount(0)
      await press.click()
      await expect(alert).toContainText(message)
      await expect(inspector.endpoint).toHaveValue(endpoint)
      await expect(inspector.linkState).toHaveText('Idle')
      await inspector.endpoint.fill('tcp://127.0.0.1:1')
    }
  }
  await inspector.startAndPoint()
  await inspector.exchange()
})

test('a suggested correction is applied by one click', async ({ inspector }) => {
  await inspector.endpoint.fill('tcp://*:5555')
  await inspector.send.click()
  await inspector.connection.getByRole('button', { name: 'Use tcp://127.0.0.1:5555' }).click()
  await expect(inspector.endpoint).toHaveValue('tcp://127.0.0.1:5555')
  await expect(inspector.alert).toHaveCount(0)
})

test('an IPv6 address needs one click, and then works', async ({ inspector, peers }) => {
  const endpoint = await peers.answering((frames) => frames, { ipv6: true, endpoint: 'tcp://[::1]:*' })
  await inspector.endpoint.fill(endpoint)
  await inspector.send.click()
  await inspector.connection.getByRole('button', { name: 'Turn on IPv6' }).click()
  await expect(inspector.alert).toHaveCount(0)
  await inspector.exchange()
  await expect(inspector.reply).toContainText('identical to the request')
})

test('options that differ from the defaults are counted, and can be reset', async ({ inspector, page }) => {
  await page.getByRole('button', { name: 'Socket options' }).click()
  const options = page.getByRole('dialog', { name: 'Socket options' })
  const reset = options.getByRole('button', { name: 'Reset to defaults' })
  await expect(reset).toBeDisabled()
  await options.getByRole('textbox', { name: 'Longest reconnect interval' }).fill('0')
  await options.getByRole('checkbox', { name: 'TCP keep-alive' }).check()
  const routingId = options.getByRole('textbox', { name: 'Routing id' })
  await routingId.fill('inspector')
  await expect(options).toContainText('3 changed')
  // A text that the socket would refuse stays in the field, and the last good one in the draft.
  await routingId.fill('é'.repeat(128))
  await expect(options).toContainText('It has 256 bytes; write 255 at most.')
  await expect(options).toContainText('3 changed')
  await reset.click()
  await expect(options).toContainText('All at their defaults')
  await expect(routingId).toHaveValue('')
  await expect(options.getByRole('textbox', { name: 'Longest reconnect interval' })).toHaveValue('5000 ms')
  await expect(options.getByRole('checkbox', { name: 'TCP keep-alive' })).not.toBeChecked()
  await page.keyboard.press('Escape')
  await expect(options).toHaveCount(0)
  await inspector.startAndPoint()
  await inspector.exchange()
})

test('an endpoint with a source names both ends', async ({ inspector }) => {
  const endpoint = await inspector.startServer()
  await inspector.endpoint.fill(endpoint.replace('tcp://', 'tcp://127.0.0.1;'))
  await inspector.send.click()
  const corrected = endpoint.replace('tcp://', 'tcp://127.0.0.1:*;')
  await inspector.connection.getByRole('button', { name: `Use ${corrected}` }).click()
  await expect(inspector.connection).toContainText(`From 127.0.0.1, any port, to ${endpoint.replace('tcp://', '')}`)
  await inspector.exchange()
  await inspector.endpoint.fill(endpoint)
  await expect(inspector.connection).not.toContainText('any port')
})

test('a server and a connection meet over ws', async ({ inspector }) => {
  const endpoint = await inspector.startServer('ws://127.0.0.1:*')
  await inspector.endpoint.fill(`“${endpoint}”`)
  await inspector.send.click()
  await inspector.connection.getByRole('button', { name: `Use ${endpoint}` }).click()
  await inspector.exchange()
  await expect(inspector.linkState).toHaveText('Ready')
  await expect(inspector.reply).toContainText('identical to the request')
})

test('relaxed and correlate adds a frame on the wire, as announced', async ({ inspector, peers }) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  const answerNext = async (): Promise<number> => {
    const frames = await router.receive()
    await router.send(frames)
    return frames.length
  }
  await Promise.all([inspector.exchange(), expect.poll(answerNext).toBe(3)])

  await inspector.connection.getByRole('button', { name: 'Disconnect' }).click()
  await inspector.page.getByRole('button', { name: 'Socket options' }).click()
  const option = inspector.page.getByRole('checkbox', { name: 'Relaxed and correlate' })
  await expect(inspector.page.getByText('Adds a request id frame on the wire')).toBeVisible()
  await option.check()
  await inspector.page.keyboard.press('Escape')
  await expect(option).toHaveCount(0)
  await Promise.all([inspector.exchange(), expect.poll(answerNext).toBe(4)])
})
