import { type DraftFrame, newFrame } from '../../shared/workspace.ts'
import { copyAttachment } from './attachments.ts'
import { askForFocus, focusFrame } from './focus.ts'
import { setFramesOpen } from './open-frames.ts'
import { offerUndo } from './undo.ts'
import { addFrame, duplicateFrame, insertFrame, moveFrame, removeFrame } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** Appends a frame to a socket's message, and puts the focus into its text. */
export function addFrameBelow(sessionId: string): void {
  const id = crypto.randomUUID()
  applyStep(addFrame(sessionId, id))
  setFramesOpen([id], true)
  askForFocus('last-frame')
}

/** Removes a frame, which can be undone. */
export function removeFrameAt(sessionId: string, frame: DraftFrame, index: number): void {
  applyStep(removeFrame(sessionId, frame.id))
  offerUndo(`Frame ${index + 1} removed`, () => applyStep(insertFrame(sessionId, frame, index)))
}

/** Inserts an empty frame before another, in its encoding, and puts the focus into its text. */
export function insertFrameAbove(sessionId: string, { encoding }: DraftFrame, index: number): void {
  const id = crypto.randomUUID()
  applyStep(insertFrame(sessionId, { ...newFrame(id), encoding }, index))
  setFramesOpen([id], true)
  focusFrame(id)
}

/** Inserts a copy of a frame behind it, with its attached file. */
export async function copyFrame(sessionId: string, frame: DraftFrame): Promise<void> {
  const copyId = crypto.randomUUID()
  if (frame.attachment) await copyAttachment(frame.id, copyId)
  applyStep(duplicateFrame(sessionId, frame.id, copyId))
  setFramesOpen([copyId], true)
}

/** Moves a frame to a place, counted from 0. */
export function moveFrameTo(sessionId: string, frameId: string, index: number): void {
  const frames = workspaceStore.getState().sockets.find(({ id }) => id === sessionId)?.frames ?? []
  const from = frames.findIndex(({ id }) => id === frameId)
  if (from >= 0) applyStep(moveFrame(sessionId, frameId, index - from))
}

/** The frames of a socket as they are, each attached file under an id of its own: another may take its place. */
export async function spareFrames(sessionId: string): Promise<DraftFrame[]> {
  const frames = workspaceStore.getState().sockets.find(({ id }) => id === sessionId)?.frames ?? []
  const spare: DraftFrame[] = []
  for (const frame of frames) {
    const id = frame.attachment ? crypto.randomUUID() : frame.id
    if (frame.attachment) await copyAttachment(frame.id, id)
    spare.push({ ...frame, id })
  }
  return spare
}
