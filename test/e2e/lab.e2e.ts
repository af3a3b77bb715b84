import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRunJson } from '../../src/shared/lab/summary.ts'
import { chooseToOpen, chooseToSave, expect, ownTest, test } from './support/app.ts'
import { LabPage } from './support/lab-page.ts'

test('a run against the built-in server leaves the log to others', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await inspector.frame(1).fill('mine')
  await inspector.exchange()
  await lab.open()
  await lab.setLength(0.5)
  await lab.finish()
  await page.getByText('When, where and with what').click()
  await expect(page.getByText(/^lab-[0-9a-f]{16}-1, lab-/)).toBeVisible()
  await page.getByRole('button', { name: 'Close latency lab' }).click()
  const log = await inspector.openTab('Log')
  await log.getByRole('button', { name: 'Events', exact: true }).click()
  const rows = log.getByRole('rowgroup').getByRole('row')
  await expect(rows.filter({ hasText: /lab:run: Lab run “.+”: [\d,]+ messages, .+ echoed\./ })).toHaveCount(1)
  await expect(rows.filter({ hasText: /(sent|received).*mine/ })).toHaveCount(4)
})

test('a closed-loop run: progress, figures, plots', { tag: '@alone' }, async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(1)
  await lab.number('Concurrency').fill('4')
  await lab.start.click()
  await expect(lab.progress).toBeVisible()
  await expect(lab.results).toBeVisible({ timeout: 30_000 })
  await expect(lab.figure('Replies')).toHaveText(/^\d[\d,]*$/)
  await expect(lab.figure('p50')).toHaveText(/µs|ms/)
  await expect(lab.figure('Sockets')).toHaveText('4')
  await expect(lab.figure('p99.99')).toHaveText(/needs [\d,]+ more|µs|ms/)
  for (const title of ['Percentiles', 'Distribution', 'Timeline']) {
    await expect(page.getByRole('button', { name: `Save plot: ${title}` })).toBeVisible()
  }
  await expect(lab.progress).toHaveCount(0)
  // The lab keeps what is shown while the person looks at the messages.
  await page.getByRole('button', { name: 'Close latency lab' }).click()
  await expect(inspector.send).toBeVisible()
  await lab.open()
  await expect(lab.results).toBeVisible()
})

test('while a run is made, its distribution and its course are drawn', { tag: '@alone' }, async ({
  inspector,
  page,
}) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(600)
  await lab.start.click()
  const distribution = page.getByRole('img', { name: /^Distribution of round trips: [\d,]+ samples/ })
  const timeline = page.getByRole('img', { name: /^Timeline of round trips over .+: p50, p99 and max over time/ })
  await expect(distribution).toBeVisible()
  await expect(timeline).toBeVisible()
  const before = await distribution.getAttribute('aria-label')
  await expect.poll(() => distribution.getAttribute('aria-label')).not.toBe(before)
  await lab.cancel.click()
  await expect(lab.results).toBeVisible()
  await expect(page.getByText('Timeline so far')).toHaveCount(0)
})

test('the figures come first: of one run, and against the baseline', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'Hex' })
  await inspector.frame(1).fill('00 ff')
  await lab.open()
  await expect(lab.run).toContainText('Sends 2 B Hex 00 ff')
  await expect(lab.run).toContainText('Closed loop: Each request waits for the reply before it')
  await lab.setLength(1)
  await lab.finish()
  const keys = page.getByRole('table', { name: 'Key figures' })
  await expect(keys.getByRole('columnheader')).toHaveText(['p50', 'p90', 'p99', 'p99.9', 'max', 'rate', 'timeouts'])
  await expect(keys.getByRole('cell')).toHaveText([/s$/, /s$/, /s$/, /s$/, /s$/, /\/s$/, /^0$/])
  await lab.number('Concurrency').fill('2')
  await lab.finish()
  await lab.runs.nth(1).getByRole('checkbox').check()
  // Named by what differs, in the list as in the figures.
  await expect(keys.getByRole('rowheader')).toHaveText(['1 socket baseline', '2 sockets'])
  await expect(lab.runs.first()).toContainText('2 sockets')
  await expect(keys.getByRole('cell').nth(7)).toHaveText(/s(≈ same|[+−][\d.]+ .s( faster| slower)?)$/)
  // The head stays in view.
  await page.getByRole('rowheader', { name: 'Busy' }).scrollIntoViewIfNeeded()
  await expect(lab.start).toBeInViewport()
})

