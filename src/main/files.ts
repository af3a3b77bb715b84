import { basename } from 'node:path'
import { BrowserWindow, dialog } from 'electron'
import { readRegularFile, TooLargeFileError } from '../engine/files/regular-file.ts'
import { replaceFile } from '../engine/files/replace-file.ts'
import type { LoadedFile } from '../shared/contract/index.ts'
import { InspectorError } from '../shared/errors.ts'
import { safeFileName } from '../shared/file-name.ts'
import { formatSize } from '../shared/format.ts'
import { explanationOf } from '../shared/reason.ts'
import { editableBytes } from '../shared/request/attachment.ts'
import { draftTextOf } from '../shared/request/draft-text.ts'
import type { Attachments } from './attachments.ts'

export function fileError(doing: string, path: string, thrown: unknown): InspectorError {
  if (thrown instanceof InspectorError) return thrown
  const why = explanationOf(thrown)
  return new InspectorError('file-failed', `${basename(path)} could not be ${doing}: ${why}`, undefined, {
    cause: thrown,
  })
}

/** The name and bytes of a file that the person chose. */
interface OpenedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

const limitOfFrames = (limit: string): string => `the limit for a frame is ${limit} (see Settings)`

/**
 * Lets the person choose a file and reads it; null when they cancel. Throws `too-large` before reading, with the limit in
 * the words of `limitOf`.
 */
export async function openFile(maximumBytes: number, limitOf = limitOfFrames): Promise<OpenedFile | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return null
  const choice = await dialog.showOpenDialog(window, { properties: ['openFile'] })
  const path = choice.filePaths[0]
  if (choice.canceled || path === undefined) return null
  try {
    const { bytes } = await readRegularFile(path, maximumBytes)
    return { name: basename(path), bytes }
  } catch (thrown) {
    if (thrown instanceof TooLargeFileError) {
      const limit = formatSize(maximumBytes)
      const size = thrown.size === null ? `more than ${limit}` : formatSize(thrown.size)
      const message = `${basename(path)} has ${size}; ${limitOf(limit)}.`
      throw new InspectorError('too-large', message, { maximumBytes }, { cause: thrown })
    }
    throw fileError('read', path, thrown)
  }
}

/** Lets the person choose a file for a frame: a small one becomes its text, a large one is attached to it. */
export async function openForFrame(
  frameId: string,
  attachments: Attachments,
  maximumBytes: number,
): Promise<LoadedFile | null> {
  const file = await openFile(maximumBytes)
  if (!file) return null
  const { name, bytes } = file
  if (bytes.byteLength > editableBytes) {
    attachments.keep(frameId, bytes)
    return { kind: 'attached', name, size: bytes.byteLength }
  }
  attachments.forget(frameId)
  return { kind: 'text', ...draftTextOf(bytes) }
}

/**
 * Lets the person choose where to save, with a safe form of `name` proposed, and calls `write` with the path; null when
 * they cancel.
 */
export async function saveFile(name: string, write: (path: string) => Promise<void>): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  if (!window) return null
  const choice = await dialog.showSaveDialog(window, { defaultPath: safeFileName(name) })
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
