import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseToOpen, expect, ownTest, test } from './support/app.ts'

const mebibyte = 1024 * 1024

test('a small file becomes text in an encoding that can show it', async ({ app, inspector, folder }) => {
  const document = join(folder, 'document.json')
  await writeFile(document, '{"id": 12345678901234567890}')
  await chooseToOpen(app, document)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.frame(1)).toHaveText('{"id": 12345678901234567890}')
  await expect(inspector.encoding(1).locator('option:checked')).toHaveText('JSON')

  const binary = join(folder, 'binary')
  await writeFile(binary, Uint8Array.of(0, 255, 7))
  await chooseToOpen(app, binary)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.frame(1)).toHaveText('00 ff 07')
  await expect(inspector.encoding(1).locator('option:checked')).toHaveText('Hex')
})

test('closing the dialog changes nothing', async ({ app, inspector }) => {
  await chooseToOpen(app, null)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.frame(1)).toHaveText('Hello world!')
  await expect(inspector.alert).toHaveCount(0)
})

ownTest(
  'a large file is sent unchanged, and must be loaded again after a restart',
  async ({ running, inspector, folder, start }) => {
    const large = join(folder, 'large.bin')
    await writeFile(large, Buffer.alloc(300 * 1024, 0xa5))
    await inspector.startAndPoint()
    await chooseToOpen(running.app, large)
    await inspector.frameAction(1, 'Load from file…')
    await expect(inspector.requestFrame(1)).toContainText('large.bin')
    await expect(inspector.requestFrame(1)).toContainText('300 KiB')
    await inspector.exchange()
    await expect(inspector.reply).toContainText('identical to the request')
    await expect(inspector.replyFrame(1)).toContainText('300 KiB')
    await running.close()

    const { running: again, inspector: next } = await start()
    await expect(next.requestFrame(1)).toContainText('large.bin must be loaded again')
    await next.send.click()
    await expect(next.notSent).toHaveText('Not sent: frame 1 is not valid.')
    await chooseToOpen(again.app, large)
    await next.requestFrame(1).getByRole('button', { name: 'Load again' }).click()
    await expect(next.requestFrame(1)).not.toContainText('must be loaded again')
    await next.requestFrame(1).getByRole('button', { name: 'Detach' }).click()
    // The text typed before the file was loaded is back.
    await expect(next.frame(1)).toHaveText('Hello world!')
  },
)

test('a large file goes with a copy of its frame, a connection that is restored, and a page that is loaded again', async ({
  app,
  page,
  inspector,
  folder,
}) => {
  const large = join(folder, 'large.bin')
  await writeFile(large, Buffer.alloc(300 * 1024, 0xa5))
  const endpoint = await inspector.startAndPoint()
  await chooseToOpen(app, large)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.requestFrame(1)).toContainText('large.bin')
  await inspector.frameAction(1, 'Duplicate')
  await expect(inspector.request).toContainText('2 frames · 600 KiB')
  const save = () =>
    page.evaluate(async () => {
      window.dispatchEvent(new Event('pagehide'))
      // Calls are answered in their order, so the workspace has arrived.
      await window.inspector.call('session.attempts', undefined)
    })
  const isEchoed = async () => {
    await inspector.exchange()
    await expect(inspector.reply).toContainText('identical to the request')
    await expect(inspector.replyFrame(2)).toContainText('300 KiB')
  }
  await isEchoed()

  await page.getByRole('button', { name: `Remove socket ${endpoint}` }).click()
  await save()
  await inspector.connections.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(inspector.request).toContainText('2 frames · 600 KiB')
  await isEchoed()

  await inspector.page.getByRole('button', { name: 'Remove frame 1' }).click()
  await expect(inspector.request).toContainText('1 frame · 300 KiB')
  await save()
  await page.reload()
  await expect(inspector.request).toContainText('1 frame · 300 KiB')
  await inspector.exchange()
  await expect(inspector.replyFrame(1)).toContainText('300 KiB')
})

test('a large reply becomes the next request', async ({ inspector, peers }) => {
  const large = Buffer.alloc(300 * 1024, 0xa5)
  await inspector.endpoint.fill(await peers.answering(() => [large]))
  await inspector.exchange()
  await expect(inspector.replyFrame(1)).toContainText('300 KiB')
  await inspector.page.getByRole('button', { name: 'Actions for reply frame 1', exact: true }).click()
  await inspector.page.getByRole('menuitem', { name: 'Use this message as the request' }).click()
  await expect(inspector.requestFrame(1)).toContainText('reply-frame-1.bin')
  await expect(inspector.requestFrame(1)).toContainText('300 KiB')
  await inspector.exchange()
  await expect(inspector.reply).toContainText('identical to the request')
})

test('a file that cannot be read says why, next to its frame', async ({ app, inspector, folder }) => {
  const alert = inspector.requestFrame(1).getByRole('alert')
  for (const path of [join(folder, 'missing.bin'), folder]) {
    await chooseToOpen(app, path)
    await inspector.frameAction(1, 'Load from file…')
    await expect(alert).toContainText('could not be read')
    await expect(inspector.frame(1)).toHaveText('Hello world!')
    await alert.getByRole('button', { name: 'Dismiss' }).click()
    await expect(alert).toHaveCount(0)
  }
})

test('a device is rejected rather than read endlessly', async ({ app, inspector }) => {
  await chooseToOpen(app, process.platform === 'win32' ? '\\\\.\\NUL' : '/dev/zero')
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.requestFrame(1).getByRole('alert')).toContainText('could not be read')
})

ownTest('a file over the limit is rejected, naming the limit', async ({ userData, folder, start }) => {
  await writeFile(join(userData, 'settings.json'), JSON.stringify({ fileMebibytes: 1 }))
  const { running, inspector } = await start()
  const large = join(folder, 'large.bin')
  await writeFile(large, Buffer.alloc(mebibyte + 1))
  await chooseToOpen(running.app, large)
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.requestFrame(1).getByRole('alert')).toContainText('the limit for a frame is 1.00 MiB')
  await expect(inspector.frame(1)).toHaveText('Hello world!')

  await writeFile(large, Buffer.alloc(mebibyte))
  await inspector.frameAction(1, 'Load from file…')
  await expect(inspector.requestFrame(1)).toContainText('large.bin')
  await expect(inspector.requestFrame(1).getByRole('alert')).toHaveCount(0)
})
