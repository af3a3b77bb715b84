import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { expect, test } from './support/app.ts'

/** A PNG's image data, before its filters are undone. */
function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return inflateSync(Buffer.concat(parts))
}

test('the screenshots in the README', async ({ app, inspector, page }, testInfo) => {
  const folder = process.env.UPDATE_SCREENSHOTS === '1' ? join('docs', 'screenshots') : testInfo.outputDir
  await mkdir(folder, { recursive: true })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 860))
  await expect.poll(() => page.evaluate(() => `${innerWidth}×${innerHeight}`)).toBe('1280×860')
  await page.getByRole('button', { name: 'Skip the tour' }).click()
  await inspector.startAndPoint()
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{ "service": "weather", "station": "EDDB" }')
  await inspector.addFrame.click()
  await inspector.frame(2).fill('{ "values": [21.4, 21.9, 22.3], "unit": "°C" }')
  await inspector.exchange()
  await inspector.repeat({ count: 400, intervalMs: 1 })
  await expect(inspector.request).toContainText('400 of 400 sent · done')
  await expect(inspector.statistic('count')).toHaveText('401')
  for (const theme of ['Light', 'Dark'] as const) {
    await inspector.chooseTheme(theme)
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme.toLowerCase())
    const path = join(folder, `${theme.toLowerCase()}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    const png = await readFile(path)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 860])
    expect(new Set(imageData(png)).size).toBeGreaterThan(50)
  }
})