test('the scale of the plots is kept', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(1)
  await lab.finish()
  const scale = page.getByRole('radiogroup', { name: 'Scale of durations' })
  await expect(scale.getByRole('radio', { name: 'Log' })).toBeChecked()
  await scale.getByText('Linear').click()
  await expect(
    page.getByRole('img', { name: /^Distribution of round trips: .+longer ones are not drawn$/ }),
  ).toBeVisible()
  await page.reload()
  await lab.open()
  await expect(scale.getByRole('radio', { name: 'Linear' })).toBeChecked()
})

test('an open loop shows response time, service time and lateness', { tag: '@alone' }, async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(1)
  await lab.choice('Load model').selectOption('Open loop')
  await lab.number('Rate').fill('200')
  await lab.finish()
  await expect(lab.figure('Replies')).toHaveText('200')
  for (const group of ['Response time', 'Service time', 'Sends late by']) {
    await expect(lab.results.getByRole('rowheader', { name: group })).toBeVisible()
  }
})

test('all frames of the message are sent, in their encodings', async ({ inspector, page, peers }) => {
  const lab = new LabPage(page)
  const received: string[][] = []
  const endpoint = await peers.answering((frames) => {
    received.push(frames.map((frame) => frame.toString('hex')))
    return frames
  })
  await inspector.endpoint.fill(endpoint)
  await inspector.frame(1).fill('first')
  await inspector.addFrame.click()
  await inspector.encoding(2).selectOption({ label: 'Hex' })
  await inspector.frame(2).fill('00ff')
  await lab.open()
  await lab.choice('Stop after').selectOption('Requests')
  await lab.number('Requests').fill('1')
  await lab.number('Warm-up').fill('0')
  await lab.finish()
  expect(received).toEqual([['6669727374', '00ff']])
  await expect(lab.figure('Message')).toHaveText('7 B')
})

test('Cancel keeps what was measured', { tag: '@alone' }, async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(600)
  await lab.start.click()
  await expect(lab.run.getByRole('status', { name: 'Run state' })).toHaveText('Measuring')
  await lab.cancel.click()
  await expect(lab.results).toBeVisible()
  await expect(page.getByText('This run was cancelled. The figures cover the part that was measured.')).toBeVisible()
  await expect(lab.runs).toContainText('cancelled')
})

ownTest('without a server: 0 replies and the diagnosis, and no empty plot', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.endpoint.fill('tcp://127.0.0.1:9')
  await lab.open()
  await lab.number('Timeout').fill('1')
  await lab.start.click()
  await expect(inspector.alert).toContainText('0 replies. Nobody is listening there.')
  await expect(inspector.alert).toContainText('Start the server, or check the host and the port.')
  await expect(lab.results).toHaveCount(0)
  await expect(lab.runs).toHaveCount(0)
})

test('form errors are shown next to their fields, and nothing starts', async ({ page }) => {
  const lab = new LabPage(page)
  await lab.open()
  for (const [name, wrong] of [
    ['Concurrency', '0'],
    ['Concurrency', '1025'],
    ['Duration', '-1'],
    ['Warm-up', '999999'],
    ['Timeout', ''],
  ] as const) {
    const field = lab.number(name)
    const good = await field.inputValue()
    await field.fill(wrong)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(lab.start).toBeDisabled()
    await field.fill(good)
    await expect(lab.start).toBeEnabled()
  }
  await lab.choice('Sweep').selectOption('Sizes')
  await lab.run.getByRole('textbox', { name: 'Sizes' }).fill('16, lots')
  await expect(lab.run).toContainText("Expected 1 B to 64.0 MiB, found 'lots'")
  await expect(lab.start).toBeDisabled()
})

