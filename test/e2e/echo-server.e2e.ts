import { connect } from 'node:net'
import { Dealer } from 'zeromq'
import { expect, test } from './support/app.ts'
import { listenOn } from './support/ports.ts'

test('the server starts, counts what it echoes, stops, and starts again where it was', async ({ inspector }) => {
  await expect(inspector.serverState).toHaveAttribute('title', 'Stopped')
  const endpoint = await inspector.startAndPoint()
  expect(endpoint).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/)
  await inspector.showServerFigures()
  await expect(inspector.serverFigure('Echoed')).toHaveText('0 · 0 B')

  await inspector.exchange()
  await inspector.exchange()
  await expect(inspector.serverFigure('Echoed')).toHaveText('2 · 24 B')
  await expect(inspector.serverFigure('Peers')).toHaveText('1')
  await expect(inspector.serverFigure('Rate')).toHaveText(/^2(\.00)? \/s$|^0 \/s$/)
  await expect(inspector.serverFigure('Up for')).toHaveText(/^[1-9]\d* s$/)
  await expect(inspector.serverFigure('Rate')).toHaveText('0 /s')

  await inspector.connection.getByRole('button', { name: 'Disconnect' }).click()
  await expect(inspector.serverFigure('Peers')).toHaveText('0')

  await inspector.stopButton.click()
  await expect(inspector.serverState).toHaveAttribute('title', 'Stopped')
  await expect(inspector.stopButton).toHaveCount(0)
  expect(await inspector.startServer(endpoint)).toBe(endpoint)
  await expect(inspector.serverFigure('Echoed')).toHaveText('0 · 0 B')
  await inspector.exchange()
  await expect(inspector.serverFigure('Echoed')).toHaveText('1 · 12 B')
})

test('a client sees the server stop and come back', async ({ inspector }) => {
  const endpoint = await inspector.startAndPoint()
  await inspector.exchange()
  await inspector.stopButton.click()
  await expect(inspector.linkState).toHaveText(/^Retrying/)
  await inspector.startServer(endpoint)
  await expect(inspector.linkState).toHaveText('Ready')
  await inspector.exchange()
})

for (const port of ['*', '0']) {
  test(`the port ${port} picks a free one and shows it`, async ({ inspector }) => {
    expect(await inspector.startServer(`tcp://127.0.0.1:${port}`)).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/)
  })
}

test('an address in use is reported, with a button for the next free one', async ({ inspector }) => {
  const taken = await listenOn(0)
  try {
    await inspector.serverEndpoint.fill(`tcp://127.0.0.1:${taken.port}`)
    await inspector.startButton.click()
    await expect(inspector.serverState).toHaveAttribute('title', /^Failed/)
    const alert = inspector.server.getByRole('alert')
    await expect(alert).toContainText('The address is already in use.')

    const next = alert.getByRole('button', { name: /^Start on port \d+$/ })
    const port = (await next.innerText()).replace('Start on port ', '')
    expect(port).not.toBe(`${taken.port}`)
    await next.click()
    expect(await inspector.listeningOn()).toBe(`tcp://127.0.0.1:${port}`)
    await expect(alert).toHaveCount(0)
    await inspector.stopButton.click()
    await expect(inspector.serverEndpoint).toHaveValue(`tcp://127.0.0.1:${port}`)
  } finally {
    await taken.close()
  }
})

test('an address that the network can reach shows a warning', async ({ inspector }) => {
  const warning = inspector.server.getByText('Anyone on your network can reach this address')
  await inspector.startServer('tcp://127.0.0.1:*')
  await expect(warning).toHaveCount(0)
  await inspector.stopButton.click()
  await expect(inspector.serverState).toHaveAttribute('title', 'Stopped')
  await inspector.startServer('tcp://*:*')
  await expect(warning).toBeVisible()
})

const badEndpoints: readonly (readonly [endpoint: string, message: string])[] = [
  ['', 'The endpoint is empty'],
  ['127.0.0.1:5555', 'Missing transport. Did you mean tcp://127.0.0.1:5555?'],
  ['foo://127.0.0.1:5555', 'There is no foo:// in ZeroMQ'],
  ['tcp://127.0.0.1:99999', "Port '99999' does not exist"],
  ['tcp://127.0.0.1:-1', "Port '-1' does not exist"],
  ['tcp://127.0.0.1:5x', "Port '5x' does not exist"],
  ['tcp://127.0.0.1', 'The port is missing'],
  ['tcp://256.0.0.1:5555', '256.0.0.1 is not an IPv4 address'],
  ['ipc:///no/such/folder/socket', 'There is no such folder or file.'],
]

test('an invalid endpoint is reported with its cure, and a valid one starts', async ({ inspector }) => {
  const alert = inspector.server.getByRole('alert')
  for (const [endpoint, message] of badEndpoints) {
    await inspector.serverEndpoint.fill(endpoint)
    await inspector.startButton.click()
    await expect(alert).toContainText(message)
    await expect(inspector.serverState).toHaveAttribute('title', /^Failed/)
    await expect(inspector.serverEndpoint).toHaveValue(endpoint)
  }
  await inspector.startServer()
  await expect(alert).toHaveCount(0)
})

test('a suggested correction is applied by one click', async ({ inspector }) => {
  await inspector.serverEndpoint.fill('127.0.0.1:*')
  await inspector.startButton.click()
  await inspector.server.getByRole('button', { name: /^Start on (port|tcp:\/\/127\.0\.0\.1:)/ }).click()
  expect(await inspector.listeningOn()).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/)
})

test('protocol violations are rejected and counted, and a good client is served', async ({ inspector, peers }) => {
  const endpoint = await inspector.startAndPoint()
  const browser = connect(Number(new URL(endpoint).port), '127.0.0.1')
  browser.on('error', () => browser.destroy())
  browser.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  const dealer = new Dealer()
  peers.connect(dealer, endpoint)
  await dealer.send('without the delimiter of a request')
  await expect(inspector.server).toContainText('1 turned away')
  await inspector.showServerFigures()
  await expect(inspector.serverFigure('Turned away')).toHaveText('1')

  await inspector.exchange()
  await expect(inspector.serverFigure('Echoed')).toHaveText('1 · 12 B')
  browser.destroy()
})
