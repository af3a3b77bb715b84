import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { chooseToSave, expect, test } from './support/app.ts'
import { violations } from './support/axe.ts'

/** Opens the dialog by its command, as a person with a keyboard does. */
async function openProgram(page: Page) {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Command' })).toBeFocused()
  await page.keyboard.type('copy as code')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Copy as code' })
  await expect(dialog).toBeVisible()
  return dialog
}

test('copies the socket and its message as a program in the chosen language', async ({
  app,
  folder,
  inspector,
  page,
}) => {
  await inspector.endpoint.fill('tcp://127.0.0.1:5999')
  await inspector.encoding(1).selectOption({ label: 'Hex' })
  await inspector.frame(1).fill('00 41 ff')
  const dialog = await openProgram(page)
  await expect(dialog.getByRole('combobox', { name: 'Language' })).toBeFocused()
  const python = dialog.getByRole('textbox', { name: 'Program in Python' })
  await expect(python).toContainText('socket.connect("tcp://127.0.0.1:5999")')
  await dialog.getByRole('combobox', { name: 'Language' }).selectOption('C (libzmq)')
  await expect(dialog.getByRole('textbox', { name: 'Program in C' })).toContainText('A REQ socket in C,')
  expect(await violations(page, 'all')).toEqual([])
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(copied).toMatch(/^\/\/ A REQ socket in C,/)
  expect(copied).toContain('{BYTES("\\x00\\x41\\xff")},')
  expect(copied).toMatch(/return 0;\n\}\n$/)
  const path = join(folder, 'program.c')
  await chooseToSave(app, path)
  await dialog.getByRole('button', { name: 'Save as…' }).click()
  await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toBe(copied)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  // The language is kept.
  await openProgram(page)
  await expect(dialog.getByRole('combobox', { name: 'Language' })).toHaveValue('c')
})

test('says why a message or a socket makes no program', async ({ inspector, page }) => {
  await inspector.encoding(1).selectOption({ label: 'Hex' })
  await inspector.frame(1).fill('0')
  const dialog = await openProgram(page)
  await expect(dialog.getByRole('alert')).toContainText('Frame 1 cannot be sent')
  await expect(dialog.getByRole('button', { name: 'Copy', exact: true })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await inspector.frame(1).fill('00')
  await inspector.endpoint.fill('nonsense')
  await openProgram(page)
  await expect(dialog.getByRole('alert')).toContainText('Missing transport')
})
