import type { DraftFrame } from '../../shared/workspace.ts'
import { copyAttachment } from './attachments.ts'
import { askForFocus } from './focus.ts'
import { setFramesOpen } from './open-frames.ts'
import { offerUndo } from './undo.ts'
import { addFrame, insertFrame, removeFrame } from './workspace-reducers.ts'
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
