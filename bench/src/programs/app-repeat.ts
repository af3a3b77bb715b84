// app-repeat PROJECT-FOLDER DATA-FOLDER ENDPOINT SESSIONS BYTES: the application, with a socket for each session and one
// more, whose replies can be large. An input line is `all MS` (all sessions repeat a message for so many milliseconds:
// answers with the exchanges and the time they took), `one MS`, `shown MS` or `arriving MS` (the first session repeats, beside
// nothing, beside a reply of 64 MiB on the screen, or while one arrives: answers with percentiles in nanoseconds), or `stop` (answers
// with the milliseconds until all have stopped).
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { Router } from 'zeromq'
import { z } from 'zod'
import { requestSpec } from '../../../src/shared/session/spec.ts'
import { defaultWorkspace, newSocket } from '../../../src/shared/workspace.ts'
import { answerLines, argument } from '../support/answering.ts'
import { machineSwitches } from '../support/electron.ts'

const projectFolder = argument(0)
const userData = join(argument(1), 'app-repeat')
const endpoint = argument(2)
const text = 'x'.repeat(Number(argument(4)))
const sockets = Array.from({ length: Number(argument(3)) }, (_, index) => {
  const socket = newSocket(`session-${index}`, endpoint)
  return { ...socket, frames: socket.frames.map((frame) => ({ ...frame, text })) }
})

/** Answers every request with these bytes. */
const replies = { small: Buffer.from('small'), large: Buffer.alloc(64 * 1024 * 1024, 'ZeroMQ ') }
let reply = replies.small
const peer = new Router({ linger: 0 })
await peer.bind('tcp://127.0.0.1:*')
const other = newSocket('other', peer.lastEndpoint ?? '')
async function answerRequests(): Promise<void> {
  for await (const [id = '', delimiter = ''] of peer) await peer.send([id, delimiter, reply])
}
void answerRequests()

await mkdir(userData, { recursive: true })
const workspace = { ...defaultWorkspace, activeSocket: other.id, sockets: [...sockets, other] }
await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
const app = await _electron.launch({ args: [...machineSwitches, `--user-data-dir=${userData}`, projectFolder] })
const page = await app.firstWindow()
await page.waitForSelector('body[data-app-state="ready"]', { state: 'attached' })

/** Defined in the page, as text, because the programs know no DOM. */
const plans = JSON.stringify(
  sockets.map(({ id, frames }) => ({
    open: { sessionId: id, spec: requestSpec(endpoint) },
    repeat: { sessionId: id, message: frames, timeoutMs: 10_000, count: null, intervalMs: 0 },
  })),
)
await page.evaluate(`globalThis.bench = {
  plans: ${plans},
  async call(name, input) {
    const result = await inspector.call(name, input)
    if (!result.ok) throw new Error(result.error.message)
    return result.value
  },
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  all: (act) => Promise.all(bench.plans.map(act)),
  start: ({ repeat }) => bench.call('repeat.start', repeat),
  stop: ({ open: { sessionId } }) => bench.call('repeat.stop', { sessionId }),
  async stopped() {
    while ((await bench.call('app.snapshot')).sessions.some(({ repeat }) => repeat?.running)) await bench.pause(5)
  },
  async look() {
    const { sessions } = await bench.call('app.snapshot')
    return { count: sessions.reduce((sum, { repeat }) => sum + (repeat?.replied ?? 0), 0), at: performance.now() }
  },
}`)
await page.evaluate(`bench.all(({ open }) => bench.call('session.open', open))`)

/** So that processor time of one measurement is not taken from the next. */
const settleMs = 300

const all = (milliseconds: number): Promise<unknown> =>
  page.evaluate(`(async () => {
    await bench.all(bench.start)
    await bench.pause(${settleMs})
    const before = await bench.look()
    await bench.pause(${milliseconds})
    const after = await bench.look()
    await bench.all(bench.stop)
    await bench.stopped()
    return { count: after.count - before.count, elapsedNs: (after.at - before.at) * 1e6 }
  })()`)

const stop = (): Promise<unknown> =>
  page.evaluate(`(async () => {
    await bench.all(bench.start)
    await bench.pause(${settleMs})
    const started = performance.now()
    await bench.all(bench.stop)
    await bench.stopped()
    return { stopMs: performance.now() - started }
  })()`)

const send = () => page.getByRole('button', { name: 'Send', exact: true }).click()

/** Sends one request whose reply is small or large, and waits until it is shown. */
async function show(size: keyof typeof replies): Promise<void> {
  reply = replies[size]
  await send()
  if (size === 'small') await page.getByText('small', { exact: true }).waitFor()
  else {
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page
      .getByRole('region', { name: 'Bytes of reply frame 1' })
      .getByText(/^0+ {2}/)
      .waitFor()
  }
}

async function one(milliseconds: number, meanwhile: () => Promise<void>): Promise<unknown> {
  await page.evaluate('bench.start(bench.plans[0])')
  await page.evaluate(`bench.pause(${settleMs})`)
  const { sessionId } = { sessionId: sockets[0]?.id ?? '' }
  await page.evaluate(`bench.call('latency.reset', { sessionId: '${sessionId}' })`)
  await Promise.all([meanwhile(), page.evaluate(`bench.pause(${milliseconds})`)])
  await page.evaluate('bench.stop(bench.plans[0])')
  return page.evaluate(`(async () => {
    await bench.stopped()
    return (await bench.call('latency.read', { sessionId: '${sessionId}' })).summary.percentiles
  })()`)
}

await answerLines(async (line) => {
  const [what, milliseconds] = z
    .tuple([z.enum(['all', 'one', 'shown', 'arriving', 'stop']), z.coerce.number().int().min(1).optional()])
    .parse(line.split(' '))
  const duration = milliseconds ?? 1
  if (what === 'stop') return stop()
  if (what === 'all') return all(duration)
  await show(what === 'shown' ? 'large' : 'small')
  return one(duration, async () => (what === 'arriving' ? show('large') : undefined))
})
await app.close()
peer.close()
