import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { BrowserWindow, dialog } from 'electron'
import { replaceFile } from '../engine/files/replace-file.ts'
import type { LoadedFile } from '../shared/contract.ts'
import { InspectorError } from '../shared/errors.ts'
import { formatSize } from '../shared/format.ts'
import { reasonOf } from '../shared/reason.ts'

function fileError(doing: string, path: string, thrown: unknown): InspectorError {
  if (thrown instanceof InspectorError) return thrown
  const reason = reasonOf(thrown)
  return new InspectorError('file-failed', `${basename(path)} could not be ${doing}: ${reason}`, undefined, {
    cause: thrown,
  })
}

/** Lets the person choose a file and reads it; null when they cancel. Throws `too-large` before reading. */
export async function openFile(maximumBytes: number): Promise<LoadedFile | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return null
  const choice = await dialog.showOpenDialog(window, { properties: ['openFile'] })
  const path = choice.filePaths[0]
  if (choice.canceled || path === undefined) return null
  try {
    const found = await stat(path)
    // A device or a pipe has no end, or waits for somebody to write.
    if (!found.isFile()) throw new Error('it is not a regular file')
    const { size } = found
    if (size > maximumBytes) {
      throw new InspectorError(
        'too-large',
        `${basename(path)} has ${formatSize(size)}; the limit for a frame is ${formatSize(maximumBytes)} (see Settings).`,
        { size, maximumBytes },
      )
    }
    return { name: basename(path), bytes: await readFile(path) }
  } catch (thrown) {
    throw fileError('read', path, thrown)
  }
}

/** Lets the person choose where to save and calls `write` with the path; null when they cancel. */
export async function saveFile(name: string, write: (path: string) => Promise<void>): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return null
  const choice = await dialog.showSaveDialog(window, { defaultPath: name })
  if (choice.canceled || !choice.filePath) return null
  try {
    await write(choice.filePath)
    return choice.filePath
  } catch (thrown) {
    throw fileError('saved', choice.filePath, thrown)
  }
}

export const saveBytes = (name: string, bytes: Uint8Array): Promise<string | null> =>
  saveFile(name, (path) => replaceFile(path, bytes))
