import { CodecError, type CodecOptions, type ViewId } from '../../shared/codecs/codec.ts'
import { viewFacts } from '../../shared/codecs/facts.ts'
import { codecs, viewOf } from '../../shared/codecs/index.ts'
import type { Form } from '../../shared/workspace.ts'

/** Characters of a line that fits in a usual window. */
const usualLine = 80

const lineFeed = 0x0a

/** Whether UTF-8 text has a line that is longer than usual. */
function hasLongLine(bytes: Uint8Array): boolean {
  let length = 0
  for (const byte of bytes) {
    if (byte === lineFeed) length = 0
    // The bytes after the first of a character are no characters.
    else if ((byte & 0xc0) !== 0x80) length += 1
    if (length > usualLine) return true
  }
  return false
}

/**
 * The form in which bytes are shown: the chosen one, else the tree; what is text itself is shown as it is, unless it
 * has long lines. Bytes without a structure have one form.
 */
export function formOf(bytes: Uint8Array, view: ViewId, chosen: Form | null): Form {
  const { read, layOut } = viewOf(view)
  if (!read) return 'raw'
  if (chosen && (chosen !== 'pretty' || viewFacts[view].isLaidOut)) return chosen
  if (!layOut) return 'tree'
  return hasLongLine(bytes) ? 'pretty' : 'raw'
}

/**
 * The text of bytes. Encodings that are text have it as `raw`; others are laid out by decoding, and on one line as
 * `raw`. Throws `CodecError` with the position in the bytes.
 */
export function textIn(form: Form, bytes: Uint8Array, view: ViewId, options: CodecOptions): string {
  const { decode, layOut } = viewOf(view)
  const text = decode(bytes, { ...options, isOneLine: form === 'raw' })
  return layOut && form === 'pretty' ? layOut(text) : text
}

/** The text of bytes that are invalid in an encoding that is text; empty where they are no text either. */
export function textAnyway(bytes: Uint8Array, view: ViewId): string {
  if (!viewOf(view).layOut) return ''
  try {
    return codecs.text.decode(bytes)
  } catch (thrown) {
    if (thrown instanceof CodecError) return ''
    throw thrown
  }
}
