// held-up PROJECT-FOLDER DATA-FOLDER: how long heavy work holds up the window and the process. An input line is `flood`
// (frames of the window while other processes keep the echo server busy), `large` (switching tabs beside a reply of
// 64 MiB), `quit` (ending with a request in flight) or `preview` (one line of a frame of 64 MiB). Answers in JSON.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { Reply, Router } from 'zeromq'
import { notationLine } from '../../../src/shared/codecs/notation/line.ts'
import { answerLines, argument } from '../support/answering.ts'
import { machineSwitches } from '../support/electron.ts'

const projectFolder = argument(0)
const dataFolder = argument(1)
const sender = join(projectFolder, 'test', 'e2e', 'support', 'flood-sender.mjs')

const floodMs = 3000
const largeBytes = 64 * 1024 * 1024

async function open() {
  const userData = await mkdtemp(join(dataFolder, 'held-up-'))
  const app = await _electron.launch({ args: [...machineSwitches, `--user-data-dir=${userData}`, projectFolder] })
  const page = await app.firstWindow()
  await page.waitForSelector('body[data-app-state="ready"]', { state: 'attached' })
  return { app, page }
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function sendTo(page: Page, endpoint: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Endpoint', exact: true }).fill(endpoint)
  await button(page, 'Send').click()
}

/** The longest gap between two frames of the window, in milliseconds. As text: the programs know no DOM. */
const longestGap = async (page: Page): Promise<number> =>
  Number(
    await page.evaluate(`new Promise((done) => {
      const started = performance.now()
      let [last, longest] = [started, 0]
      const watch = (now) => {
        longest = Math.max(longest, now - last)
        last = now
        if (now - started < ${floodMs}) requestAnimationFrame(watch)
        else done(longest)
      }
      requestAnimationFrame(watch)
    })`),
  )

async function flood(): Promise<unknown> {
  const { app, page } = await open()
  await field(page, 'Server endpoint').fill('tcp://127.0.0.1:*')
  await button(page, 'Start server').click()
  const words = await page.getByTitle(/^Listening on/).getAttribute('title')
  const endpoint = (words ?? '').replace('Listening on ', '')
  await button(page, 'Server figures').click()
  await page.getByRole('tab', { name: 'Log' }).click()
  const child = fork(sender, [endpoint], { stdio: 'inherit' })
  const echoed = page.locator('dt', { hasText: /^Echoed$/ }).locator('xpath=following-sibling::dd[1]')
  const count = async () => Number((await echoed.innerText()).replace(/ ·.*/, '').replaceAll(',', ''))
  await echoed.getByText(/^[1-9]\d*,/).waitFor()
  const [before, startedAt] = [await count(), performance.now()]
  const longestGapMs = await longestGap(page)
  const perSecond = ((await count()) - before) / ((performance.now() - startedAt) / 1000)
  const [ended] = [once(child, 'exit'), child.send('stop')]
  await ended
  await app.close()
  return { longestGapMs, perSecond }
}

async function large(): Promise<unknown> {
  const peer = new Reply({ linger: 0 })
  await peer.bind('tcp://127.0.0.1:*')
  const { app, page } = await open()
  await sendTo(page, peer.lastEndpoint ?? '')
  await peer.receive()
  await peer.send(Buffer.alloc(largeBytes, 'ZeroMQ '))
  await button(page, 'Show').click()
  await page
    .getByRole('region', { name: 'Bytes of reply frame 1' })
    .getByText(/^0+ {2}/)
    .waitFor()
  const started = performance.now()
  for (const name of ['Log', 'Latency']) {
    await page.getByRole('tab', { name }).click()
    await page.getByRole('region', { name, exact: true }).waitFor()
  }
  const tabsMs = performance.now() - started
  await app.close()
  peer.close()
  return { tabsMs }
}

async function quit(): Promise<unknown> {
  const peer = new Router({ linger: 0 })
  await peer.bind('tcp://127.0.0.1:*')
  const { app, page } = await open()
  await sendTo(page, peer.lastEndpoint ?? '')
  await peer.receive()
  const started = performance.now()
  await app.close()
  const quitMs = performance.now() - started
  peer.close()
  return { quitMs }
}

async function preview(): Promise<unknown> {
  const frame = new Uint8Array(largeBytes)
  frame.set([0xdd, 0x04, 0, 0, 0])
  const started = performance.now()
  notationLine(frame, 'messagepack', 20)
  return { previewMs: performance.now() - started }
}

const works: Readonly<Record<string, () => Promise<unknown>>> = { flood, large, quit, preview }

await answerLines((line) => works[line]?.() ?? Promise.reject(new Error(`no such work: ${line}`)))
