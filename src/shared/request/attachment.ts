import { CodecError } from '../codecs/codec.ts'
import type { DraftFrame } from '../workspace.ts'

/** Files up to this size become text in the editor; larger ones are attached. In bytes. */
export const editableBytes = 256 * 1024

/** Why a frame cannot be sent whose file was attached before a restart. */
export function missingAttachment({ name }: NonNullable<DraftFrame['attachment']>): CodecError {
  const message = `${name} must be loaded again: the contents of large files are not kept after a restart.`
  return new CodecError('encode-failed', message, 0, 0)
}
