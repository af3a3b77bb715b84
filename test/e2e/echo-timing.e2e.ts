import { Pull, Push, Reply } from 'zeromq'
import { expect, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'
import { StreamWindow } from './support/stream-window.ts'

/** Repeats the message so often, at once. */
async function repeat(inspector: InspectorWindow, times: number): Promise<void> {
  const { page } = inspector
  await inspector.moreWaysToSend('Repeat…')
  const dialog = page.getByRole('form', { name: 'Repeat' })
  await dialog.getByRole('textbox', { name: 'Number of sends' }).fill(String(times))
  await dialog.getByRole('button', { name: 'Start repeating' }).click()
  await expect(page.getByText(`${times} of ${times} sent · done`)).toBeVisible()
}

test('a DEALER is timed by the order of its answers, and by a frame', async ({ inspector, page }) => {
  const stream = new StreamWindow(inspector)
  await inspector.addSocket('ROUTER')
  await stream.how(1).selectOption('bind')
  await stream.endpoint(1).fill('tcp://127.0.0.1:*')
  await page.getByRole('combobox', { name: 'Behaviour' }).selectOption('echo')
  await stream.open.click()
  await expect(stream.state).toHaveText('Open')
  const endpoint = await stream.endpoint(1).inputValue()
  await stream.add('DEALER', 'connect', endpoint)
  await page.getByRole('tab', { name: 'Latency' }).click()
  const latency = page.getByRole('region', { name: 'Latency' })
  await expect(latency).toContainText('Round trips are not timed')
  await latency.getByRole('combobox', { name: 'Time answers' }).selectOption('In their order')
  await repeat(inspector, 30)
  await expect(latency.getByRole('status', { name: 'count' })).toHaveText('30')
  await expect(latency.getByRole('status', { name: 'p50' })).toHaveText(/\d (µs|ms)/)
  await expect(latency.getByRole('status', { name: 'Round trips' })).toBeEmpty()

  await latency.getByRole('combobox', { name: 'Time answers' }).selectOption('By a frame')
  await latency.getByRole('textbox', { name: 'Frame that comes back' }).fill('2')
  await expect(latency.getByRole('status', { name: 'count' })).toHaveText('0')
  await inspector.send.click()
  await expect(latency.getByRole('status', { name: 'Round trips' })).toHaveText('1 arrived without a match')
  await inspector.addFrame.click()
  await inspector.frame(2).fill('id 7')
  await inspector.send.click()
  await expect(latency.getByRole('status', { name: 'count' })).toHaveText('1')
  // Rates and the log are one click away, and the choice is kept with the socket.
  await page.getByRole('tab', { name: 'Rates' }).click()
  await stream.show('ROUTER')
  await stream.show('DEALER')
  await page.getByRole('tab', { name: 'Latency' }).click()
  await expect(latency.getByRole('textbox', { name: 'Frame that comes back' })).toHaveValue('Frame 2')
})

test('a PUSH is timed by what comes back to a PULL', async ({ inspector, page, peers }) => {
  const stream = new StreamWindow(inspector)
  const from = await stream.add('PUSH', 'bind')
  await page.getByRole('tab', { name: 'Latency' }).click()
  const latency = page.getByRole('region', { name: 'Latency' })
  await expect(latency).toContainText('A PUSH only sends.')
  const to = await stream.add('PULL', 'bind')
  await expect(page.getByRole('tab', { name: 'Latency' })).toBeHidden()
  await expect(page.getByRole('region', { name: 'Rates' })).toBeVisible()
  await stream.show('PUSH')
  await latency.getByRole('combobox', { name: 'Time answers' }).selectOption('By a frame')
  await expect(latency.getByRole('combobox', { name: 'Answers arrive at' })).toHaveValue(/./)
  const [work, results] = [new Pull(), new Push()]
  peers.connect(work, from)
  peers.connect(results, to)
  const answer = async () => {
    for await (const message of work) await results.send(message)
  }
  answer().catch(() => undefined)
  await repeat(inspector, 20)
  await expect(latency.getByRole('status', { name: 'count' })).toHaveText('20')
  await stream.show('PULL')
  await inspector.connections.getByRole('button', { name: 'Remove socket' }).last().click()
  await stream.show('PUSH')
  await expect(latency.getByRole('combobox', { name: 'Answers arrive at' })).toHaveText(/The socket was removed/)
  await latency.getByRole('combobox', { name: 'Time answers' }).selectOption('Off')
  await expect(latency).toContainText('A PUSH only sends.')
})

test('a timed DEALER can become a PUSH', async ({ inspector, page }) => {
  const stream = new StreamWindow(inspector)
  await inspector.addSocket('DEALER')
  await page.getByRole('tab', { name: 'Latency' }).click()
  const latency = page.getByRole('region', { name: 'Latency' })
  await latency.getByRole('combobox', { name: 'Time answers' }).selectOption('In their order')
  await page.getByRole('combobox', { name: 'Socket type' }).selectOption('push')
  await stream.how(1).selectOption('bind')
  await stream.endpoint(1).fill('tcp://127.0.0.1:*')
  await stream.open.click()
  await expect(stream.state).toHaveText('Open')
  await expect(latency).toContainText('A PUSH only sends.')
})

test('a REQ binds, and asks each of several peers in turn', async ({ inspector, page, peers }) => {
  const stream = new StreamWindow(inspector)
  await inspector.addSocket('REQ')
  await page.getByRole('button', { name: 'More endpoints' }).click()
  await page.getByRole('menuitem', { name: 'Bind instead of connecting' }).click()
  await stream.endpoint(1).fill('tcp://127.0.0.1:*')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(stream.state).toHaveText('Open')
  const endpoint = await stream.endpoint(1).inputValue()
  for (const name of ['left', 'right']) {
    const peer = new Reply()
    peers.connect(peer, endpoint)
    const answer = async () => {
      for await (const _request of peer) await peer.send(name)
    }
    answer().catch(() => undefined)
  }
  await expect(page.getByRole('status', { name: 'Endpoint state' })).toHaveText('2 peers')
  const answers = new Set<string>()
  for (let count = 1; count <= 2; count += 1) {
    await inspector.send.click()
    await expect(page.getByRole('region', { name: 'Latency' }).getByRole('status', { name: 'count' })).toHaveText(
      String(count),
    )
    answers.add(
      (
        await page
          .getByRole('group', { name: 'Reply frame 1' })
          .getByText(/left|right/)
          .innerText()
      ).trim(),
    )
  }
  expect([...answers].sort()).toEqual(['left', 'right'])
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click()
  await stream.how(1).selectOption('connect')
  await expect(page.getByRole('button', { name: 'More endpoints' })).toBeVisible()
  await expect(inspector.endpoint).not.toHaveValue('')
})
