import { readdirSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { expect, it } from 'vitest'
import { budgets } from '../../scripts/package/budget.mjs'
import { fusesFor, readFuses } from '../../scripts/package/fuses.mjs'
import { packagedApp } from '../../scripts/package/layout.mjs'
import { releaseFolder } from '../../scripts/package/product.mjs'
import { bytesOf, listTree } from '../../scripts/package/tree.mjs'
import { BareMachine } from './bare-machine.ts'
import { PackagedWindow } from './packaged-window.ts'

const { app, executable, resources } = packagedApp()

it('has the intended fuses', async () => {
  expect(await readFuses(process.platform === 'darwin' ? app : executable)).toEqual(fusesFor(process.platform))
})

it("contains the app's archive, and native binaries of this platform only", async () => {
  const paths = (await listTree(resources)).map(({ path }) => path.replaceAll('\\', '/'))
  expect(paths).toContain('app.asar')
  expect(paths).not.toContain('default_app.asar')
  const binaries = paths.filter((path) => path.endsWith('.node'))
  expect(binaries).toHaveLength(2)
  for (const path of binaries) expect(path).toContain(process.platform)
  expect(paths.filter((path) => ['.map', '.ts', '.cc', '.h', '.md'].includes(extname(path)))).toEqual([])
})

it('is within its budget', async () => {
  expect(await bytesOf(resources)).toBeLessThan(budgets['the app without its runtime'])
})

it('says in About whether it is a test build, as the names of the packages do', async () => {
  const names = readdirSync(releaseFolder).filter((name) => /\.(deb|tar\.gz|dmg|zip|exe|AppImage)$/.test(name))
  const marked = names.filter((name) => name.includes('test-build'))
  expect([0, names.length]).toContain(marked.length)
  const window = await PackagedWindow.open(executable, dirname(executable))
  const answer: unknown = await window.page.evaluate("inspector.call('app.versions')")
  expect(JSON.stringify(answer).includes('Test build')).toBe(marked.length > 0)
  expect(await window.close()).toBe(0)
})

it('starts the server, sends, and measures a run in the lab, whose modules are in the archive', async () => {
  const window = await PackagedWindow.open(executable, dirname(executable))
  const { page } = window
  await page.getByRole('textbox', { name: 'Server endpoint' }).fill('tcp://127.0.0.1:*')
  await page.getByRole('button', { name: 'Start server' }).click()
  const state = await page.getByTitle(/^Listening on/).getAttribute('title')
  const endpoint = /tcp:\/\/\S+:\d+/.exec(state ?? '')?.[0]
  await page.getByRole('combobox', { name: 'Endpoint', exact: true }).fill(endpoint ?? '')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('status', { name: 'Round trip' }).filter({ hasText: /\d/ }).waitFor()

  await page.getByRole('button', { name: 'Latency lab' }).click()
  const run = page.getByRole('region', { name: 'Latency run' })
  await run.getByRole('combobox', { name: 'Stop after' }).selectOption('Requests')
  await run.getByRole('spinbutton', { name: 'Requests' }).fill('50')
  await run.getByRole('spinbutton', { name: 'Warm-up' }).fill('0')
  await run.getByRole('button', { name: 'Start run' }).click()
  const results = page.getByRole('table', { name: 'Results' })
  await results.waitFor()
  expect(await results.getByRole('row').filter({ hasText: 'Replies' }).first().textContent()).toContain('50')
  expect(await window.close(), `how ${basename(executable)} ended`).toBe(0)
})

it.runIf(process.platform !== 'win32')('is a command line that needs no Node.js', async () => {
  const machine = await BareMachine.make(join(resources, 'bin'))
  try {
    const server = machine.run('zmq-inspector', 'server', '--endpoint', 'tcp://127.0.0.1:*')
    const [, endpoint = ''] = await server.until(/listening on (\S+)/)
    const client = await machine.run('zmq-inspector', 'client', '--endpoint', endpoint, 'Hi').ended
    expect(client.code, client.stderr).toBe(0)
    expect(client.stdout).toBe(`ZeroMQ client connecting to ${endpoint}\n-> "Hi"\n<- "Hi"\n`)
    server.kill('SIGINT')
    expect((await server.ended).code).toBe(0)
  } finally {
    await machine.remove()
  }
})
