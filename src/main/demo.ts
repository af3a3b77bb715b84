import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { replaceFile } from '../engine/files/replace-file.ts'
import { previewFrames } from '../shared/codecs/preview.ts'
import { formatDuration } from '../shared/format.ts'
import { reasonOf } from '../shared/reason.ts'
import { echoServerId } from '../shared/session/spec.ts'
import { boundEndpointOf } from '../shared/session/state.ts'
import type { LogFilter } from '../shared/transcript/query.ts'
import type { Application } from './handlers.ts'

const limitMs = 30_000

/**
 * Runs in the page: presses the buttons that a person would, and waits for the results. It is passed as text, so it
 * cannot use anything from outside.
 */
const pressStartAndSend = `(async () => {
  const until = (what, probe) => new Promise((resolve, reject) => {
    const stop = (settle) => { observer.disconnect(); clearTimeout(timer); settle() }
    const look = () => {
      const alert = document.querySelector('[role="alert"]')
      if (alert) return stop(() => reject(new Error(alert.textContent)))
      const found = probe()
      if (found) stop(() => resolve(found))
    }
    const observer = new MutationObserver(look)
    const timer = setTimeout(() => stop(() => reject(new Error('Timed out waiting for ' + what))), ${limitMs})
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
    look()
  })
  const button = (name) => [...document.querySelectorAll('button:enabled')]
    .find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name)
  const title = (name) => document.querySelector('[role="status"][aria-label="' + name + '"]')?.title ?? ''
  const text = (name) => document.querySelector('[role="status"][aria-label="' + name + '"]')?.textContent ?? ''
  await until('the window', () => document.body.dataset.appState === 'ready')
  ;(await until('the button Start server', () => button('Start server'))).click()
  await until('the server', () => title('Server state').startsWith('Listening on'))
  ;(await until('the button Send', () => button('Send'))).click()
  await until('the reply', () => text('Round trip') !== '')
  await until('its text', () => document.querySelector('[data-reply-frame]')?.textContent.includes('Hello world!'))
  await until('the figures', () => document.querySelector('output[aria-label="count"]')?.textContent === '1')
  // Two frames, so that what was just laid out is also painted.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
})()`

/**
 * Starts the echo server and sends the first message through the window, as a person would; prints the exchange and the
 * path of a screenshot. Returns the exit code.
 */
export async function runDemo(window: BrowserWindow, { engine, workspace }: Application): Promise<number> {
  try {
    await window.webContents.executeJavaScript(pressStartAndSend, true)
    const session = workspace().activeSocket
    const exchange = await engine.call('session.lastExchange', { sessionId: session })
    if (!exchange) throw new Error('No reply arrived.')
    const filter: LogFilter = { text: '', kind: 'message', hides: ['received'], session }
    const [request] = await engine.call('log.query', { filter, afterId: null, beforeId: null, limit: 1 })
    if (!request) throw new Error('What was sent is not in the log.')
    if (exchange.difference !== null) throw new Error('The reply is not what was sent.')
    const picture = join(await mkdtemp(join(tmpdir(), 'zeromq-inspector-demo-')), 'window.png')
    await replaceFile(picture, (await window.webContents.capturePage()).toPNG())
    const server = engine.sessions.find(({ sessionId }) => sessionId === echoServerId)
    console.log(`ZeroMQ server listening on ${boundEndpointOf(server)?.endpoint}`)
    console.log(`-> "${request.preview}"`)
    console.log(`<- "${previewFrames(exchange.frames)}"`)
    console.log(`Round trip: ${formatDuration(exchange.roundTripNs)}`)
    console.log(`Screenshot: ${picture}`)
    return 0
  } catch (thrown) {
    console.error(`The demo failed: ${reasonOf(thrown)}`)
    return 1
  }
}
