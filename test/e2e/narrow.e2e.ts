import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './support/app.ts'

async function resize(app: ElectronApplication, page: Page, width: number, height: number, zoom: number) {
  await app.evaluate(
    ({ BrowserWindow }, to) => {
      const window = BrowserWindow.getAllWindows()[0]
      window?.setContentSize(to.width, to.height)
      if (window) window.webContents.zoomFactor = to.zoom
    },
    { width, height, zoom },
  )
  await expect.poll(() => page.evaluate(() => Math.round(innerWidth / 10))).toBe(Math.round(width / zoom / 10))
}

for (const [width, height, zoom] of [
  [800, 600, 1],
  [1000, 700, 2],
] as const) {
  test(`at ${width}×${height} and ${zoom * 100} % the request, Send and the reply are what is seen`, async ({
    app,
    inspector,
    page,
  }) => {
    await page.getByRole('button', { name: 'Skip the tour' }).click()
    await inspector.startAndPoint()
    await resize(app, page, width, height, zoom)
    await inspector.exchange()
    for (const seen of [inspector.endpoint, inspector.send, inspector.encoding(1), inspector.replyView(1)]) {
      await expect(seen).toBeInViewport({ ratio: 1 })
    }
    // The panel at the bottom is a line of tabs.
    const tab = page.getByRole('tab', { name: 'Latency' })
    await expect(tab).toBeInViewport({ ratio: 1 })
    await expect(inspector.statistic('count')).not.toBeInViewport()
    await tab.click()
    await expect(inspector.statistic('count')).toBeInViewport()
    await page.getByRole('button', { name: 'Fold the panel' }).click()
    await expect(inspector.statistic('count')).not.toBeInViewport()
    // The sidebar opens from a line that names the socket, and closes with what is chosen there.
    const opener = page.getByRole('button', { name: 'Sockets and echo server' })
    await opener.click()
    await expect(inspector.serverState).toBeVisible()
    await inspector.connections.getByRole('button', { name: 'New socket' }).click()
    await page.getByRole('menuitem', { name: 'PUB', exact: true }).click()
    await expect(inspector.serverState).toHaveCount(0)
    await expect(opener).toContainText('PUB')
    await resize(app, page, 1280, 860, 1)
    await expect(opener).toHaveCount(0)
    await expect(inspector.serverState).toBeVisible()
  })
}
