import { base64 } from '../codecs/base64.ts'
import { CodecError } from '../codecs/codec.ts'
import type { Frame } from '../message.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8.ts'

/** A frame in a recording: its text, or its bytes as Base64. */
export type RecordedFrame = string | { readonly base64: string }

/** Controls but tab, line feed and carriage return: as text of JSON they would take six characters each. */
const controls = /(?![\t\n\r])\p{Cc}/u

/** Text where the bytes are exactly that in UTF-8, without controls; Base64 for all others. */
export function recordedFrame(frame: Frame): RecordedFrame {
  const text = decodeUtf8(frame)
  return text === undefined || controls.test(text) ? { base64: base64.decode(frame) } : text
}

/** The bytes of a frame in a recording. Throws an `Error` with words to be put into a sentence. */
export function frameOf(recorded: unknown): Frame {
  try {
    if (typeof recorded === 'string') return encodeUtf8(recorded)
    if (typeof recorded === 'object' && recorded !== null && 'base64' in recorded) {
      if (typeof recorded.base64 === 'string') return base64.encode(recorded.base64)
    }
  } catch (thrown) {
    if (!(thrown instanceof CodecError)) throw thrown
    throw new Error(`a frame cannot be read: ${thrown.message}`, { cause: thrown })
  }
  throw new Error('a frame is neither a text nor {"base64": …}')
}
