import { compactHex } from '../shared/codecs/hex.ts'
import {
  CodecError,
  type CodecOptions,
  type EncodingId,
  minifyJson,
  type ViewId,
  viewOf,
} from '../shared/codecs/index.ts'
import type { Frame } from '../shared/message.ts'
import { decodeUtf8 } from '../shared/utf8.ts'
import { escapeHidden } from './escape-hidden.ts'

/** The text as a JSON string that no terminal acts on. All other characters print as they are. */
export const quote = (text: string): string => escapeHidden(JSON.stringify(text))

const asHex = (bytes: Frame): string => `h'${compactHex(bytes)}'`

/** How messages are shown: a view and its options. */
export interface ShownAs {
  readonly encoding: ViewId
  readonly options: CodecOptions
}

/** How messages are written, and shown: an encoding and its options. */
export interface Notation extends ShownAs {
  readonly encoding: EncodingId
}

/** If the notation is also JSON, writes it without white space, as other JSON here. */
function compact(line: string): string {
  try {
    return minifyJson(line)
  } catch (thrown) {
    if (thrown instanceof CodecError) return line
    throw thrown
  }
}

/** On one line: line breaks between its tokens could otherwise be mistaken for output lines of our own. */
function showAs({ encoding, options }: ShownAs, bytes: Frame): string {
  const { decode, line } = viewOf(encoding)
  // Line breaks are only between documents: within them they are escaped.
  if (encoding === 'json') return escapeHidden(minifyJson(decode(bytes)).trimEnd().replaceAll('\n', ' '))
  if (line) return escapeHidden(compact(line(bytes, Number.MAX_SAFE_INTEGER, options) ?? asHex(bytes)))
  // An empty frame would be invisible.
  return bytes.byteLength === 0 ? asHex(bytes) : decode(bytes)
}

/**
 * One frame on one line. Text is always quoted and hex always `h'…'`, so neither can be mistaken for the other. Bytes
 * that the encoding cannot show are hex.
 */
export function showFrame(notation: ShownAs, bytes: Frame): string {
  const { encoding } = notation
  if (encoding === 'text') {
    const text = decodeUtf8(bytes)
    return text === undefined ? asHex(bytes) : quote(text)
  }
  if (encoding === 'hex') return asHex(bytes)
  try {
    return showAs(notation, bytes)
  } catch (thrown) {
    if (thrown instanceof CodecError) return asHex(bytes)
    throw thrown
  }
}

/** A message on one line, its frames separated by spaces. */
export const showFrames = (notation: ShownAs, frames: readonly Frame[]): string =>
  frames.map((frame) => showFrame(notation, frame)).join(' ')

/** Why the encoding cannot show these bytes, so that they are shown as hex; null when it can. */
export function whyHex({ encoding, options }: ShownAs, bytes: Frame): string | null {
  const { read, decode, label } = viewOf(encoding)
  try {
    const fault = read?.(bytes, options).fault
    if (fault) return `not ${label}: ${escapeHidden(fault.message)}`
    if (!read) decode(bytes)
    return null
  } catch (thrown) {
    if (thrown instanceof CodecError) return `not ${label}: ${escapeHidden(thrown.message)}`
    throw thrown
  }
}
