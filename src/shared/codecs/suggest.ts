import type { LayerId } from '../layers/layer.ts'
import { decodeUtf8 } from '../utf8.ts'
import { CodecError, type EncodingId } from './codec.ts'
import { parseJson } from './json/parse.ts'

/** Beyond this size a frame is not parsed just to find out what it could be. */
export const maximumParsedBytes = 1024 * 1024

/** Controls other than tab and line break, and the two code points that are never characters in text. */
const notText = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u

/** Something that a frame could be: an encoding, or a form of compression around something else. */
export interface Suggestion {
  readonly what: { readonly encoding: EncodingId } | { readonly layer: LayerId }
  /** Why, in a sentence without its stop. */
  readonly reason: string
  /** Whether it can be nothing else that is more likely: only such a view is chosen without asking. */
  readonly certain: boolean
}

/**
 * The view to show bytes in when nobody has chosen one. Says only what is certain: JSON for a whole
 * object or array, text for printable UTF-8, and hex for all else.
 */
export function suggestView(bytes: Uint8Array): EncodingId {
  const certain = suggestText(bytes).find((suggestion) => suggestion.certain)
  return certain && 'encoding' in certain.what ? certain.what.encoding : 'hex'
}

/** The view to begin with: larger frames are hex until the person chooses, since to look into them takes a while. */
export const usualView = (bytes: Uint8Array): EncodingId =>
  bytes.length > maximumParsedBytes ? 'hex' : suggestView(bytes)

/** What the bytes could be as text, the likeliest first. */
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
  // Anything else that is long cannot be JSON, and need not be parsed to see it.
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
