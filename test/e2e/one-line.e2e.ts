import type { Locator } from '@playwright/test'
import { expect, ownTest } from './support/app.ts'

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error('The element is not on the page.')
  return box
}

// In an app of its own: what the log says of itself grows with what it has removed, and then takes a line.
ownTest(
  'in a window 1280 wide, the toolbar of the log and the figures of the latency are one line each',
  async ({ app, inspector, page }) => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 860))
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(1280)
    await inspector.startAndPoint()
    await inspector.exchange()
    await page.getByRole('tab', { name: 'Latency' }).click()
    const lacking = inspector.statistic('p99.9')
    await expect(lacking).toHaveText('needs 9,999 more')
    const [ofLacking, ofMax, ofCount] = await Promise.all([
      boxOf(lacking),
      boxOf(inspector.statistic('max')),
      boxOf(inspector.statistic('count')),
    ])
    expect(ofMax.x - (ofLacking.x + ofLacking.width)).toBeGreaterThanOrEqual(8)
    expect(ofMax.y).toBe(ofCount.y)
    await page.getByRole('tab', { name: 'Log' }).click()
    const log = page.getByRole('region', { name: 'Log', exact: true })
    const status = log.getByText(/entries · .* of 256 MiB$/)
    const tops = await Promise.all(
      [
        log.getByRole('textbox', { name: 'Filter log' }),
        log.getByRole('combobox', { name: 'Socket in log' }),
        log.getByRole('button', { name: 'Follow' }),
        log.getByRole('button', { name: 'Stop recording' }),
        log.getByRole('button', { name: 'Columns of log' }),
        status,
      ].map(async (locator) => Math.round((await boxOf(locator)).y)),
    )
    expect(new Set(tops).size).toBe(1)
  },
)
