// stream-window PROJECT-FOLDER DATA-FOLDER SOURCE BYTES [TOPICS]: the application with a PULL whose messages are on the
// screen, as a list or as a tree of so many topics, and SOURCE, which sends as many as it is told to. An input line is `RATE SECONDS`: so many messages a second for so long.
// Answers with the topics that are shown, what was received a second, the longest gap between two frames of the window in milliseconds, by how many
// MB the memory of the main process and of the page grew, and how many messages are neither in the log nor counted as
// missing from it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { _electron } from '@playwright/test'
import { z } from 'zod'
import { defaultWorkspace, newSocket } from '../../../src/shared/workspace.ts'
import { answerLines, argument } from '../support/answering.ts'
import { machineSwitches } from '../support/electron.ts'

const [projectFolder, dataFolder] = [argument(0), argument(1)]
/** So often the source is told to send: evenly enough for a window that is drawn 60 times a second. */
const stepMs = 10

/** None for a list. */
const topics = process.argv[6]
const source = spawn(argument(2), [argument(3), ...(topics === undefined ? [] : [topics])], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const lines = createInterface(source.stdout)
const [endpoint] = z.tuple([z.string()]).parse(await once(lines, 'line'))

const userData = await mkdtemp(join(dataFolder, 'stream-window-'))
const socket = newSocket('pull', endpoint, 'pull')
const pull = { ...socket, attach: [{ how: 'connect', endpoint }] }
const workspace = { ...defaultWorkspace, activeSocket: pull.id, sockets: [pull] }
await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
const app = await _electron.launch({ args: [...machineSwitches, `--user-data-dir=${userData}`, projectFolder] })
const page = await app.firstWindow()
await page.waitForSelector('body[data-app-state="ready"]', { state: 'attached' })
await page.getByRole('button', { name: 'Open', exact: true }).click()
await page.getByRole('status', { name: 'Endpoint state' }).getByText('Ready').waitFor()

if (topics !== undefined) {
  await page.getByRole('tab', { name: 'Topics' }).click()
  await page.getByRole('button', { name: 'Rate', exact: true }).click()
}

/** Defined in the page, as text, because the programs know no DOM. */
await page.evaluate(`globalThis.bench = {
  longest: 0,
  last: 0,
  watch(now) {
    if (bench.last > 0) bench.longest = Math.max(bench.longest, now - bench.last)
    bench.last = now
    requestAnimationFrame(bench.watch)
  },
  async call(name, input) {
    const result = await inspector.call(name, input)
    if (!result.ok) throw new Error(result.error.message)
    return result.value
  },
  async look() {
    const { sessions, log } = await bench.call('app.snapshot')
    const of = (kind) => bench.call('log.count', { filter: { text: '', kind, hides: [], session: null } })
    const [events, all] = [(await of('event')).matching, (await of('all')).matching]
    const { received } = sessions[0].traffic
    const missing = log.unlogged + log.failedToWrite + log.evicted
    return { received, uncounted: received - (all - events) - missing, behindMs: log.behindMs }
  },
}
requestAnimationFrame(bench.watch)`)

const received = async () => {
  const count = await page.evaluate(`bench.call('app.snapshot').then(({ sessions }) => sessions[0].traffic.received)`)
  return z.number().parse(count)
}
const lookSchema = z.object({ received: z.number(), uncounted: z.number(), behindMs: z.number() })
const look = async () => lookSchema.parse(await page.evaluate('bench.look()'))

/** The memory of the main process and of the page, in MB. */
async function residentMB(): Promise<{ main: number; page: number }> {
  const processes = await app.evaluate(({ app: { getAppMetrics } }) =>
    getAppMetrics().map(({ pid, type }) => ({ pid, type })),
  )
  const total = { main: 0, page: 0 }
  for (const { pid, type } of processes) {
    if (type !== 'Browser' && type !== 'Tab') continue
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
    total[type === 'Browser' ? 'main' : 'page'] += (Number(kilobytes) * 1024) / 1e6
  }
  return total
}

type Resident = Awaited<ReturnType<typeof residentMB>>

const growth = (before: Resident, after: Resident) => ({
  mainGrowthMB: after.main - before.main,
  pageGrowthMB: after.page - before.page,
})

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Has the source send so many a second. Resolves when all were asked for. */
async function sendFor(perSecond: number, milliseconds: number): Promise<void> {
  const start = performance.now()
  for (let sent = 0; ; ) {
    const elapsed = Math.min(milliseconds, performance.now() - start)
    const due = Math.floor((elapsed / 1000) * perSecond) - sent
    if (due > 0) source.stdin.write(`${due}\n`)
    sent += Math.max(0, due)
    if (elapsed === milliseconds) return
    await pause(stepMs)
  }
}

/** Resolves when the log has everything, or counts it as missing. */
async function settled(): Promise<z.infer<typeof lookSchema>> {
  for (let last = await look(); ; ) {
    await pause(200)
    const next = await look()
    if (next.received === last.received && (next.uncounted === 0 || next.behindMs === 0)) return next
    last = next
  }
}

/** By then a flood has the memory that it works with, and its code is compiled. */
const warmUpMs = 10_000

/** How many topics the tree says there are; 0 for a list. */
async function shownTopics(): Promise<number> {
  if (topics === undefined) return 0
  const text = await page.getByRole('status', { name: 'Topics in all' }).innerText()
  return Number(text.replace(/\D/g, ''))
}

await answerLines(async (line) => {
  const [perSecond, seconds] = z.tuple([z.coerce.number(), z.coerce.number()]).parse(line.split(' '))
  const sending = sendFor(perSecond, warmUpMs + seconds * 1000)
  await pause(warmUpMs)
  const [before, memory] = [await received(), await residentMB()]
  const start = performance.now()
  await page.evaluate('bench.longest = 0')
  await sending
  const longestGapMs = z.number().parse(await page.evaluate('bench.longest'))
  const [after, grown] = [await received(), await residentMB()]
  const elapsed = (performance.now() - start) / 1000
  const { uncounted } = await settled()
  return {
    topics: await shownTopics(),
    perSecond: (after - before) / elapsed,
    longestGapMs,
    ...growth(memory, grown),
    uncounted,
  }
})
await app.close()
source.kill()
