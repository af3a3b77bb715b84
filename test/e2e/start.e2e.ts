import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import electron from 'electron'
import { defaultWorkspace, newSocket } from '../../src/shared/workspace.ts'
import { expect, ownTest } from './support/app.ts'
import { runDemo } from './support/demo.ts'
import { windowEnvironment } from './support/display.ts'
import { builtApp, machineSwitches } from './support/launch.ts'
import { listenOn, waitForFreePort } from './support/ports.ts'

const defaultPort = 25933

// One after the other: all of them need the default port, which no test elsewhere uses.
ownTest.describe.configure({ mode: 'default' })

ownTest.beforeEach(() => waitForFreePort(defaultPort))

ownTest('two clicks lead from a new window to the first echoed message', async ({ app, inspector }) => {
  await expect(inspector.serverState).toHaveAttribute('title', 'Stopped')
  await expect(inspector.serverEndpoint).toHaveValue(`tcp://127.0.0.1:${defaultPort}`)
  await expect(inspector.endpoint).toHaveValue(`tcp://127.0.0.1:${defaultPort}`)
  await expect(inspector.frame(1)).toHaveText('Hello world!')

  await inspector.startButton.click()
  await expect(inspector.serverState).toHaveAttribute('title', `Listening on tcp://127.0.0.1:${defaultPort}`)
  await inspector.send.click()

  await expect(inspector.roundTrip).toHaveText(/^[\d.]+ (µs|ms)$/)
  await expect(inspector.replyFrame(1)).toContainText('Hello world!')
  await expect(inspector.reply).toContainText('identical to the request')
  await expect(inspector.alert).toHaveCount(0)
  // Nothing is started that the window does not need.
  const processes = await app.evaluate(({ app: electronApp }) => electronApp.getAppMetrics().map(({ type }) => type))
  expect(processes).not.toContain('Utility')
})

ownTest('the demo prints the exchange, saves a screenshot and exits with 0', async ({ userData }) => {
  const { code, lines, picture } = await runDemo(userData)
  expect(lines.slice(0, 3)).toEqual([
    `ZeroMQ server listening on tcp://127.0.0.1:${defaultPort}`,
    '-> "Hello world!"',
    '<- "Hello world!"',
  ])
  expect(lines[3]).toMatch(/^Round trip: [\d.]+ (µs|ms)$/)
  expect(lines[4]).toMatch(/^Screenshot: .+\.png$/)
  expect(picture?.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  expect(code).toBe(0)
})

ownTest('the demo uses a separate workspace and deletes it', async ({ userData }) => {
  const workspace = {
    ...defaultWorkspace,
    bottomTab: 'log',
    sockets: [newSocket('other', 'tcp://127.0.0.1:1')],
  }
  const kept = JSON.stringify({ ...workspace, activeSocket: 'other' })
  await writeFile(join(userData, 'workspace.json'), kept)
  const { code, lines } = await runDemo(userData)
  expect(code).toBe(0)
  expect(lines[2]).toBe('<- "Hello world!"')
  expect(await readFile(join(userData, 'workspace.json'), 'utf8')).toBe(kept)
  const left = await readdir(userData, { recursive: true })
  expect(left.filter((name) => /(workspace\.json|sqlite)/.test(name))).toEqual(['workspace.json'])
})

ownTest('a second start shows the open window, and ends', async ({ app, userData, inspector }) => {
  const shown = app.evaluate(
    ({ app: first, BrowserWindow }) =>
      new Promise<boolean>((done) => {
        BrowserWindow.getAllWindows()[0]?.hide()
        first.once('second-instance', () =>
          setImmediate(() => done(BrowserWindow.getAllWindows()[0]?.isVisible() ?? false)),
        )
      }),
  )
  const second = spawn(
    String(electron),
    [...machineSwitches, '--disable-gpu', `--user-data-dir=${userData}`, builtApp],
    {
      env: windowEnvironment(),
    },
  )
  expect(await once(second, 'exit')).toEqual([0, null])
  expect(await shown).toBe(true)
  await inspector.startAndPoint()
  await inspector.exchange()
})

ownTest('the built entry can be started by its file as well as by the folder', async ({ userData }) => {
  const { code, errors } = await runDemo(userData, 'out/main/index.js')
  expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' })
})

ownTest('the demo fails visibly when its address is in use', async ({ userData }) => {
  const taken = await listenOn(defaultPort)
  try {
    const { code, errors } = await runDemo(userData)
    expect(errors).toContain('The demo failed: The address is already in use')
    expect(code).toBe(1)
  } finally {
    await taken.close()
  }
})
