import { execFileSync } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { chooseToOpen, expect, ownTest, test } from './support/app.ts'
import type { InspectorWindow } from './support/inspector-window.ts'

const weather = `syntax = "proto3";
package weather;
enum Unit { CELSIUS = 0; FAHRENHEIT = 1; }
message Reading {
  string station = 1;
  Unit unit = 2;
  int64 sequence = 3;
  repeated int32 samples = 4;
}
`

const message = '{"station": "Ulm", "unit": "FAHRENHEIT", "sequence": "9007199254740993", "samples": [1, -1]}'

async function chooseType({ page }: InspectorWindow, label: string, type: string): Promise<void> {
  const field = page.getByRole('combobox', { name: label, exact: true })
  await field.click()
  await field.fill(type)
  await page.getByRole('option', { name: type, exact: true }).click()
  await expect(field).toHaveValue(type)
}

/** Adds the file and closes the dialog. */
async function addSchema({ page }: InspectorWindow, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Schemas…' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Protobuf schemas' })
  await dialog.getByRole('button', { name: 'Add files…' }).click()
  await expect(dialog.getByRole('listitem').filter({ hasText: path })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
}

/** Writes a schema file, and composes a frame of its type. */
async function composeByType(app: ElectronApplication, inspector: InspectorWindow, folder: string): Promise<string> {
  const path = join(folder, 'weather.proto')
  await writeFile(path, weather)
  await chooseToOpen(app, path)
  await inspector.frame(1).fill('')
  await inspector.encoding(1).selectOption({ label: 'Protobuf' })
  await addSchema(inspector, path)
  await chooseType(inspector, 'Message type of frame 1', 'weather.Reading')
  return path
}

ownTest('a message with a custom schema is sent, shown, and survives a restart', async ({ folder, start }) => {
  const { running, inspector } = await start()
  await inspector.startAndPoint()
  await composeByType(running.app, inspector, folder)
  await inspector.frame(1).fill(message)
  await inspector.exchange()
  await expect
    .poll(() => inspector.replyHex(1))
    .toBe('0a 03 55 6c 6d 10 01 18 81 80 80 80 80 80 80 10 22 0b 01 ff ff ff ff ff ff ff ff ff 01')
  await inspector.replyView(1).selectOption({ label: 'Protobuf' })
  const item = (window: InspectorWindow, text: string) =>
    window.replyFrame(1).getByRole('treeitem').filter({ hasText: text })
  // Without a type there are several readings, none preferred.
  await expect(item(inspector, 'varint').first()).toBeVisible()
  await chooseType(inspector, 'Message type of reply frame 1', 'weather.Reading')
  await expect(item(inspector, 'sequence')).toContainText('9007199254740993')
  await expect(item(inspector, 'unit')).toContainText('FAHRENHEIT')
  await running.close()

  const { inspector: again } = await start()
  await again.startServer(await again.endpoint.inputValue())
  await expect(again.page.getByRole('combobox', { name: 'Message type of frame 1', exact: true })).toHaveValue(
    'weather.Reading',
  )
  await expect(again.request).toContainText('1 frame · 29 B')
  await again.exchange()
  await expect(item(again, 'station')).toContainText('Ulm')
})

test('a broken schema is reported with its position, and the last good one stays', async ({
  app,
  inspector,
  folder,
}) => {
  const path = await composeByType(app, inspector, folder)
  await inspector.frame(1).fill(message)
  await expect(inspector.request).toContainText('1 frame · 29 B')
  await writeFile(path, weather.replace('int64 sequence', 'Missing sequence'))
  await inspector.page.getByRole('button', { name: 'Schemas…' }).click()
  const dialog = inspector.page.getByRole('dialog', { name: 'Protobuf schemas' })
  await expect(dialog.getByRole('alert')).toContainText('Missing')
  await expect(dialog.getByRole('alert')).toContainText('weather.proto:7:3')
  await expect(dialog.getByRole('status')).toContainText('its previous types are still in use')
  await expect(inspector.request).toContainText('1 frame · 29 B')
  await writeFile(path, weather.replace('int64 sequence = 3', 'int64 sequence = 16'))
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await expect(inspector.request).toContainText('1 frame · 30 B')
})

