import { CodecError, type CodecOptions, type ViewId } from '../../shared/codecs/codec.ts'
import { copyBytesAs } from '../../shared/codecs/copy-as.ts'
import { viewOf } from '../../shared/codecs/index.ts'
import { oneJson } from '../../shared/codecs/json/format.ts'
import type { DecoderCalls } from './decoder-calls.ts'

/** The view that bytes are shown in. */
interface Shown {
  readonly encoding: ViewId
  readonly options: CodecOptions
}

/**
 * The text of bytes in a format, `isPart` of a frame or the whole of it; null where the format cannot express them. What
 * is invalid in its view is copied as hex, or as JSON of the bytes. Throws `CodecError` for an array with too many rows.
 */
export function copiedText(
  bytes: Uint8Array,
  format: DecoderCalls['copy']['input']['format'],
  { encoding, options }: Shown,
  isPart: boolean,
): string | null {
  if (format !== 'shown' && format !== 'json') return copyBytesAs(bytes, format)
  const { read, takesMessage, decode } = viewOf(encoding)
  // Only the text of a structure converts to equivalent JSON, and part of a message does not have the message's type.
  if (format === 'json' && (!read || (takesMessage && isPart))) return copyBytesAs(bytes, 'json')
  try {
    const text = decode(bytes, options)
    return format === 'shown' ? text : oneJson(text)
  } catch (thrown) {
    // Numbers in a row have no other text that is like theirs.
    if (!(thrown instanceof CodecError) || (encoding === 'array' && format === 'shown')) throw thrown
    return copyBytesAs(bytes, format === 'json' ? 'json' : 'hex')
  }
}
