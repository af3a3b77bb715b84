import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { requestSpec } from '../../src/shared/session/spec.ts'
import { defaultWorkspace, newSocket } from '../../src/shared/workspace.ts'
import { expect, ownTest } from './support/app.ts'

const ids = Array.from({ length: 100 }, (_, index) => `connection-${index}`)

ownTest('hundreds of connections that repeat leave the window usable', async ({ userData, start }) => {
  const sockets = ids.map((id) => newSocket(id))
  const workspace = { ...defaultWorkspace, activeSocket: ids[0], sockets }
  await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
  const { inspector } = await start()
  const { page } = inspector
  const endpoint = await inspector.startServer()
  const answers = await page.evaluate(
    async ({ ids: sessionIds, spec, message }) => {
      const { call } = window.inspector
      await Promise.all(sessionIds.map((sessionId) => call('session.open', { sessionId, spec })))
      const plan = { message, timeoutMs: 60_000, count: null, intervalMs: 0 }
      const started = sessionIds.map((sessionId) => call('repeat.start', { sessionId, ...plan }))
      return (await Promise.all(started)).map(({ ok }) => ok)
    },
    { ids, spec: requestSpec(endpoint), message: newSocket('any').frames },
  )
  expect(answers.filter((ok) => !ok)).toEqual([])
  await inspector.showServerFigures()
  await expect(inspector.serverFigure('Peers')).toHaveText('100')
  await expect(inspector.request).toContainText(/[1-9][\d,]* sent/)
  await inspector.frame(1).fill('typed meanwhile')
  await inspector.page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(inspector.request).toContainText('· stopped')
  // The others go on.
  const echoed = async () =>
    Number(/^[\d,]+/.exec(await inspector.serverFigure('Echoed').innerText())?.[0].replaceAll(',', ''))
  const before = await echoed()
  await expect.poll(echoed).toBeGreaterThan(before)
})
