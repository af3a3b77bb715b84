import { Pull } from 'zeromq'
import { expect, test } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

test('a PUSH flood says how many messages a PULL takes, and is not compared with a one-way stream', async ({
  inspector,
  page,
}) => {
  const pull = new Pull({ linger: 0 })
  try {
    await pull.bind('tcp://127.0.0.1:*')
    const receive = async () => {
      for await (const _message of pull);
    }
    // It ends when its socket is closed.
    receive().catch(() => undefined)
    const lab = new LabPage(page)
    await inspector.endpoint.fill(pull.lastEndpoint ?? '')
    await lab.open()
    await lab.setLength(0.3)
    await lab.measure('PUSH flood')
    await expect(lab.choice('Load model')).toHaveCount(0)
    await lab.number('Concurrency').fill('2')
    await lab.finish()
    await expect(lab.runs.first()).toContainText('PUSH flood, 2 sockets')
    const figures = page.getByRole('table', { name: 'Key figures' })
    await expect(figures.getByRole('columnheader', { name: 'accepted' })).toBeVisible()
    await expect(lab.figure('Accepted rate')).toHaveText(/^[\d,]{4,} \/s$/)
    await expect(lab.figure('Accepted')).toHaveText(await lab.figure('Read by the peer').innerText())
    await expect(lab.results.getByText('Replies')).toHaveCount(0)

    await lab.measure('One way')
    await expect(lab.number('Concurrency')).toHaveCount(0)
    await lab.number('Size').fill('15')
    await expect(lab.run.getByText('Whole number from 16 to 67,108,864')).toBeVisible()
    await lab.number('Size').fill('64')
    await lab.choice('Pace').selectOption('At a rate')
    await lab.number('Rate').fill('2000')
    await lab.finish()
    await expect(lab.runs.first()).toContainText('One way, PUSH to PULL at 2,000 /s')
    await expect(lab.figure('Delivered')).toHaveText('600')
    await expect(lab.figure('Lost')).toHaveText('0')
    await expect(lab.results.getByRole('rowheader', { name: 'One-way, from due' })).toBeVisible()

    await lab.runs.nth(1).getByRole('checkbox').check()
    await expect(page.getByText('The baseline measured a PUSH flood and the other run a one-way stream')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Key figures: PUSH flood' })).toBeVisible()
    await expect(page.getByRole('table', { name: 'Key figures: One way' })).toBeVisible()
  } finally {
    pull.close()
  }
})

test('a stream from PUB to SUB needs libzmq, and sweeps over sizes', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.3)
  await lab.measure('One way')
  await lab.choice('Sockets').selectOption('PUB to SUB')
  await expect(lab.run.getByText('Measured with libzmq: PUB needs it.')).toBeVisible()
  const over = lab.run.getByRole('textbox', { name: 'Over' })
  await over.fill('inproc://here')
  await expect(lab.run.getByText('tcp or ipc: the two ends are in different threads')).toBeVisible()
  await expect(lab.start).toBeDisabled()
  await over.fill('tcp://127.0.0.1:*')
  await lab.choice('Pace').selectOption('At a rate')
  await lab.choice('Sweep').selectOption('Sizes')
  await lab.run.getByRole('textbox', { name: 'Sizes' }).fill('16, 4 KiB')
  await lab.number('Rate').fill('1000')
  await lab.finish()
  await expect(lab.results.getByRole('columnheader', { name: '4.00 KiB' })).toBeVisible()
  await expect(lab.figure('Delivered', 1)).toHaveText('300')
})
