// plot PROJECT-FOLDER DATA-FOLDER SERIES: the application with a SUB whose messages are plotted, as many series as topics,
// and a PUB, which sends as many as it is told to. An input line is `RATE SECONDS`: so many messages a second of each topic
// for so long. Answers with what was received a second, how often the window was drawn and the longest and usual gap
// between two of its frames in milliseconds, how many points are drawn, and how many messages have no point.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
import { Publisher } from 'zeromq'
import { z } from 'zod'
import { plainSource } from '../../../src/shared/values/source.ts'
import { defaultWorkspace, newSocket } from '../../../src/shared/workspace.ts'
import { answerLines, argument } from '../support/answering.ts'
import { machineSwitches } from '../support/electron.ts'

const [projectFolder, dataFolder, count] = [argument(0), argument(1), Number(argument(2))]
/** So often the publisher sends: evenly enough for a window that is drawn 60 times a second. */
const stepMs = 10
/** By then the code is compiled, and the picture, which shows a little less than that, is full. */
const warmUpMs = 9000
const zooms = 5

const publisher = new Publisher({ linger: 0, sendHighWaterMark: 0 })
await publisher.bind('tcp://127.0.0.1:*')
const endpoint = publisher.lastEndpoint ?? ''
const topics = Array.from({ length: count }, (_, index) => `topic/${index}`)

const userData = await mkdtemp(join(dataFolder, 'plot-'))
const socket = newSocket('sub', endpoint, 'sub')
const sub = { ...socket, attach: [{ how: 'connect', endpoint }] }
const series = topics.map((text, slot) => ({
  id: text,
  session: sub.id,
  direction: 'received',
  match: { how: 'exact', topic: { encoding: 'text', text } },
  value: plainSource(1, 'json', '$.value'),
  x: 'arrival',
  part: { from: 0, every: 1 },
  label: '',
  axis: slot % 2 === 0 ? 'left' : 'right',
  slot,
  isHidden: false,
}))
const workspace = { ...defaultWorkspace, activeSocket: sub.id, sockets: [sub], plot: { series } }
await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
const app = await _electron.launch({ args: [...machineSwitches, `--user-data-dir=${userData}`, projectFolder] })
const page = await app.firstWindow()
await page.waitForSelector('body[data-app-state="ready"]', { state: 'attached' })
await page.getByRole('button', { name: 'Open', exact: true }).click()
await page.getByRole('status', { name: 'Endpoint state' }).getByText('Ready').waitFor()
await page.getByRole('tab', { name: 'Plot' }).click()
await page.getByRole('list', { name: 'Series' }).waitFor()
const picture = page.getByRole('img', { name: /^Values over time/ })
await picture.focus()
for (let zoom = 0; zoom < zooms; zoom += 1) await picture.press('+')

/** Defined in the page, as text, because the programs know no DOM. */
await page.evaluate(`globalThis.bench = {
  gaps: [],
  last: 0,
  watch(now) {
    if (bench.last > 0) bench.gaps.push(now - bench.last)
    bench.last = now
    requestAnimationFrame(bench.watch)
  },
  drawn() {
    const lines = [...document.querySelectorAll('[aria-label=Plot] path[stroke-linejoin=bevel]')]
    return lines.reduce((total, line) => total + line.getAttribute('d').split(/[MLV]/).length - 1, 0)
  },
  async look() {
    const call = async (name, input) => {
      const result = await inspector.call(name, input)
      if (!result.ok) throw new Error(result.error.message)
      return result.value
    }
    const ids = ${JSON.stringify(topics)}
    const page = await call('series.page', { ids, span: null, columns: 100, known: null })
    const { sessions } = await call('app.snapshot')
    const points = page.parts.reduce((total, { kept, dropped }) => total + kept + dropped, 0)
    return { points, received: sessions[0].traffic.received }
  },
}
requestAnimationFrame(bench.watch)`)

const lookSchema = z.object({ points: z.number(), received: z.number() })
const look = async () => lookSchema.parse(await page.evaluate('bench.look()'))
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Sends so many a second of each topic. Resolves when all are sent. */
async function sendFor(perSecond: number, milliseconds: number): Promise<void> {
  const start = performance.now()
  for (let sent = 0; ; ) {
    const elapsed = Math.min(milliseconds, performance.now() - start)
    for (const due = Math.floor((elapsed / 1000) * perSecond); sent < due; sent += 1) {
      for (const [index, topic] of topics.entries()) {
        const value = Math.sin(sent / (50 + index * 20)) + Math.random() / 2
        await publisher.send([topic, `{"value":${value},"count":${sent}}`])
      }
    }
    if (elapsed === milliseconds) return
    await pause(stepMs)
  }
}

/** Resolves when everything that was sent has come. */
async function settled(): Promise<z.infer<typeof lookSchema>> {
  for (let last = await look(); ; ) {
    await pause(300)
    const next = await look()
    if (next.received === last.received) return next
    last = next
  }
}

await answerLines(async (line) => {
  const [perSecond, seconds] = z.tuple([z.coerce.number(), z.coerce.number()]).parse(line.split(' '))
  const sending = sendFor(perSecond, warmUpMs + seconds * 1000)
  await pause(warmUpMs)
  const before = await look()
  const start = performance.now()
  await page.evaluate('bench.gaps = []')
  await sending
  const drawn = z.number().parse(await page.evaluate('bench.drawn()'))
  const gaps = z.array(z.number()).parse(await page.evaluate('bench.gaps'))
  const elapsed = (performance.now() - start) / 1000
  const after = await settled()
  const sorted = gaps.toSorted((one, other) => one - other)
  return {
    perSecond: (after.received - before.received) / elapsed,
    framesPerSecond: gaps.length / elapsed,
    longestGapMs: sorted.at(-1) ?? Number.NaN,
    p99GapMs: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    drawn,
    missing: after.received - after.points,
  }
})
await app.close()
publisher.close()
