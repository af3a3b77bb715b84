import { type Codec, CodecError, type CodecOptions, type Span } from './codec.ts'
import { type Converted, convertText } from './convert/convert.ts'
import { canConvertAnyway, lossSentence } from './convert/losses.ts'
import { targets, type ValueEncoding } from './convert/targets.ts'
import { parseJsonDocuments } from './json/parse.ts'
import { isJson } from './protobuf.ts'

/** Why the new encoding can neither keep the bytes nor the value of a text. */
export interface Refusal {
  readonly message: string
  /** What it is about, as UTF-16 indexes into the text; null for all of it. */
  readonly place: Span | null
  /** The text with something else in place of what would be lost; null where nothing sensible can be. */
  readonly anyway: string | null
  /** The same bytes in the new encoding; null when they are not valid in it. */
  readonly reinterpreted: string | null
}

/** The text in another encoding, and what it has in common with the text before: bytes, value, or only its characters. */
export type Switched =
  | { readonly kept: 'bytes'; readonly text: string }
  /** `reinterpreted`: the bytes that it had before, in the new encoding; null when they are not valid in it. */
  | { readonly kept: 'value'; readonly text: string; readonly reinterpreted: string | null }
  /** Without a refusal there is nothing to say but what the encoding itself finds wrong with the text. */
  | { readonly kept: 'text'; readonly text: string; readonly refusal: Refusal | null }

/** A text that denotes values, in the encoding whose rules it follows. */
interface ValueText {
  readonly text: string
  readonly encoding: ValueEncoding
}

/**
 * Changes the encoding of a text. Between JSON, MessagePack, CBOR and Protobuf of a known type the value stays, as long
 * as nothing of it is lost. Otherwise the bytes stay, where they are valid in the new encoding; text that is not may be
 * read as it is written. What cannot be changed so remains as typed.
 */
export function switchEncoding(text: string, from: Codec, to: Codec, options: CodecOptions = {}): Switched {
  if (text === '' || from === to) return { kept: 'bytes', text }
  const bytes = attempt(() => from.encode(text, options))
  if (bytes instanceof CodecError) return unchanged(text)
  const values = valuesIn(text, bytes, from, options)
  if (values && to.id === 'protobuf' && options.message === undefined) {
    // It waits for its type, as JSON if it can be.
    const json = attempt(() => convert(values, 'json'))
    return unchanged(json instanceof CodecError || json.losses.size > 0 ? text : json.text)
  }
  const target = targetOf(to)
  return values && target
    ? keepValue(text, bytes, values, target, to, options)
    : keepBytes(text, bytes, from, to, options)
}

const unchanged = (text: string): Switched => ({ kept: 'text', text, refusal: null })

function keepValue(
  text: string,
  bytes: Uint8Array,
  values: ValueText,
  target: ValueEncoding,
  to: Codec,
  options: CodecOptions,
): Switched {
  const made = attempt(() => convert(values, target))
  // Too deep to be laid out.
  if (made instanceof CodecError) return unchanged(text)
  const { text: converted, losses } = made
  const reinterpreted = () => shownExactly(to, bytes, options)
  const [lost] = losses.values()
  if (lost) {
    return {
      kept: 'text',
      text,
      refusal: {
        message: lossSentence(losses, targets[target].label),
        place: values.text === text ? lost : null,
        anyway: canConvertAnyway(losses) ? converted : null,
        reinterpreted: reinterpreted(),
      },
    }
  }
  const encoded = attempt(() => to.encode(converted, options))
  // A Protobuf type need not have a place for the value.
  if (encoded instanceof CodecError) return unchanged(converted)
  if (isSame(encoded, bytes)) return { kept: 'bytes', text: converted }
  return { kept: 'value', text: converted, reinterpreted: reinterpreted() }
}

function keepBytes(text: string, bytes: Uint8Array, from: Codec, to: Codec, options: CodecOptions): Switched {
  const shown = attempt(() => showExactly(to, bytes, options))
  if (!(shown instanceof CodecError)) return { kept: 'bytes', text: shown }
  if (from.id === 'text' && to.hasTree) {
    const written = documentsIn(text, to)
    const encoded = attempt(() => to.encode(written, options))
    return encoded instanceof CodecError ? unchanged(text) : { kept: 'value', text: written, reinterpreted: null }
  }
  const message = `These bytes are not valid ${to.label}. Your text is unchanged. ${shown.message}.`
  return { kept: 'text', text, refusal: { message, place: null, anyway: null, reinterpreted: null } }
}

/** Several JSON documents as the encoding writes them: strings on lines of their own would be one string in it. */
function documentsIn(text: string, to: Codec): string {
  const target = targetOf(to)
  const documents = target && attempt(() => parseJsonDocuments(text))
  return documents && !(documents instanceof CodecError) && documents.length > 1
    ? convert({ text, encoding: 'json' }, target).text
    : text
}

/** The text as values that can be converted; null for an encoding that denotes only bytes. */
function valuesIn(text: string, bytes: Uint8Array, from: Codec, options: CodecOptions): ValueText | null {
  if (from.id !== 'protobuf') {
    const encoding = targetOf(from)
    return encoding && { text, encoding }
  }
  if (options.message === undefined) return null
  if (isJson(text)) return { text, encoding: 'json' }
  // Fields in wire notation may be a message that JSON can express.
  const json = from.decode(bytes, options)
  return isJson(json) ? { text: json, encoding: 'json' } : null
}

/** Which values the encoding's text denotes: Protobuf of a known type is written as JSON. */
function targetOf({ id }: Codec): ValueEncoding | null {
  if (id === 'protobuf') return 'json'
  return id === 'json' || id === 'messagepack' || id === 'cbor' ? id : null
}

const convert = ({ text, encoding }: ValueText, to: ValueEncoding): Converted =>
  encoding === to ? { text, losses: new Map() } : convertText(text, encoding, to)

/** The bytes as text; null when they are not valid. */
function shownExactly(codec: Codec, bytes: Uint8Array, options: CodecOptions): string | null {
  const shown = attempt(() => showExactly(codec, bytes, options))
  return shown instanceof CodecError ? null : shown
}

/** The bytes as text, verified to encode to the same bytes. */
function showExactly(codec: Codec, bytes: Uint8Array, options: CodecOptions): string {
  const shown = codec.decode(bytes, options)
  if (isSame(codec.encode(shown, options), bytes)) return shown
  throw new CodecError('decode-failed', 'Its text would encode to different bytes', 0, bytes.length)
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])

/** The result, or the codec's error as a value; other exceptions propagate. */
function attempt<T>(operation: () => T): T | CodecError {
  try {
    return operation()
  } catch (error) {
    if (error instanceof CodecError) return error
    throw error
  }
}
