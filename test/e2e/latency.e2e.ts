import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Router } from 'zeromq'
import { chooseToSave, expect, test } from './support/app.ts'

const durations = ['min', 'mean', 'p50', 'p90', 'p99', 'p99.9', 'max']
const units: Readonly<Record<string, number>> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 }

function nanoseconds(text: string): number {
  const [value = '', unit = ''] = text.split(' ')
  return Number(value) * (units[unit] ?? Number.NaN)
}

test('every statistic has a value once there are enough replies, in a plausible order', async ({ inspector }) => {
  for (const name of durations) await expect(inspector.statistic(name)).toHaveText('–')
  await expect(inspector.statistic('count')).toHaveText('0')
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.statistic('p50')).toHaveText('needs 19 more')
  await expect(inspector.statistic('p99.9')).toHaveText('needs 9,999 more')
  await inspector.repeat({ count: 999 })
  await expect(inspector.statistic('count')).toHaveText('1,000')
  await expect(inspector.statistic('p99.9')).toHaveText('needs 9,000 more')
  const values = new Map<string, number>()
  const shown = durations.filter((name) => name !== 'p99.9')
  for (const name of shown) values.set(name, nanoseconds(await inspector.statistic(name).innerText()))
  const ordered = ['min', 'p50', 'p90', 'p99', 'max'].map((name) => values.get(name))
  expect(ordered.every((value) => value !== undefined && value > 0)).toBe(true)
  expect(ordered).toEqual(ordered.toSorted((a = 0, b = 0) => a - b))
  expect(values.get('mean')).toBeGreaterThanOrEqual(values.get('min') ?? Number.NaN)
  expect(values.get('mean')).toBeLessThanOrEqual(values.get('max') ?? Number.NaN)
})

test('timeouts alone have marks and words, and no scale', async ({ inspector, page, peers }) => {
  const latency = page.getByRole('region', { name: 'Latency' })
  await expect(latency.getByText('No round trips yet.')).toBeVisible()
  await expect(latency.getByRole('figure')).toHaveCount(0)
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.limitTime('0.2')
  await inspector.send.click()
  await router.receive()
  await expect(inspector.statistic('timeouts')).toHaveText('1')
  await expect(latency.getByText('No reply yet, so there is no distribution.')).toBeVisible()
  await expect(latency.getByRole('list', { name: 'Legend' }).getByRole('listitem')).toHaveText(['1 timeout'])
  const timeline = page.getByRole('img', { name: /^Recent round trips/ })
  await timeline.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('figure').filter({ has: timeline })).toContainText(/: timeout/)
})

test('the first exchange is marked, with its connect time shown separately', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.reply.getByText('first', { exact: true })).toBeVisible()
  await expect(inspector.reply).toContainText(/connecting [\d.]+ (µs|ms)/)
  await expect(inspector.reply).toContainText(/encoding .+ · decoding /)
  await inspector.exchange()
  await expect(inspector.reply.getByText('first', { exact: true })).toHaveCount(0)
  await expect(inspector.reply).not.toContainText('connecting')
})

test('Reset affects one connection only', async ({ inspector }) => {
  await inspector.startAndPoint()
  await inspector.repeat({ count: 20 })
  await expect(inspector.statistic('count')).toHaveText('20')
  const latency = inspector.page.getByRole('region', { name: 'Latency' })
  await latency.getByRole('button', { name: 'Reset' }).click()
  await expect(inspector.statistic('count')).toHaveText('0')
  await expect(inspector.statistic('max')).toHaveText('–')
  await expect(latency.getByRole('button', { name: 'Reset' })).toBeDisabled()
  await inspector.exchange()
  await expect(inspector.statistic('count')).toHaveText('1')
})

test('the export has one line per exchange, with timeouts and the first one marked', async ({
  app,
  inspector,
  peers,
  folder,
}) => {
  const router = new Router()
  await inspector.endpoint.fill(await peers.bind(router))
  await inspector.send.click()
  await router.send(await router.receive())
  await expect(inspector.statistic('count')).toHaveText('1')
  await inspector.limitTime('0.2')
  await inspector.send.click()
  await router.receive()
  await expect(inspector.statistic('timeouts')).toHaveText('1')

  const path = join(folder, 'latency.csv')
  await chooseToSave(app, path)
  const latency = inspector.page.getByRole('region', { name: 'Latency' })
  await latency.getByRole('button', { name: 'Export CSV' }).click()
  await expect(latency.getByText(`Saved to ${path}.`, { exact: true })).toBeVisible()
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toBe('sent_at,round_trip_ns,outcome,first_exchange')
  expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,\d+,reply,true$/)
  expect(lines[2]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,,timeout,false$/)
})

test('the plots can be read with the keyboard', async ({ inspector, page }) => {
  await inspector.startAndPoint()
  await inspector.exchange()
  const distribution = page.getByRole('img', { name: /^Distribution/ })
  await distribution.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('figure').filter({ has: distribution })).toContainText(/ to .*: 1/)
  await inspector.send.focus()
  await expect(page.getByRole('figure').filter({ has: distribution })).not.toContainText(/ to .*: 1/)
})
