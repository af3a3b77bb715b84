import { CodecError } from '../../shared/codecs/codec.ts'
import type { Layout } from '../../shared/codecs/format-text.ts'
import { forgetSwitch } from './switch-notes.ts'
import { updateFrame } from './workspace-reducers.ts'
import { applyStep, draftFrame } from './workspace-store.ts'

type Listener = () => void

const listeners = new Set<Listener>()

/** Requests that the text of the frame with the focus is formatted. */
export function askToFormat(): void {
  for (const listener of listeners) listener()
}

/** Subscribes to `askToFormat`. Returns the unsubscribe function. */
export function onFormatRequest(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Lays out the text of a frame; unchanged when it is not valid, which the editor already reports. */
export async function layOutFrame(sessionId: string, frameId: string, layout: Layout): Promise<void> {
  const { layOutText } = await import('../../shared/codecs/format-text.ts')
  const frame = draftFrame(sessionId, frameId)
  if (!frame || frame.attachment) return
  try {
    const text = layOutText(frame.text, frame.encoding, layout)
    forgetSwitch(frameId)
    applyStep(updateFrame(sessionId, frameId, { text }))
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
  }
}
