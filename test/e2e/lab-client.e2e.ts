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
