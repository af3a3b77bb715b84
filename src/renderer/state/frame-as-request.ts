import { type Codec, CodecError, type CodecOptions, type EncodingId, isEncoding } from '../../shared/codecs/codec.ts'
import { hex } from '../../shared/codecs/hex.ts'
import { InspectorError } from '../../shared/errors.ts'
import { editableBytes } from '../../shared/request/attachment.ts'
import { type DraftFrame, maximumFrames, newFrame, replyViewsOf, usualReplyView } from '../../shared/workspace.ts'
import { attach } from './attachments.ts'
import { loadCodec } from './codecs.ts'
import { optionsFor } from './schema-store.ts'
import { offerFramesBack } from './undo.ts'
import { activeDraft, updateSocket } from './workspace-reducers.ts'
import { applyStep, workspaceStore } from './workspace-store.ts'

/** The text that encodes to exactly these bytes; null when there is none. */
function exactText(bytes: Uint8Array, codec: Codec, options: CodecOptions): string | null {
  try {
    const text = codec.decode(bytes, options)
    const again = codec.encode(text, options)
    return again.length === bytes.length && again.every((byte, at) => byte === bytes[at]) ? text : null
  } catch (thrown) {
    if (thrown instanceof CodecError) return null
    throw thrown
  }
}

async function draftOf(
  bytes: Uint8Array,
  index: number,
  encodings: readonly EncodingId[],
  message: string | null,
): Promise<DraftFrame> {
  const frame = { ...newFrame(crypto.randomUUID()), message }
  if (bytes.byteLength > editableBytes) {
    await attach(frame.id, bytes)
    return { ...frame, attachment: { name: `reply-frame-${index + 1}.bin`, size: bytes.byteLength } }
  }
  for (const encoding of encodings) {
    const text = exactText(bytes, await loadCodec(encoding), optionsFor(message))
    if (text !== null) return { ...frame, encoding, text }
  }
  return { ...frame, encoding: 'hex', text: hex.decode(bytes) }
}

/** Frames of a draft that are encoded to exactly these bytes. Throws `too-large` when there is no room for large ones. */
export const exactFrames = (frames: readonly Uint8Array[]): Promise<DraftFrame[]> =>
  Promise.all(frames.map((bytes, index) => draftOf(bytes, index, [], null)))

/**
 * Makes the frames of a message the request of the active connection, byte for byte, in the views they are shown in.
 * Throws `InspectorError('too-large')` when there are too many, or no room for the large ones.
 */
export async function takeAsRequest(frames: readonly Uint8Array[], source: string): Promise<void> {
  if (frames.length > maximumFrames) {
    throw new InspectorError(
      'too-large',
      `A request can have at most ${maximumFrames} frames; this message has ${frames.length}.`,
    )
  }
  const workspace = workspaceStore.getState()
  const draft = activeDraft(workspace)
  const socket = workspace.sockets.find(({ id }) => id === source)
  const views = socket ? replyViewsOf(socket) : {}
  const { suggestedView } = await import('../../shared/codecs/suggest-views.ts')
  const making = frames.map((bytes, index) => {
    const { layers, view, message } = views[`${index}`] ?? usualReplyView
    const like = socket?.frames[index]?.encoding ?? null
    // An opened layer shows other bytes than the frame's.
    // Where the chosen view does not fit, the suggested one is shown.
    const shown = layers.length > 0 ? [] : [...(view ? [view] : []), suggestedView(bytes, like).view]
    return draftOf(bytes, index, shown.filter(isEncoding), message)
  })
  const drafts = await Promise.all(making)
  const before = activeDraft(workspaceStore.getState()).frames
  applyStep(updateSocket(draft.id, { frames: drafts }))
  offerFramesBack('Message replaced', draft.id, before)
}
