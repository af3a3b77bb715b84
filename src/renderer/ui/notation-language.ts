import { StreamLanguage, type StreamParser } from '@codemirror/language'

const tokens: readonly (readonly [RegExp, string | null])[] = [
  [/^#.*/, 'comment'],
  [/^\/[^/]*\//, 'comment'],
  [/^(?:[a-z0-9]*)'(?:[^'\\]|\\.)*'?(?:_[a-z0-9]*)?/, 'string'],
  [/^"(?:[^"\\]|\\.)*"?(?:_[a-z0-9]*)?/, 'string'],
  [/^`[^`]*`?/, 'string'],
  [/^-?(?:Infinity|NaN)(?:_[a-z0-9]*)?/, 'number'],
  [/^-?(?:0[xob])?\d[\w.+-]*/, 'number'],
  [/^(?:true|false|null|undefined)\b/, 'atom'],
  [/^[a-z]\w*/, 'keyword'],
]

/** Enough of the notation to highlight it; the codec checks the rest. */
const parser: StreamParser<unknown> = {
  token(stream) {
    for (const [pattern, style] of tokens) if (stream.match(pattern)) return style
    stream.next()
    return null
  },
}

/** The diagnostic notation of CBOR and MessagePack. */
export const notationLanguage = StreamLanguage.define(parser)
