import { expect, test } from 'vitest'
import { LogExport } from '../../src/main/log-export.ts'

test('one export is under way at a time, and tells how far it has come until it ends', async () => {
  const exporting = new LogExport()
  const saved = exporting.run(async ({ onProgress }) => {
    onProgress({ done: 1, of: 2 })
    expect(exporting.progress).toEqual({ done: 1, of: 2 })
    await expect(exporting.run(async () => 'another')).rejects.toMatchObject({ code: 'wrong-state' })
    return 'saved'
  })
  expect(await saved).toBe('saved')
  expect(exporting.progress).toBeNull()
  expect(await exporting.run(async () => 'again')).toBe('again')
})

test('an export that is cancelled is none, and one that fails says why', async () => {
  const exporting = new LogExport()
  const cancelled = exporting.run(async ({ signal }) => {
    exporting.cancel()
    signal.throwIfAborted()
  })
  expect(await cancelled).toBeNull()
  const failed = exporting.run(async () => {
    throw new Error('the disk is full')
  })
  await expect(failed).rejects.toThrow('the disk is full')
})
