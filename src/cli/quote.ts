import { compactHex } from '../shared/codecs/hex.ts'
import { CodecError, codecs, type EncodingId, minifyJson } from '../shared/codecs/index.ts'
import type { Frame } from '../shared/message.ts'
import { decodeUtf8 } from '../shared/utf8.ts'

/**
 * What a terminal would act on instead of showing: controls (C0, DEL, C1), line and paragraph separators, marks that
 * turn the direction of writing, and the byte order mark.
 */
const hidden = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The text with everything hidden as `\u001b`. Inside the strings of a JSON text that changes nothing of its meaning. */
export function escapeHidden(text: string): string {
  return text.replace(hidden, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The text in quotes, as a JSON string that no terminal acts on. Any other character prints as it is. */
export const quote = (text: string): string => escapeHidden(JSON.stringify(text))

const asHex = (bytes: Frame): string => `h'${compactHex(bytes)}'`

/** JSON on one line: white space between its tokens could otherwise pass for lines of our own. */
const onOneLine = (text: string): string => escapeHidden(minifyJson(text))

function showAs(encoding: EncodingId, bytes: Frame): string {
  const { decode, syntax } = codecs[encoding]
  if (syntax === 'json') return onOneLine(decode(bytes))
  // An empty frame would leave nothing to see.
  return bytes.byteLength === 0 ? asHex(bytes) : decode(bytes)
}

/**
 * One frame on one line. Text is always in quotes and hex always in `h'…'`, so neither passes for the other. Bytes
 * that the encoding cannot show are shown as hex.
 */
export function showFrame(encoding: EncodingId, bytes: Frame): string {
  if (encoding === 'text') {
    const text = decodeUtf8(bytes)
    return text === undefined ? asHex(bytes) : quote(text)
  }
  if (encoding === 'hex') return asHex(bytes)
  try {
    return showAs(encoding, bytes)
  } catch (thrown) {
    if (thrown instanceof CodecError) return asHex(bytes)
    throw thrown
  }
}

/** A message on one line, its frames separated by spaces. */
export const showFrames = (encoding: EncodingId, frames: readonly Frame[]): string =>
  frames.map((frame) => showFrame(encoding, frame)).join(' ')
