import type { LayerId } from '../layers/layer.ts'
import { decodeUtf8 } from '../utf8.ts'
import { CodecError, type EncodingId } from './codec.ts'
import { parseJson } from './json/parse.ts'

/** Larger frames are not parsed for suggestions. */
export const maximumParsedBytes = 1024 * 1024

/** Control characters other than tab and line breaks, and the two noncharacters U+FFFE and U+FFFF. */
const notText = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u

/** What a frame could be: an encoding, or compression around other bytes. */
export interface Suggestion {
  readonly what: { readonly encoding: EncodingId } | { readonly layer: LayerId }
  /** The reason, as a sentence without a full stop. */
  readonly reason: string
  /** Whether nothing else is more likely. Only such a view is chosen automatically. */
  readonly certain: boolean
}

/**
 * The view for bytes when nobody has chosen one. Only what is certain: JSON for a complete object or array, text for
 * printable UTF-8, otherwise hex.
 */
export function suggestView(bytes: Uint8Array): EncodingId {
  const certain = suggestText(bytes).find((suggestion) => suggestion.certain)
  return certain && 'encoding' in certain.what ? certain.what.encoding : 'hex'
}

/** The initial view: larger frames start as hex, since examining them takes a while. */
export const usualView = (bytes: Uint8Array): EncodingId =>
  bytes.length > maximumParsedBytes ? 'hex' : suggestView(bytes)

/** What the bytes could be as text, the most likely first. */
export function suggestText(bytes: Uint8Array): Suggestion[] {
  const text = decodeUtf8(bytes)
  if (text === undefined) return []
  const json = bytes.length <= maximumParsedBytes ? suggestJson(text) : []
  if (notText.test(text)) return json
  const plain: Suggestion = {
    what: { encoding: 'text' },
    reason: bytes.length === 0 ? 'An empty frame' : 'Valid UTF-8 without control characters',
    certain: true,
  }
  return json[0]?.certain ? [...json, plain] : [plain, ...json]
}

function suggestJson(text: string): Suggestion[] {
  // Anything else of this length cannot be JSON and need not be parsed.
  if (!/^[ \t\r\n]*[{["\dtfn-]/.test(text)) return []
  try {
    const { kind } = parseJson(text)
    const certain = kind === 'array' || kind === 'object'
    const reason = certain ? `Valid UTF-8 and a complete JSON ${kind}` : `Could be a JSON ${kind} by itself`
    return [{ what: { encoding: 'json' }, reason, certain }]
  } catch (error) {
    if (error instanceof CodecError) return []
    throw error
  }
}
