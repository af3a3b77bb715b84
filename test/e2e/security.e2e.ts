import { once } from 'node:events'
import { createServer } from 'node:http'
import { z } from 'zod'
import { expect, test } from './support/app.ts'

test('the page has no access to Node.js, and one channel to its host', async ({ page }) => {
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', '__dirname', 'global', 'electron'].filter(
      (name) => name in globalThis,
    ),
    door: Object.keys(window.inspector),
  }))
  expect(found.globals).toEqual([])
  expect(found.door).toEqual(['call', 'onEvents'])
})

test('the window is sandboxed, isolated and without Node.js', async ({ app }) => {
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const of: unknown = Reflect.get(webContents, 'getLastWebPreferences')
      return typeof of === 'function' ? JSON.parse(JSON.stringify(Reflect.apply(of, webContents, []))) : null
    }),
  )
  expect(preferences).toEqual([
    expect.objectContaining({ contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false }),
  ])
})

test('the policy of the page allows neither eval, nor inline scripts, nor other origins', async ({
  page,
  problems,
}) => {
  problems.expect(/Content Security Policy|Refused to|violates/)
  const header = await page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'))
  expect(header).toContain("default-src 'none'")
  expect(header).not.toMatch(/unsafe|https?:|\*/)

  const asked: string[] = []
  const other = createServer((request, response) => {
    asked.push(request.url ?? '')
    response
      .writeHead(200, { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' })
      .end()
  })
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address: unknown = other.address()
  const { port } = z.object({ port: z.number() }).parse(address)
  const outcome = await page.evaluate(async (origin) => {
    // The debugger exempts what it runs from the policy until the first pause.
    await new Promise((done) => setTimeout(done))
    const attempt = async (act: () => unknown) => {
      try {
        return String(await act())
      } catch (thrown) {
        return thrown instanceof Error ? thrown.name : String(thrown)
      }
    }
    const failure = (element: HTMLElement) => {
      const failed = new Promise((done) => element.addEventListener('error', () => done('refused'), { once: true }))
      document.body.append(element)
      return failed
    }
    const inline = document.createElement('script')
    inline.textContent = 'document.body.dataset.inline = "ran"'
    document.body.append(inline)
    const image = document.createElement('img')
    image.src = `${origin}/image.png`
    const script = document.createElement('script')
    script.src = `${origin}/script.js`
    return {
      function: await attempt(() => Reflect.construct(Function, ['return 1'])),
      fetch: await attempt(() => fetch(`${origin}/data`)),
      image: await failure(image),
      script: await failure(script),
      inline: document.body.dataset.inline ?? 'did not run',
    }
  }, `http://127.0.0.1:${port}`)
  other.close()
  expect(outcome).toEqual({
    function: 'EvalError',
    fetch: 'TypeError',
    image: 'refused',
    script: 'refused',
    inline: 'did not run',
  })
  expect(asked).toEqual([])
})

test("only the window's own files are served", async ({ page, problems }) => {
  problems.expect(/Failed to load resource/)
  const statuses = await page.evaluate(async () => {
    // The first three name files that are there, by slashes that the page's address does not resolve.
    const paths = [
      '/..%2fmain%2findex.js',
      '/assets%2f..%2f..%2fmain%2findex.js',
      '/..%2f..%2fpackage.json',
      '/no.html',
    ]
    return Promise.all(paths.map(async (path) => (await fetch(path)).status))
  })
  expect(statuses).toEqual([404, 404, 404, 404])
})

test('new windows and permissions are denied', async ({ app, page, inspector }) => {
  const opened = await page.evaluate(() => [
    window.open('https://example.com/'),
    window.open('app://inspector/index.html'),
    window.open('about:blank', '_blank'),
  ])
  expect(opened).toEqual([null, null, null])
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  const permissions = await page.evaluate(async () => ({
    media: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    ),
    location: (await navigator.permissions.query({ name: 'geolocation' })).state,
    notification: await Notification.requestPermission(),
  }))
  expect(permissions).toEqual({ media: 'denied', location: 'denied', notification: 'denied' })
  await inspector.startAndPoint()
  await inspector.exchange()
})

test('the window stays on its page', async ({ app, problems }) => {
  problems.expect(/Content Security Policy|Not allowed|navigat|violates|Refused/i)
  // From the main process, so that it listens before the link is followed.
  const follow = (address: string) =>
    app.evaluate(async ({ BrowserWindow }, href) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      const asked = new Promise<string>((done) =>
        contents?.once('will-navigate', ({ url, defaultPrevented }) =>
          done(`${url} ${defaultPrevented ? 'denied' : 'allowed'}`),
        ),
      )
      const click = `Object.assign(document.createElement('a'), { href: ${JSON.stringify(href)} })`
      await contents?.executeJavaScript(`{ const link = ${click}; document.body.append(link); link.click() }`, true)
      return asked
    }, address)
  for (const address of ['https://example.com/', 'app://inspector/assets/']) {
    expect(await follow(address)).toBe(`${address} denied`)
  }
  const address = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())
  expect(address).toBe('app://inspector/index.html')
})

test('a download is denied', async ({ app }) => {
  const state = await app.evaluate(async ({ BrowserWindow, session }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const asked = new Promise<boolean>((done) =>
      session.defaultSession.once('will-download', ({ defaultPrevented }) => done(defaultPrevented)),
    )
    contents?.downloadURL('data:application/octet-stream,bytes')
    return asked
  })
  expect(state).toBe(true)
})

test('another frame in the page cannot reach the host', async ({ app, page, problems }) => {
  problems.expect(/Content Security Policy|Refused|violates|frame|ERR_BLOCKED_BY_CSP/i)
  const framed = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.src = 'app://inspector/index.html'
    const loaded = new Promise((done) => frame.addEventListener('load', done, { once: true }))
    document.body.append(frame)
    await loaded
    return frame.contentDocument?.body.dataset.appState ?? 'not the page'
  })
  expect(framed).toBe('not the page')

  // Even a page with the preload script is ignored unless it is the window's own.
  const answer = await app.evaluate(async ({ app, BrowserWindow }) => {
    const preload = `${app.getAppPath()}/out/preload/index.cjs`
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
    await stranger.loadURL('data:text/html,<title>stranger</title>')
    const result: unknown = await stranger.webContents.executeJavaScript(`window.inspector.call('app.snapshot')`)
    stranger.destroy()
    return result
  })
  expect(answer).toEqual({ ok: false, error: { code: 'permission-denied', message: expect.any(String) } })
})
