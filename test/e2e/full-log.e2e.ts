import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Publisher, Push } from 'zeromq'
import { chooseToSave, expect, ownTest } from './support/app.ts'
import { StreamWindow } from './support/stream-window.ts'

ownTest('messages that a full log has removed are said to be removed', async ({ app, inspector, page }) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 860))
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('textbox', { name: 'Largest log' }).fill('1')
  await page.getByRole('button', { name: 'Close settings' }).click()
  const senders = [new Publisher({ linger: 0 }), new Push({ linger: 0 })] as const
  const stream = new StreamWindow(inspector)
  const [quiet, busy] = senders
  await quiet.bind('tcp://127.0.0.1:*')
  await busy.bind('tcp://127.0.0.1:*')
  await stream.add('SUB', 'connect', quiet.lastEndpoint ?? '')
  await stream.sendUntilSeen(() => quiet.send('early'), stream.row('early'))
  await expect(stream.messages).not.toContainText('oldest removed')

  await stream.add('PULL', 'connect', busy.lastEndpoint ?? '')
  const large = Buffer.alloc(10_000, 'x')
  for (let index = 0; index < 200; index += 1) await busy.send(large)
  await busy.send('last')
  await expect(stream.row('last')).toHaveCount(1)
  const removed = stream.messages.getByText('oldest removed')
  await removed.hover()
  await expect(page.getByRole('tooltip')).toContainText(/The log has removed its [\d,]+ oldest entries, of all sockets/)

  await stream.show('SUB')
  await expect(stream.list).toContainText('No message of this socket is in the log any more.')
  // All of it stands on one line.
  const filter = await stream.messages.getByRole('textbox', { name: 'Filter messages' }).boundingBox()
  const hint = await removed.locator('..').boundingBox()
  expect(Math.abs((hint?.y ?? 0) - (filter?.y ?? 0))).toBeLessThan(30)
  for (const sender of senders) sender.close()
})

ownTest('an export says how far it has come, and can be cancelled', async ({ app, inspector, page, folder }) => {
  const push = new Push({ linger: 0 })
  await push.bind('tcp://127.0.0.1:*')
  const stream = new StreamWindow(inspector)
  await stream.add('PULL', 'connect', push.lastEndpoint ?? '')
  const count = 60_000
  for (let index = 0; index < count; index += 1) await push.send(`message ${index}`)
  const status = stream.messages.getByText(/^60,000$/)
  await expect(status).toBeVisible({ timeout: 60_000 })
  const path = join(folder, 'messages.ndjson')
  await writeFile(path, 'an earlier export')
  await chooseToSave(app, path)
  const save = async () => {
    await stream.messages.getByRole('button', { name: 'Export messages' }).click()
    await page.getByRole('menuitem', { name: 'As NDJSON…' }).click()
  }
  await save()
  const progress = stream.messages.getByRole('progressbar', { name: 'Progress of the export' })
  await expect(progress).toBeVisible()
  await expect(stream.messages.getByRole('button', { name: 'Cancel the export' })).toBeVisible()
  await stream.messages.getByRole('button', { name: 'Cancel', exact: true }).click()
  await expect(progress).toHaveCount(0)
  expect(await readFile(path, 'utf8')).toBe('an earlier export')
  expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/\.new$/))

  await save()
  await expect(stream.messages).toContainText(`Saved 60,000 messages to ${path}.`, { timeout: 60_000 })
  push.close()
})
