import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Locator } from '@playwright/test'
import { expect, test } from './support/app.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The colours of the pixels in a part of a picture, as `rgb(…)`: the most frequent one, and how many there are. */
function coloursIn(app: ElectronApplication, path: string, box: Box): Promise<{ usual: string; count: number }> {
  return app.evaluate(
    ({ nativeImage }, { path, box }) => {
      const picture = nativeImage.createFromPath(path)
      const { width } = picture.getSize()
      const pixels = picture.toBitmap()
      const counts = new Map<string, number>()
      for (let y = Math.ceil(box.y); y < Math.floor(box.y + box.height); y += 1) {
        for (let x = Math.ceil(box.x); x < Math.floor(box.x + box.width); x += 1) {
          // Blue, green, red, alpha.
          const [blue, green, red] = pixels.subarray((y * width + x) * 4)
          const colour = `rgb(${red}, ${green}, ${blue})`
          counts.set(colour, (counts.get(colour) ?? 0) + 1)
        }
      }
      const [first = ['', 0]] = [...counts].sort(([, one], [, other]) => other - one)
      return { usual: first[0], count: counts.size }
    },
    { path: resolve(path), box },
  )
}

async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox()
  if (!box) throw new Error('The element is not on the page.')
  return box
}

/** The colour behind an element: its own background, or that of the nearest one around it that has one. */
const ground = (locator: Locator): Promise<string> =>
  locator.evaluate((element) => {
    for (let around: Element | null = element; around; around = around.parentElement) {
      const { backgroundColor } = getComputedStyle(around)
      if (!/^rgba\(.*, 0\)$/.test(backgroundColor)) return backgroundColor
    }
    throw new Error('Nothing has a background.')
  })

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
  await inspector.repeat({ count: 400, intervalMs: 0 })
  await expect(inspector.request).toContainText('400 of 400 sent · done')
  await expect(inspector.statistic('count')).toHaveText('401')
  for (const theme of ['Light', 'Dark'] as const) {
    await inspector.chooseTheme(theme)
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme.toLowerCase())
    const path = join(folder, `${theme.toLowerCase()}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    const size = await app.evaluate(({ nativeImage }, at) => nativeImage.createFromPath(at).getSize(), resolve(path))
    expect(size).toEqual({ width: 1280, height: 860 })
    // The picture shows what the page has, where the page has it: a filled button, and text on its ground.
    for (const element of [inspector.send, inspector.frame(1), inspector.serverState]) {
      const { usual, count } = await coloursIn(app, path, await boxOf(element))
      expect(usual).toBe(await ground(element))
      expect(count).toBeGreaterThan(10)
    }
  }
})
