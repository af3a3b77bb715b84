// app-repeat PROJECT-FOLDER DATA-FOLDER ENDPOINT SESSIONS BYTES: the application, with a socket for each session. An input
// line is a number of milliseconds, for which all sessions repeat a message. Answers with the exchanges and the time that
// they took.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron } from '@playwright/test'
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

await mkdir(userData, { recursive: true })
const workspace = { ...defaultWorkspace, activeSocket: sockets[0]?.id ?? '', sockets }
await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
const app = await _electron.launch({ args: [...machineSwitches, `--user-data-dir=${userData}`, projectFolder] })
const page = await app.firstWindow()
await page.waitForSelector('body[data-app-state="ready"]', { state: 'attached' })

const plans = JSON.stringify(
  sockets.map(({ id, frames }) => ({
    open: { sessionId: id, spec: requestSpec(endpoint) },
    repeat: { sessionId: id, message: frames, timeoutMs: 10_000, count: null, intervalMs: 0 },
  })),
)
await page.evaluate(`Promise.all(${plans}.map(({ open }) => inspector.call('session.open', open)))`)

const figuresSchema = z.object({ count: z.number(), elapsedNs: z.number() })

await answerLines(async (line) => {
  const milliseconds = z.coerce.number().int().min(1).parse(line)
  return figuresSchema.parse(
    await page.evaluate(`(async () => {
      const plans = ${plans}
      const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
      const look = async () => {
        const { value } = await inspector.call('app.snapshot')
        const count = value.sessions.reduce((sum, { repeat }) => sum + (repeat?.replied ?? 0), 0)
        return { count, at: performance.now() }
      }
      await Promise.all(plans.map(({ repeat }) => inspector.call('repeat.start', repeat)))
      await pause(300)
      const before = await look()
      await pause(${milliseconds})
      const after = await look()
      await Promise.all(plans.map(({ open }) => inspector.call('repeat.stop', { sessionId: open.sessionId })))
      return { count: after.count - before.count, elapsedNs: (after.at - before.at) * 1e6 }
    })()`),
  )
})
await app.close()