test('a sweep has a column and a point for each size', { tag: '@alone' }, async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.2)
  await lab.choice('Sweep').selectOption('Sizes')
  await lab.run.getByRole('textbox', { name: 'Sizes' }).fill('16, 1 KiB, 64KiB')
  await lab.finish()
  await expect(lab.results.getByRole('columnheader')).toHaveText(['Figure', '16 B', '1.00 KiB', '64.0 KiB'])
  await expect(page.getByRole('button', { name: 'Save plot: Over message sizes' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Step in the pictures' }).selectOption('64.0 KiB')
  await expect(lab.figure('Message', 2)).toHaveText('64.0 KiB')
})

ownTest('runs survive a restart, and can be renamed, overlaid and compared', async ({ start }) => {
  const first = await start()
  const before = new LabPage(first.inspector.page)
  await first.inspector.startAndPoint()
  await before.open()
  await before.setLength(1)
  await before.finish()
  await before.finish()
  await before.runs
    .first()
    .getByRole('button', { name: /^Rename/ })
    .click()
  await before.page.getByRole('textbox', { name: 'Name of the run' }).fill('the <b>second</b>')
  await before.page.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(before.runs.first()).toContainText('the <b>second</b>')
  await first.running.close()

  const { inspector } = await start()
  const lab = new LabPage(inspector.page)
  await lab.open()
  await expect(lab.runs).toHaveCount(2)
  await expect(lab.number('Duration')).toHaveValue('1')
  await expect(lab.results.getByRole('columnheader')).toHaveCount(2)
  await lab.runs.nth(1).getByRole('checkbox').check()
  await expect(lab.results.getByRole('columnheader')).toHaveCount(3)
  const differences = inspector.page.getByRole('region', { name: 'Differences' })
  await expect(differences.getByRole('table')).toContainText('Verdict')
  await expect(differences.getByRole('row').filter({ hasText: 'p50' })).toHaveText(
    /(faster|slower|no significant difference)$/,
  )
  await lab.runs
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click()
  await inspector.page.getByRole('button', { name: 'Delete this run for good' }).click()
  await expect(lab.runs).toHaveCount(1)
  await expect(lab.results.getByRole('columnheader')).toHaveCount(2)
})

test('runs are compared with the older one, or with the baseline that was chosen', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(1)
  const name = async (text: string) => {
    await lab.finish()
    await lab.runs
      .first()
      .getByRole('button', { name: /^Rename/ })
      .click()
    await page.getByRole('textbox', { name: 'Name of the run' }).fill(text)
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await expect(lab.runs.first()).toContainText(text)
  }
  await name('older')
  await name('newer')
  const heads = page.getByRole('region', { name: 'Differences' }).getByRole('columnheader')
  const time = '\\d{4}-\\d\\d-\\d\\d [\\d:]{8}'
  const expectHeads = (baseline: string, run: string) =>
    expect(heads).toHaveText([
      'Figure',
      new RegExp(`^Baseline: ${baseline}, ${time}$`),
      new RegExp(`^${run}, ${time}$`),
      'Difference',
      '95 % interval',
      'Verdict',
    ])
  const baseline = (of: string) => page.getByRole('radio', { name: new RegExp(`^Baseline: ${of}, ${time}$`) })

  // The newer one is shown alone after it was made, and the older one ticked last.
  await expect(baseline('newer')).toHaveCount(0)
  await lab.runs.nth(1).getByRole('checkbox').check()
  await expectHeads('older', 'newer')
  await expect(baseline('older')).toBeChecked()
  await baseline('older').focus()
  await page.keyboard.press('ArrowUp')
  await expect(baseline('newer')).toBeChecked()
  await expectHeads('newer', 'older')
  await lab.runs.nth(0).getByRole('checkbox').uncheck()
  await expect(heads).toHaveCount(0)
  await lab.runs.nth(0).getByRole('checkbox').check()
  await expectHeads('older', 'newer')
  await baseline('newer').check()
  await lab.runs
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click()
  await page.getByRole('button', { name: 'Delete this run for good' }).click()
  await expect(lab.runs).toHaveCount(1)
  await expect(heads).toHaveCount(0)
  await expect(lab.results).toBeVisible()
})

test('calibration shows the instrument’s share', { tag: '@alone' }, async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.5)
  await lab.finish()
  await lab.run.getByRole('button', { name: 'Calibrate' }).click()
  const note = page.getByRole('region', { name: 'Calibration' })
  await expect(note).toContainText(/p50 [\d.]+ µs over inproc/, { timeout: 30_000 })
  await expect(note).toContainText(/the instrument itself accounts for \d+ %/)
})

