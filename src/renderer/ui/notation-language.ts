export { notationFolding } from './notation-folding.ts'
export { notationIsolates } from './notation-isolates.ts'

import { StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language'

type Style = 'comment' | 'string' | 'number' | 'atom' | 'keyword'

/** What has begun: its colour, and the rest of its last line with what ends it. */
interface Open {
  readonly style: Style
  /** Whether it ends with its line: text in quotes has no line breaks, so there its closing quote is missing. */
  readonly isLine?: true
  readonly rest: RegExp
}

interface State {
  open: Open | undefined
}

const blockComment: Open = { style: 'comment', rest: /^.*?\*\// }
const comment: Open = { style: 'comment', rest: /^[^/]*\// }
const doubleQuoted: Open = { style: 'string', rest: /^(?:[^"\\]|\\.)*"(?:_\w*)?/, isLine: true }
const prefixed: Open = { style: 'string', rest: /^(?:[^'\\]|\\.)*'(?:_\w*)?/ }
const singleQuoted: Open = { ...prefixed, isLine: true }

/** By what begins them. */
const spans: readonly (readonly [RegExp, (opening: string) => Open])[] = [
  [/^\/\*/, () => blockComment],
  [/^\/(?!\/)/, () => comment],
  [/^"/, () => doubleQuoted],
  [/^'/, () => singleQuoted],
  [/^[a-zA-Z]\w*'/, () => prefixed],
  [/^(?:[a-zA-Z]\w*)?`+/, rawString],
]

/** As many backquotes end a raw string; more of them belong to its end. */
function rawString(opening: string): Open {
  const width = opening.length - opening.indexOf('`')
  return { style: 'string', rest: new RegExp(`^.*?\`{${width},}(?:_\\w*)?`) }
}

const tokens: readonly (readonly [RegExp, Style])[] = [
  [/^(?:#|\/\/).*/, 'comment'],
  [/^-?(?:Infinity|NaN)(?:_\w*)?/, 'number'],
  [/^-?\d(?:[eEpP][+-]|[\w.])*/, 'number'],
  [/^(?:true|false|null|undefined)\b/, 'atom'],
  [/^[a-zA-Z]\w*/, 'keyword'],
]

/** Enough of the notation to highlight it; the codec checks the rest. */
export const notationParser: StreamParser<State> = {
  startState: () => ({ open: undefined }),
  copyState: ({ open }) => ({ open }),
  token(stream, state) {
    state.open ??= opened(stream)
    if (state.open) {
      const { style, rest, isLine } = state.open
      const isClosed = consume(stream, rest) !== undefined
      if (!isClosed) stream.skipToEnd()
      if (isClosed || isLine) state.open = undefined
      return style
    }
    for (const [pattern, style] of tokens) if (consume(stream, pattern) !== undefined) return style
    stream.next()
    return null
  },
}

function opened(stream: StringStream): Open | undefined {
  for (const [opening, open] of spans) {
    const found = consume(stream, opening)
    if (found !== undefined) return open(found)
  }
  return undefined
}

function consume(stream: StringStream, pattern: RegExp): string | undefined {
  const found = stream.match(pattern)
  return found === null || typeof found === 'boolean' ? undefined : found[0]
}

/** The diagnostic notation of CBOR and MessagePack. */
export const notationLanguage = StreamLanguage.define(notationParser)
