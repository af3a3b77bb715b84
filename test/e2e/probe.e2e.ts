import { createServer, type Server } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import { curveKeyPair, Publisher, Reply } from 'zeromq'
import { expect, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'
import { StreamWindow } from './support/stream-window.ts'

/** The screen that says what is behind an endpoint. */
class ProbeWindow {
  readonly page: Page
  readonly region: Locator
  readonly answers: Locator
  readonly endpoints: Locator
  readonly start: Locator
  readonly summary: Locator

  constructor(readonly inspector: InspectorWindow) {
    this.page = inspector.page
    this.region = this.page.getByRole('region', { name: 'Probe' })
    this.answers = this.region.getByRole('list', { name: 'Answers' }).getByRole('listitem')
    this.endpoints = this.region.getByRole('textbox', { name: 'Endpoints to probe' })
    this.start = this.region.getByRole('button', { name: 'Probe', exact: true })
    this.summary = this.region.getByRole('status', { name: 'Answer' })
  }

  async ask(endpoint: string): Promise<void> {
    await this.inspector.endpoint.fill(endpoint)
    await this.page.getByRole('button', { name: 'What is there?', exact: true }).click()
    await expect(this.answers).toContainText([endpoint])
  }
}

const portOf = (server: Server): number => {
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen.')
  return address.port
}

const listen = (server: Server): Promise<Server> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))

test('What is there? names a PUB, and opens the SUB that it needs', async ({ inspector, page }) => {
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const endpoint = publisher.lastEndpoint ?? ''
  const probe = new ProbeWindow(inspector)
  await probe.ask(endpoint)
  await expect(probe.answers).toContainText('A PUB socket, ZMTP 3.1, no security. REQ cannot talk to it: open a SUB.')
  await expect(probe.answers.getByRole('row')).toContainText([/Look up/, /Connect/, /Greeting/, /Handshake/, /Close/])
  await expect(probe.answers).toContainText('one short connection, and no message')
  await probe.answers.getByRole('button', { name: 'Open a SUB' }).click()
  await expect(probe.region).toHaveCount(0)
  const stream = new StreamWindow(inspector)
  await expect(stream.state).toHaveText('Open')
  await expect(stream.endpoint(1)).toHaveValue(endpoint)
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('Ready')
  await expect(async () => {
    await publisher.send(['prices', 'from outside'])
    await expect(stream.row('from outside').first()).toBeVisible({ timeout: 200 })
  }).toPass()
  publisher.close()
})

test('a link that fails names the type and the security of its peer, and offers what fits', async ({
  inspector,
  page,
}) => {
  const keys = curveKeyPair()
  const secured = new Reply({
    linger: 0,
    curveServer: true,
    curvePublicKey: keys.publicKey,
    curveSecretKey: keys.secretKey,
  })
  await secured.bind('tcp://127.0.0.1:*')
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  await inspector.endpoint.fill(publisher.lastEndpoint ?? '')
  await inspector.send.click()
  await expect(inspector.connection).toContainText('The peer is not a REP or ROUTER socket. It is a PUB.')
  await inspector.endpoint.fill(secured.lastEndpoint ?? '')
  await inspector.send.click()
  await expect(inspector.connection).toContainText('The peer uses CURVE; this socket uses no security.')
  await page.getByRole('button', { name: 'Probe the peer' }).click()
  const probe = new ProbeWindow(inspector)
  await expect(probe.answers).toContainText('Asks for CURVE: you need its public key.')
  await probe.answers.getByRole('button', { name: 'Use CURVE' }).click()
  await page.getByRole('textbox', { name: 'Server public key' }).fill(keys.publicKey)
  const answered = secured.receive().then((message) => secured.send(message))
  await inspector.send.click()
  await answered
  await expect(inspector.reply).toContainText('Hello world!')
  secured.close()
  publisher.close()
})

test('what is no ZeroMQ is named, and ports of this machine are found', async ({ inspector, page }) => {
  const http = await listen(createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\n\r\n')))
  const silent = await listen(createServer(() => undefined))
  const publisher = new Publisher({ linger: 0 })
  await publisher.bind('tcp://127.0.0.1:*')
  const endpoint = publisher.lastEndpoint ?? ''
  const probe = new ProbeWindow(inspector)
  await probe.ask(`tcp://127.0.0.1:${portOf(http)}`)
  await expect(probe.answers).toContainText('Not ZeroMQ: this is HTTP.')
  await probe.ask(`tcp://127.0.0.1:${portOf(silent)}`)
  await expect(probe.answers).toContainText('Accepts TCP and says nothing: no ZMTP, or a full backlog.')
  await probe.ask('tcp://127.0.0.1:1')
  await expect(probe.answers).toContainText('Nobody is listening there.')
  await probe.endpoints.fill('tcp://192.0.2.1:5000-6000')
  await probe.start.click()
  await expect(probe.region).toContainText('Only ports of this machine are probed as a range')

  const port = Number(/\d+$/.exec(endpoint)?.[0])
  await probe.endpoints.fill(`tcp://127.0.0.1:${port}-${port}, tcp://127.0.0.1:1`)
  await probe.start.click()
  await expect(probe.summary).toHaveText('Of 1 port, 1 accepts connections, and one speaks ZeroMQ.')
  await expect(probe.answers).toContainText(['A PUB socket', 'Nobody is listening there.'])
  await probe.region.getByRole('button', { name: 'Close the probe' }).click()
  await expect(probe.region).toHaveCount(0)

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await page.keyboard.type('Which of my ports')
  await page.keyboard.press('Enter')
  await expect(probe.endpoints).toBeFocused()
  await expect(probe.endpoints).toHaveValue('tcp://127.0.0.1:5000-6000')
  http.close()
  silent.close()
  publisher.close()
})
