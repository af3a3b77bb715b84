import { Router } from 'zeromq'
import { answerOutOfOrder, disorder } from '../support/out-of-order.ts'
import { expect, test } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

test('what measures is chosen, told in the results, and never mixed without a word', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.5)
  const client = lab.choice('Measure with')
  await expect(client).toHaveValue('zmtp')
  await lab.finish()
  await page.getByText('When, where and with what').click()
  const facts = page.getByRole('region', { name: 'Run results' })
  await expect(facts.getByText('ZMTP', { exact: true })).toBeVisible()
  await client.selectOption('libzmq (as most clients)')
  await lab.finish()
  await expect(facts.getByText('libzmq', { exact: true })).toBeVisible()
  await lab.runs.nth(1).getByRole('checkbox').check()
  await expect(lab.runs.first()).toContainText('With libzmq')
  await expect(page.getByText('The baseline was measured with ZMTP and the other run with libzmq')).toBeVisible()
})

test('a sweep over numbers of sockets has a point for each', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.2)
  await lab.choice('Sweep').selectOption('Sockets')
  await expect(lab.number('Concurrency')).toHaveCount(0)
  const sockets = lab.run.getByRole('textbox', { name: 'Numbers of sockets' })
  await sockets.fill('1, 2000')
  await expect(lab.run.getByText("Expected 1 to 1,024, found '2000'")).toBeVisible()
  await sockets.fill('1, 4, 16')
  await lab.finish()
  await expect(lab.results.getByRole('columnheader', { name: '16 sockets' })).toBeVisible()
  await expect(
    page.getByRole('img', { name: /by number of sockets: p50 from .+ at 1 socket to .+ at 16 sockets/ }),
  ).toBeVisible()
})

test('a DEALER keeps several requests in flight, which only ZMTP measures', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.2)
  await lab.choice('Sockets').selectOption('DEALER')
  const only = lab.run.getByText('Only ZMTP measures a DEALER with requests in flight.')
  await lab.choice('Measure with').selectOption('libzmq (as most clients)')
  await expect(only).toBeVisible()
  await expect(lab.start).toBeDisabled()
  await lab.choice('Measure with').selectOption('ZMTP (least overhead)')
  await expect(only).toHaveCount(0)
  await expect(lab.start).toBeEnabled()
  await lab.number('In flight').fill('4')
  await lab.finish()
  await expect(lab.runs.first()).toContainText('1 DEALER socket with 4 in flight')
  await lab.choice('Sweep').selectOption('In flight')
  await expect(lab.number('In flight')).toHaveCount(0)
  await lab.run.getByRole('textbox', { name: 'Requests in flight' }).fill('1, 8')
  await lab.finish()
  await expect(lab.results.getByRole('columnheader', { name: '8 in flight', exact: true })).toBeVisible()
})

test('a DEALER that numbers its requests counts replies out of order, and which come again', async ({
  inspector,
  page,
  peers,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  void answerOutOfOrder(router)
  const lab = new LabPage(page)
  await lab.open()
  await lab.setLength(0.2)
  await lab.choice('Sockets').selectOption('DEALER, numbered')
  await expect(lab.run).toContainText('Each request has a number in its envelope, which the server must return')
  await lab.number('In flight').fill('4')
  await lab.choice('Stop after').selectOption('Requests')
  await lab.number('Requests').fill('300')
  await lab.finish()
  await expect(lab.runs.first()).toContainText('1 DEALER socket with 4 numbered in flight')
  await expect(lab.figure('Replies')).toHaveText('300')
  await expect(lab.figure('Reordered')).toHaveText(String(disorder.reordered))
  await expect(lab.figure('Repeated')).toHaveText(String(disorder.repeated))
  await expect(page.getByText('50 replies came out of order, and 50 came again.')).toBeVisible()
})
