import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultConnectionOptions } from '../../src/shared/connection.ts'
import { defaultWorkspace, newConnection } from '../../src/shared/workspace.ts'
import { expect, ownTest } from './support/app.ts'

const ids = Array.from({ length: 100 }, (_, index) => `connection-${index}`)

ownTest('hundreds of connections that repeat leave the window usable', async ({ userData, start }) => {
  const connections = ids.map((id) => newConnection(id))
  const workspace = { ...defaultWorkspace, activeConnection: ids[0], connections }
  await writeFile(join(userData, 'workspace.json'), JSON.stringify(workspace))
  const { inspector } = await start()
  const { page } = inspector
  const endpoint = await inspector.startServer()
  const answers = await page.evaluate(
    async ({ connectionIds, to, options, message }) => {
      const { call } = window.inspector
      const opened = connectionIds.map((connectionId) =>
        call('connection.open', { connectionId, endpoint: to, options }),
      )
      await Promise.all(opened)
      const plan = { message, timeoutMs: 60_000, count: null, intervalMs: 0 }
      const started = connectionIds.map((connectionId) => call('repeat.start', { connectionId, ...plan }))
      return (await Promise.all(started)).map(({ ok }) => ok)
    },
    { connectionIds: ids, to: endpoint, options: defaultConnectionOptions, message: newConnection('any').frames },
  )
  expect(answers.filter((ok) => !ok)).toEqual([])
  await expect(inspector.serverFigure('Peers')).toHaveText('100')
  await expect(inspector.request).toContainText(/[1-9][\d,]* sent/)
  await inspector.frame(1).fill('typed meanwhile')
  await inspector.request.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(inspector.request).toContainText('· stopped')
  // The others go on.
  const echoed = async () =>
    Number(/^[\d,]+/.exec(await inspector.serverFigure('Echoed').innerText())?.[0].replaceAll(',', ''))
  const before = await echoed()
  await expect.poll(echoed).toBeGreaterThan(before)
})
