import { InspectorError } from '../../shared/errors.ts'
import { formatSize } from '../../shared/format.ts'
import { editableBytes } from '../../shared/request/attachment.ts'
import { mebibytes } from '../../shared/settings.ts'
import type { DraftFrame } from '../../shared/workspace.ts'
import { call } from '../api.ts'
import { attach, noteAttached } from './attachments.ts'
import { spareFrames } from './frame-actions.ts'
import { settingsStore } from './settings-store.ts'
import { forgetSwitch } from './switch-notes.ts'
import { offerFramesBack } from './undo.ts'
import { updateFrame } from './workspace-reducers.ts'
import { applyStep } from './workspace-store.ts'

type Loaded = Partial<Omit<DraftFrame, 'id'>>

/** Lets the person choose a file. Null when they cancelled. */
async function choose(frameId: string): Promise<Loaded | null> {
  const file = await call('file.open', { frameId })
  if (!file) return null
  if (file.kind === 'text') return { encoding: file.encoding, text: file.text, attachment: null }
  noteAttached([frameId])
  // The text is kept and comes back when the file is detached.
  return { attachment: { name: file.name, size: file.size } }
}

async function read(frameId: string, file: File): Promise<Loaded> {
  const maximumBytes = mebibytes(settingsStore.getState().fileMebibytes)
  if (file.size > maximumBytes) {
    const message = `${file.name} has ${formatSize(file.size)}; the limit for a frame is ${formatSize(maximumBytes)} (see Settings).`
    throw new InspectorError('too-large', message)
  }
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => {
      throw new InspectorError('file-failed', `${file.name} could not be read: drop a file, not a folder.`)
    },
  )
  if (bytes.byteLength > editableBytes) {
    await attach(frameId, bytes)
    return { attachment: { name: file.name, size: bytes.byteLength } }
  }
  const { draftTextOf } = await import('../../shared/request/draft-text.ts')
  return { ...draftTextOf(bytes), attachment: null }
}

/**
 * Loads a file into a frame, counted from 1 in `number`: one that was dropped on it, or one that the person chooses. That
 * can be undone. Throws `InspectorError` where it is too large or cannot be read.
 */
export async function loadIntoFrame(
  sessionId: string,
  frameId: string,
  number: number,
  dropped: File | null,
): Promise<void> {
  const before = await spareFrames(sessionId)
  const loaded = dropped ? await read(frameId, dropped) : await choose(frameId)
  if (!loaded) return
  forgetSwitch(frameId)
  applyStep(updateFrame(sessionId, frameId, loaded))
  offerFramesBack(`File loaded into frame ${number}`, sessionId, before)
}
