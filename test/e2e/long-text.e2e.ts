import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication, Locator } from '@playwright/test'
import { defaultWorkspace } from '../../src/shared/workspace.ts'
import { nightly } from '../support/nightly.ts'
import { chooseToSave, expect, ownTest, test } from './support/app.ts'

const copy = (app: ElectronApplication, text: string): Promise<void> =>
  app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)

const collapsedIn = (frame: Locator): Locator => frame.getByRole('group', { name: 'Long text' })

ownTest(
  'a draft with a line of millions of characters opens at once, and is sent and kept as it is',
  async ({ start, userData, folder }) => {
    const [socket] = defaultWorkspace.sockets
    if (!socket) throw new Error('The default workspace has a socket.')
    const length = nightly ? 60_000_000 : 8_000_000
    const text = 'abcdefghi '.repeat(length / 10)
    const frames = socket.frames.map((frame) => ({ ...frame, text }))
    const path = join(userData, 'workspace.json')
    await writeFile(path, JSON.stringify({ ...defaultWorkspace, sockets: [{ ...socket, frames }] }))
    const { running, inspector } = await start()
    const collapsed = collapsedIn(inspector.requestFrame(1))
    await expect(collapsed).toContainText(`${length.toLocaleString('en')} characters in 1 line`)
    await expect(collapsed.getByRole('button', { name: 'Show as text' })).toHaveCount(0)

    await inspector.startAndPoint()
    await inspector.exchange()
    await expect(inspector.reply).toContainText('identical to the request')
    await expect(inspector.replyFrame(1)).toContainText('MiB')

    const saved = join(folder, 'saved.txt')
    await chooseToSave(running.app, saved)
    await collapsed.getByRole('button', { name: 'Save to file…' }).click()
    await expect.poll(async () => (await readFile(saved, 'utf8').catch(() => '')) === text).toBe(true)
    await running.close()
    expect((await readFile(path, 'utf8')).includes(text)).toBe(true)

    const { inspector: again } = await start()
    await collapsedIn(again.requestFrame(1)).getByRole('button', { name: 'Clear' }).click()
    await expect(again.frame(1)).toHaveText('')
    const frame = again.requestFrame(1)
    await frame.getByRole('button', { name: 'Bring it back' }).click()
    await expect(collapsedIn(frame)).toContainText(`${length.toLocaleString('en')} characters`)
    await collapsedIn(frame).getByRole('button', { name: 'Clear' }).click()
    await again.frame(1).fill('short again')
    await expect(again.request).toContainText('11 B')
  },
)

ownTest('a long JSON draft is encoded beside everything else, and arrives', async ({ start, userData }) => {
  const [socket] = defaultWorkspace.sockets
  if (!socket) throw new Error('The default workspace has a socket.')
  const text = `[${'{"a": [1, 2.5, "x"]}, '.repeat(60_000)}0]`
  const frames = socket.frames.map((frame) => ({ ...frame, encoding: 'json', text }))
  await writeFile(
    join(userData, 'workspace.json'),
    JSON.stringify({ ...defaultWorkspace, sockets: [{ ...socket, frames }] }),
  )
  const { inspector } = await start()
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.reply).toContainText('identical to the request')
  await expect(inspector.replyFrame(1)).toContainText('MiB')
})

test('a long text that is pasted is collapsed, can be shown, and be undone', async ({ app, inspector }) => {
  const frame = inspector.requestFrame(1)
  const collapsed = collapsedIn(frame)
  await copy(app, 'x'.repeat(300_000))
  await inspector.frame(1).press('Control+End')
  await inspector.frame(1).press('Control+v')
  await expect(collapsed).toContainText('300,012 characters in 1 line')
  await expect(frame).toContainText('293 KiB')
  await collapsed.getByRole('button', { name: 'Undo' }).click()
  await expect(inspector.frame(1)).toHaveText('Hello world!')
  // What was typed before the paste can still be undone.
  await inspector.frame(1).press('Control+End')
  await inspector.page.keyboard.type(' typed')
  await expect(inspector.frame(1)).toHaveText('Hello world! typed')
  await inspector.frame(1).press('Control+v')
  await collapsed.getByRole('button', { name: 'Undo' }).click()
  await inspector.frame(1).press('Control+z')
  await expect(inspector.frame(1)).not.toHaveText('Hello world! typed')

  await inspector.frame(1).fill('')
  await inspector.frame(1).press('Control+v')
  await collapsed.getByRole('button', { name: 'Show as text' }).click()
  await expect(collapsed).toHaveCount(0)
  await expect(inspector.frame(1)).toContainText('xxx')
  await inspector.frame(1).press('Control+End')
  await inspector.page.keyboard.type('y')
  await expect(frame).toContainText('293 KiB')
  await inspector.startAndPoint()
  await inspector.exchange()
  await expect(inspector.reply).toContainText('identical to the request')
})
