import { spawn } from 'node:child_process'
import { once } from 'node:events'
import electron from 'electron'
import { expect, ownTest, test } from './support/app.ts'
import { windowEnvironment } from './support/display.ts'
import { builtApp, machineSwitches } from './support/launch.ts'

const link = (endpoint: string) => `zmq-inspector://connect?endpoint=${encodeURIComponent(endpoint)}`

/** Starts the application a second time, as the system does for a link; it passes on its arguments and ends. */
async function startAgain(userData: string, ...args: string[]): Promise<void> {
  const all = [...machineSwitches, '--disable-gpu', `--user-data-dir=${userData}`, builtApp, ...args]
  const [code] = await once(spawn(String(electron), all, { stdio: 'ignore', env: windowEnvironment() }), 'exit')
  expect(code).toBe(0)
}

test('a link asks, and adds a connection in the open window', async ({ inspector, page, userData }) => {
  const items = inspector.connections.getByRole('listitem')
  await expect(items).toHaveCount(1)
  await startAgain(userData, link('tcp://127.0.0.1:5551'))
  const dialog = page.getByRole('dialog', { name: 'Add a socket?' })
  await expect(dialog).toContainText('tcp://127.0.0.1:5551')
  // Enter, pressed by somebody who was typing, adds nothing.
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Add socket' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(items).toHaveCount(2)
  await expect(inspector.endpoint).toHaveValue('tcp://127.0.0.1:5551')
  await expect(inspector.linkState).toHaveText('Idle')
})

/** A port that no earlier run of a test in the same app has declined. */
const freshPort = () => 10_000 + Math.floor(Math.random() * 50_000)

test('Cancel adds nothing, and hostile links are ignored', async ({ inspector, page, userData }) => {
  const [one, two] = [freshPort(), freshPort()]
  await startAgain(
    userData,
    'zmq-inspector://connect?endpoint=javascript:alert(1)',
    'zmq-inspector://send?endpoint=tcp://127.0.0.1:1',
    `${link('tcp://127.0.0.1:5551')}&message=x`,
    link(`tcp://127.0.0.1:${one}`),
    `tcp://127.0.0.1:${two}`,
  )
  const dialog = page.getByRole('dialog', { name: 'Add a socket?' })
  for (const port of [one, two]) {
    await expect(dialog).toContainText(`tcp://127.0.0.1:${port}`)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
  }
  await expect(dialog).toHaveCount(0)
  await expect(inspector.connections.getByRole('listitem')).toHaveCount(1)
})

ownTest('a page that asks again and again is ignored', async ({ start, userData }) => {
  const { inspector } = await start()
  const { page } = inspector
  const dialog = page.getByRole('dialog', { name: 'Add a socket?' })
  await startAgain(userData, link('ipc:///tmp/\u0430b\u202ec'))
  await expect(dialog).toContainText('abU+202Ec'.replace('a', '\u0430'))
  await expect(dialog).toContainText('It contains characters that cannot be seen: U+202E.')
  await expect(dialog).toContainText('\u0430 (U+0430, Cyrillic)')
  await expect(dialog.getByRole('button', { name: 'Ignore links until restart' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await startAgain(userData, link('ipc:///tmp/\u0430b\u202ec'))
  await expect(inspector.alert).toContainText('Some links are ignored')
  await startAgain(userData, link('tcp://127.0.0.1:5551'))
  await expect(dialog).toContainText('Another request was ignored.')
  await dialog.getByRole('button', { name: 'Ignore links until restart' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('Links are ignored', { exact: true })).toBeVisible()
  await expect(inspector.connections.getByRole('listitem')).toHaveCount(1)
})

ownTest('the window reopens at its last place and size', async ({ start }) => {
  const first = await start()
  const bounds = { x: 40, y: 50, width: 1010, height: 720 }
  await first.running.app.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds)
  await expect.poll(() => first.inspector.page.evaluate(() => innerWidth)).toBe(bounds.width)
  await first.running.close()
  const second = await start()
  const back = () => second.running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(await back()).toMatchObject({ width: bounds.width, height: bounds.height })
})
