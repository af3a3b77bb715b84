import { resolve } from 'node:path'
import { expect, ownTest } from './support/app.ts'
import { InspectorWindow } from './support/inspector-window.ts'
import { launch } from './support/launch.ts'

const newest = resolve('test/e2e/support/newest-electron.cjs')

ownTest('the window is served the way that only the newest Electron takes', async ({ userData }) => {
  const running = await launch(userData, [newest])
  const { page, app } = running
  const had = await app.evaluate(({ protocol }) => ({
    older: 'registerBufferProtocol' in protocol,
    handled: protocol.isProtocolHandled('app'),
  }))
  expect(had).toEqual({ older: false, handled: true })
  expect(await page.evaluate(() => location.origin)).toBe('app://inspector')
  const answers = await page.evaluate(async () => {
    const [index, missing] = [await fetch('/index.html'), await fetch('/no/such/file.js')]
    return { policy: index.headers.get('content-security-policy'), missing: missing.status }
  })
  expect(answers).toEqual({ policy: expect.stringContaining("default-src 'none'"), missing: 404 })
  // The kept state, the parts that load on first use and the decoder's thread are served in the same way.
  const inspector = new InspectorWindow(page)
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  running.problems.expect(/404/)
  await running.close()
})
