import type { LayerId } from '../layers/layer.ts'
import { isPlain, trailingNuls } from '../plain-text.ts'
import { decodeUtf8 } from '../utf8.ts'
import { CodecError, type ViewId } from './codec.ts'
import { viewFacts } from './facts.ts'
import { parseJsonDocuments } from './json/parse.ts'
import type { JsonValue } from './json/value.ts'
import { otherText } from './other-text.ts'

/** Larger frames are not parsed for suggestions. */
export const maximumParsedBytes = 1024 * 1024

/** What a frame could be: an encoding, or compression around other bytes. */
export interface Suggestion {
  readonly what: { readonly encoding: ViewId } | { readonly layer: LayerId }
  /** The reason, as a sentence without a full stop. */
  readonly reason: string
  /** Whether nothing else is more likely. Only such a view is chosen automatically. */
  readonly certain: boolean
}

/**
 * The view for bytes when nobody has chosen one. Only what is certain: JSON for a complete object or array, text for
 * printable UTF-8, otherwise hex.
 */
export function suggestView(bytes: Uint8Array): ViewId {
  const certain = suggestText(bytes).find((suggestion) => suggestion.certain)
  return certain && 'encoding' in certain.what ? certain.what.encoding : 'hex'
}

/** The initial view: larger frames start as hex, since examining them takes a while. */
export const usualView = (bytes: Uint8Array): ViewId => (bytes.length > maximumParsedBytes ? 'hex' : suggestView(bytes))

/** The encodings of text that a byte order mark tells, with the mark. */
const byteOrderMarks = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const

/** What the bytes could be as text, the most likely first. */
export function suggestText(bytes: Uint8Array): Suggestion[] {
  const nuls = trailingNuls(bytes)
  const text = decodeUtf8(nuls === 0 ? bytes : bytes.subarray(0, bytes.length - nuls))
  if (text === undefined) return suggestMarked(bytes)
  const ending = nuls === 0 ? '' : `, followed by ${nuls === 1 ? 'a NUL' : `${nuls} NULs`} as in C`
  const json = bytes.length <= maximumParsedBytes ? suggestJson(text, ending) : []
  if (!isPlain(text)) return json
  const plain: Suggestion = {
    what: { encoding: 'text' },
    reason: bytes.length === 0 ? 'An empty frame' : `Valid UTF-8 without control characters${ending}`,
    certain: true,
  }
  return json[0]?.certain ? [...json, plain] : [plain, ...json]
}

function suggestMarked(bytes: Uint8Array): Suggestion[] {
  const found = byteOrderMarks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  if (!found || bytes.length % 2 !== 0 || bytes.length === 2) return []
  const { encoding } = found
  try {
    if (!isPlain(otherText(encoding).decode(bytes))) return []
    const reason = `Begins with the byte order mark of ${viewFacts[encoding].label}`
    return [{ what: { encoding }, reason, certain: true }]
  } catch (error) {
    if (error instanceof CodecError) return []
    throw error
  }
}

const isObject = ({ kind }: JsonValue): boolean => kind === 'object'
const isContainer = ({ kind }: JsonValue): boolean => kind === 'object' || kind === 'array'
const lines = (text: string): number => text.trim().split('\n').length

function suggestJson(text: string, ending: string): Suggestion[] {
  // Anything else of this length cannot be JSON and need not be parsed.
  if (!/^[ \t\r\n]*[{["\dtfn-]/.test(text)) return []
  try {
    const documents = parseJsonDocuments(text)
    const [{ kind }, second] = documents
    const certain = documents.every(isContainer) && (documents.every(isObject) || lines(text) >= documents.length)
    if (second && !certain) return []
    const what = second ? `${documents.length} complete JSON documents` : `a complete JSON ${kind}`
    const reason = certain ? `Valid UTF-8 and ${what}${ending}` : `Could be a JSON ${kind} by itself`
    return [{ what: { encoding: 'json' }, reason, certain }]
  } catch (error) {
    if (error instanceof CodecError) return []
    throw error
  }
}
