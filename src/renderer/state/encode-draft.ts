import { CodecError } from '../../shared/codecs/codec.ts'
import { encodingFacts } from '../../shared/codecs/facts.ts'
import { InspectorError } from '../../shared/errors.ts'
import type { DraftFrame } from '../../shared/workspace.ts'
import { attachmentBytes } from './attachments.ts'
import { loadedCodec } from './codecs.ts'
import { optionsFor } from './schema-store.ts'

/** The bytes of a draft's frame, or why there are none; null while its codec loads. */
export type EncodedFrame =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly error: CodecError | null }

/** Encodes one frame. Its codec must be loaded: see `loadCodecsOf`. */
export function encodeFrame(frame: DraftFrame): EncodedFrame {
  if (frame.attachment) {
    const bytes = attachmentBytes(frame.id)
    if (bytes) return { ok: true, bytes }
    const message = `${frame.attachment.name} must be loaded again: the contents of large files are not kept after a restart.`
    return { ok: false, error: new CodecError('encode-failed', message, 0, 0) }
  }
  const codec = loadedCodec(frame.encoding)
  if (!codec) return { ok: false, error: null }
  try {
    return { ok: true, bytes: codec.encode(frame.text, optionsFor(frame.message)) }
  } catch (thrown) {
    if (thrown instanceof CodecError) return { ok: false, error: thrown }
    throw thrown
  }
}

/** Encodes a draft's message. Throws `InspectorError('encode-failed')`, which names the first invalid frame. */
export function encodeMessage(frames: readonly DraftFrame[]): Uint8Array[] {
  return frames.map((frame, index) => {
    const encoded = encodeFrame(frame)
    if (encoded.ok) return encoded.bytes
    throw new InspectorError(
      'encode-failed',
      `Frame ${index + 1} cannot be sent: ${encoded.error?.message ?? `${encodingFacts[frame.encoding].label} is still loading`}`,
      {
        frame: index,
      },
    )
  })
}
