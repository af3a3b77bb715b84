import type { Workspace } from '../../shared/workspace.ts'
import { call } from '../api.ts'

/** Characters that are sent with each save. Longer texts are sent when they have changed. */
const longText = 50_000

/** Long texts of the last save, by frame id. */
let sent = new Map<string, string>()
let lastSave: number | null = null
let saves = 0

/** Saves the workspace. Long texts that the host has from the last save are not sent again. */
export async function saveWorkspace(current: () => Workspace): Promise<void> {
  const workspace = current()
  const before = sent
  const basedOn = lastSave
  sent = new Map()
  saves += 1
  lastSave = saves
  const unchanged: string[] = []
  const sockets = workspace.sockets.map((socket) => ({
    ...socket,
    frames: socket.frames.map((frame) => {
      if (frame.text.length < longText) return frame
      sent.set(frame.id, frame.text)
      if (before.get(frame.id) !== frame.text) return frame
      unchanged.push(frame.id)
      return { ...frame, text: '' }
    }),
  }))
  // Calls arrive in the order in which they were made, so the next save may build on this one at once.
  try {
    await call('workspace.saveChanges', { workspace: { ...workspace, sockets }, save: saves, basedOn, unchanged })
  } catch (thrown) {
    sent = new Map()
    if (unchanged.length === 0) throw thrown
    // It may have changed meanwhile, and been saved.
    await call('workspace.save', current())
  }
}