test('runs are exported in every format, and imported', async ({ app, inspector, page, folder }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.5)
  await lab.finish()
  const save = async (item: string, file: string): Promise<string> => {
    const path = join(folder, file)
    await chooseToSave(app, path)
    await page.getByRole('button', { name: 'Export…' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).not.toBe('')
    await expect(page.getByRole('status', { name: 'Saved' })).toHaveText(`Saved to ${path}.`)
    return readFile(path, 'utf8')
  }
  const json = await save('JSON, everything there is', 'run.json')
  expect(parseRunJson(json).steps).toHaveLength(1)
  expect(await save('CSV, a line a step', 'run.csv')).toMatch(/^run,started_at,endpoint,/)
  expect(await save('HdrHistogram percentiles (.hgrm)', 'run.hgrm')).toMatch(/^ +Value +Percentile/)
  expect(await save('HdrHistogram log (.hlog)', 'run.hlog')).toContain('[Histogram log format version 1.3]')
  const report = await save('Save the report as HTML…', 'report.html')
  expect(report).toContain('<svg')
  expect(report).not.toContain('<script')

  await chooseToOpen(app, join(folder, 'run.json'))
  await page.getByRole('button', { name: 'Import run' }).click()
  await expect(lab.runs).toHaveCount(2)
  await writeFile(join(folder, 'broken.json'), json.slice(0, 100))
  await chooseToOpen(app, join(folder, 'broken.json'))
  await page.getByRole('button', { name: 'Import run' }).click()
  await expect(inspector.alert).toContainText('broken.json was not read. It is not a ZeroMQ Inspector run')
  await expect(lab.runs).toHaveCount(2)
})

test('plots are saved as PNG and SVG', async ({ app, inspector, page, folder }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.5)
  await lab.finish()
  for (const [item, file, begins] of [
    ['Save as PNG', 'plot.png', '89504e470d0a1a0a'],
    ['Save as SVG', 'plot.svg', Buffer.from('<?xml ').toString('hex')],
  ] as const) {
    const path = join(folder, file)
    await chooseToSave(app, path)
    await page.getByRole('button', { name: 'Save plot: Percentiles' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    const start = () => readFile(path).then((bytes) => bytes.subarray(0, begins.length / 2).toString('hex'))
    await expect.poll(() => start().catch(() => '')).toBe(begins)
  }
})

test('a run after all others were deleted is shown', async ({ inspector, page }) => {
  const lab = new LabPage(page)
  await inspector.startAndPoint()
  await lab.open()
  await lab.setLength(0.2)
  await lab.finish()
  await expect(lab.results).toBeVisible()
  await lab.runs
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click()
  await page.getByRole('button', { name: 'Delete this run for good' }).click()
  await expect(lab.results).toHaveCount(0)
  await lab.finish()
  await expect(lab.results).toBeVisible()
})

ownTest(
  'a crash of the measuring process is reported and affects nothing else',
  { tag: '@alone' },
  async ({ app, inspector, page }) => {
    const lab = new LabPage(page)
    await inspector.startAndPoint()
    await lab.open()
    await lab.setLength(600)
    await lab.start.click()
    await expect(lab.run.getByRole('status', { name: 'Run state' })).toHaveText('Measuring')
    await app.evaluate(({ app: electron }) => {
      const lost = electron.getAppMetrics().find(({ name }) => name === 'ZeroMQ Inspector latency lab')
      if (!lost) throw new Error('There is no measuring process.')
      process.kill(lost.pid, 'SIGKILL')
    })
    await expect(inspector.alert).toContainText('The measuring process ended unexpectedly')
    await expect(lab.start).toBeEnabled()
    await lab.setLength(0.2)
    await lab.finish()
    await page.getByRole('button', { name: 'Close latency lab' }).click()
    await inspector.exchange()
  },
)

ownTest('a damaged run file is set aside, and the lab works', async ({ start, userData }) => {
  await writeFile(join(userData, 'lab.sqlite'), 'this is no database, but long enough to be taken for one'.repeat(40))
  const { inspector } = await start()
  const lab = new LabPage(inspector.page)
  await inspector.startAndPoint()
  await lab.open()
  await expect(inspector.alert).toContainText('The file of the latency lab was damaged')
  await lab.setLength(0.2)
  await lab.finish()
})
