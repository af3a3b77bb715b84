import type { DraftFrame } from '../../../shared/workspace.ts'
import { call } from '../../api.ts'
import { dropAttachment, editableBytes, keepAttachment } from '../../state/attachments.ts'
import { loadCodec } from '../../state/codecs.ts'

/**
 * Lets the person choose a file for a frame. A small file becomes text in an encoding that is sure to show it; a large
 * one is attached. Null when they cancelled.
 */
export async function loadFile(frameId: string): Promise<Partial<Omit<DraftFrame, 'id'>> | null> {
  const file = await call('file.open')
  if (!file) return null
  const { name, bytes } = file
  if (bytes.byteLength > editableBytes) {
    keepAttachment(frameId, bytes)
    // The text is kept and comes back when the file is detached.
    return { attachment: { name, size: bytes.byteLength } }
  }
  dropAttachment(frameId)
  const { suggestView } = await import('../../../shared/codecs/suggest.ts')
  const encoding = suggestView(bytes)
  return { encoding, text: (await loadCodec(encoding)).decode(bytes), attachment: null }
}
