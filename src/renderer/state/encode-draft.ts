import { CodecError } from '../../shared/codecs/codec.ts'
import { missingAttachment } from '../../shared/request/attachment.ts'
import { encodeText } from '../../shared/request/encode-text.ts'
import type { DraftFrame } from '../../shared/workspace.ts'
import { isAttached } from './attachments.ts'
import { loadedCodec } from './codecs.ts'
import { optionsFor } from './schema-store.ts'

/** How many bytes a draft's frame is, or why it is none; null while its codec loads. The host encodes what is sent. */
export type EncodedFrame =
  | { readonly ok: true; readonly size: number }
  | { readonly ok: false; readonly error: CodecError | null }

/** Encodes one frame while it is being written. Its codec must be loaded: see `loadCodecsOf`. */
export function encodeFrame({ id, attachment, encoding, text, message }: DraftFrame): EncodedFrame {
  if (attachment) {
    return isAttached(id) ? { ok: true, size: attachment.size } : { ok: false, error: missingAttachment(attachment) }
  }
  const codec = loadedCodec(encoding)
  if (!codec) return { ok: false, error: null }
  try {
    return { ok: true, size: encodeText(text, codec, optionsFor(message)).byteLength }
  } catch (thrown) {
    if (thrown instanceof CodecError) return { ok: false, error: thrown }
    throw thrown
  }
}
