import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chooseToOpen, expect, ownTest } from './support/app.ts'

/** So many files that reading them takes some seconds. */
async function writeFolder(folder: string, count: number): Promise<void> {
  await mkdir(folder)
  const messages = (file: number) =>
    Array.from(
      { length: 60 },
      (_, index) => `message M${file}_${index} { string name = 1; repeated int64 values = 2; }`,
    )
  for (let file = 0; file < count; file += 1) {
    await writeFile(join(folder, `f${file}.proto`), `syntax = "proto3"; package many;\n${messages(file).join('\n')}\n`)
  }
}

ownTest('reading a large folder of schemas shows how far it is, and can be cancelled', async ({ folder, start }) => {
  const { running, inspector } = await start()
  const { page } = inspector
  const many = join(folder, 'many')
  await writeFolder(many, 1500)
  await inspector.encoding(1).selectOption({ label: 'Protobuf' })
  await page.getByRole('button', { name: 'Schemas…' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Protobuf schemas' })
  await chooseToOpen(running.app, many)
  await dialog.getByRole('button', { name: 'Add a folder…' }).click()
  await expect(dialog).toContainText(/Reading file [\d,]+ of 1,500…/)
  await expect(dialog.getByRole('progressbar', { name: 'Progress of reading the schemas' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).not.toContainText('Reading file')
  await expect(dialog.getByRole('alert')).toHaveText('Not read, since you cancelled it. Press Reload to read it.')
})