test('fields and enum values are completed, and a skeleton is inserted', async ({ app, inspector, folder }) => {
  await composeByType(app, inspector, folder)
  // An empty frame begins with the skeleton.
  await expect(inspector.frame(1)).toContainText('"samples": []')
  await expect(inspector.requestFrame(1).getByRole('alert')).toHaveCount(0)
  await inspector.frame(1).fill('')
  const completion = inspector.page.getByRole('listbox', { name: /Completions/ }).getByRole('option')
  await inspector.frame(1).click()
  await inspector.page.keyboard.type('{"un')
  await expect(completion).toHaveText([/^unit/])
  await completion.click()
  await expect(inspector.frame(1)).toHaveText('{"unit": ')
  await inspector.page.keyboard.type('"F')
  await expect(completion).toHaveText([/FAHRENHEIT/])
  await completion.click()
  await inspector.page.keyboard.type('}')
  await expect(inspector.frame(1)).toHaveText('{"unit": "FAHRENHEIT"}')
  await expect(inspector.request).toContainText('1 frame · 2 B')
  await inspector.frameAction(1, 'Replace with a skeleton')
  await expect(inspector.frame(1)).toContainText('"samples": []')
  await expect(inspector.requestFrame(1).getByRole('alert')).toHaveCount(0)
})

test('a field that the type does not have is reported at its place', async ({ app, inspector, folder }) => {
  await composeByType(app, inspector, folder)
  await inspector.frame(1).fill('{"stationn": "Ulm"}')
  await expect(inspector.requestFrame(1).getByRole('alert')).toContainText('Column 2: ')
  await expect(inspector.requestFrame(1).getByRole('alert')).toContainText('station')
  await inspector.frame(1).fill('1: 150 2: {"wire"}')
  await expect(inspector.request).toContainText('1 frame · 9 B')
})

test('Protobuf asks for a schema and a type, and then takes the JSON that waits for them', async ({
  app,
  inspector,
  folder,
}) => {
  const path = join(folder, 'weather.proto')
  await writeFile(path, weather)
  await chooseToOpen(app, path)
  const frame = inspector.requestFrame(1)
  const note = frame.getByRole('status')
  await inspector.encoding(1).selectOption({ label: 'JSON' })
  await inspector.frame(1).fill('{"station": "Ulm", "unit": 1}')
  await inspector.encoding(1).selectOption({ label: 'Protobuf' })
  await expect(note).toContainText('Add a schema, or write wire fields')
  await expect(frame.getByRole('alert')).toHaveCount(0)
  await note.getByRole('button', { name: 'Add a schema…' }).click()
  const dialog = inspector.page.getByRole('dialog', { name: 'Protobuf schemas' })
  await dialog.getByRole('button', { name: 'Add files…' }).click()
  await expect(dialog.getByRole('listitem').filter({ hasText: path })).toBeVisible()
  await inspector.page.keyboard.press('Escape')
  await expect(note).toContainText('Choose a message type')
  await chooseType(inspector, 'Message type of frame 1', 'weather.Reading')
  await expect(note).toHaveCount(0)
  await expect(inspector.request).toContainText('1 frame · 7 B')

  await inspector.encoding(1).selectOption({ label: 'CBOR' })
  await expect(note).toContainText('Converted from Protobuf.')
  await expect(inspector.frame(1)).toHaveText('{"station": "Ulm", "unit": 1}')
  await inspector.encoding(1).selectOption({ label: 'Protobuf' })
  await expect(note).toContainText('Converted from CBOR.')
  await inspector.frame(1).fill('')
  await expect(note).toHaveCount(0)
  await inspector.encoding(1).selectOption({ label: 'Text' })
  await inspector.encoding(1).selectOption({ label: 'Protobuf' })
  await expect(inspector.frame(1)).toContainText('"samples": []')
})

ownTest('a pipe and an endless device among the schemas are told, and the app quits', async ({ folder, start }) => {
  ownTest.skip(process.platform === 'win32', 'Windows has neither among its files')
  const schemas = join(folder, 'schemas')
  await mkdir(schemas)
  await writeFile(join(schemas, 'weather.proto'), weather)
  execFileSync('mkfifo', [join(schemas, 'pipe.proto')])
  await symlink('/dev/zero', join(schemas, 'zero.proto'))
  const { running, inspector } = await start()
  const { page } = inspector
  await chooseToOpen(running.app, schemas)
  await inspector.frame(1).fill('')
  await inspector.encoding(1).selectOption({ label: 'Protobuf' })
  await page.getByRole('button', { name: 'Schemas…' }).first().click()
  await page.getByRole('button', { name: 'Add a folder…' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(
    'This is a named pipe, not a file, so it is skipped',
  )
  await page.keyboard.press('Escape')
  await chooseType(inspector, 'Message type of frame 1', 'weather.Reading')
  const ended = running.app.waitForEvent('close')
  await running.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await ended
})
