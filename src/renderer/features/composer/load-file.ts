import type { DraftFrame } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { noteAttached } from '../../state/attachments.ts'

/** Lets the person choose a file for a frame. Returns what changes in the frame; null when they cancelled. */
export async function loadFile(frameId: string): Promise<Partial<Omit<DraftFrame, 'id'>> | null> {
  const file = await call('file.open', { frameId })
  if (!file) return null
  if (file.kind === 'text') return { encoding: file.encoding, text: file.text, attachment: null }
  noteAttached([frameId])
  // The text is kept and comes back when the file is detached.
  return { attachment: { name: file.name, size: file.size } }
}
