import { decodeUtf8 } from '../../utf8.ts'
import type { WireContent } from './value.ts'

/** A text string as content. Bytes that are not UTF-8 stay bytes: nothing is replaced to make text of them. */
export function textContent(bytes: Uint8Array): WireContent {
  const text = decodeUtf8(bytes)
  if (text !== undefined) return { kind: 'text', text }
  return { kind: 'bytes', bytes, noun: 'a text string that is not valid UTF-8', note: 'invalid UTF-8' }
}
