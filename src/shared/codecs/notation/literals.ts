import type { CodecError, Span } from '../codec.ts'
import { type Instant, parseInstant } from '../wire/instant.ts'
import type { WireValue } from '../wire/value.ts'
import type { NotationCursor } from './cursor.ts'
import { parseAddress, withoutZeros } from './internet-address.ts'
import { readQuotedText, readRawText } from './quoted.ts'
import { notationFault } from './words.ts'

/** The text between the quotes, and its place. */
interface Content extends Span {
  readonly text: string
}

/** Makes the value of a literal that the cursor is behind; `start` is where its prefix begins. */
type MakeValue = (cursor: NotationCursor, content: Content, start: number) => WireValue

const epochTimeTag = 1
const addressTags: Readonly<Record<number, number>> = { 4: 52, 16: 54 }

/** The literals of draft-ietf-cbor-edn-literals that mean a value by its text. In capitals the value has its tag. */
const literals: ReadonlyMap<string, MakeValue> = new Map<string, MakeValue>([
  ['dt', time],
  ['DT', (cursor, content, start) => tagged(cursor, start, () => [epochTimeTag, time(cursor, content, start)])],
  ['ip', (cursor, content, start) => address(cursor, content, start).value],
  [
    'IP',
    (cursor, content, start) =>
      tagged(cursor, start, () => {
        const { value, size } = address(cursor, content, start)
        return [addressTags[size] ?? 0, value]
      }),
  ],
])

/** Reads the literal at the cursor whose prefix is `name`; undefined when it is none. */
export function readLiteral(cursor: NotationCursor, name: string): WireValue | undefined {
  const { text, offset: start } = cursor
  const quote = start + name.length
  const make = literals.get(name)
  if (!make || (text[quote] !== "'" && text[quote] !== '`')) return undefined
  const written = text[quote] === '`' ? readRawText(text, quote) : readQuotedText(text, quote)
  cursor.offset = written.end
  return make(cursor, { text: written.text, start: quote, end: written.end }, start)
}

/** Seconds since 1970: a float if the time has a fraction, otherwise an integer. */
function time(cursor: NotationCursor, content: Content, start: number): WireValue {
  const instant = parseInstant(content.text)
  if (!instant) throw notATime(content.start, content.end)
  const suffix = cursor.takeSuffix()
  const hasFraction = content.text.includes('.')
  const value = hasFraction
    ? cursor.dialect.float(secondsOf(instant), suffix, cursor.since(start))
    : cursor.dialect.integer(instant.seconds, suffix, cursor.since(start))
  return cursor.made(value, 'This time', start)
}

/** The nearest number to the exact seconds. */
function secondsOf({ seconds, nanoseconds }: Instant): number {
  const total = seconds * 1_000_000_000n + BigInt(nanoseconds)
  return Number(`${total}e-9`)
}

export function notATime(start: number, end: number): CodecError {
  const message = 'Expected a time such as 2024-02-29T12:34:56.789Z, with at most nine fractional digits'
  return notationFault(message, start, end)
}

/** The bytes of an address; of a prefix its length and the bytes without the zeros at their end (RFC 9164). */
function address(cursor: NotationCursor, content: Content, start: number): { value: WireValue; size: number } {
  const parsed = parseAddress(content.text)
  if (typeof parsed === 'string') throw notationFault(parsed, content.start, content.end)
  const { bytes, prefix } = parsed
  if (prefix === undefined) return { value: cursor.byteString(bytes, start), size: bytes.length }
  const length = cursor.made(cursor.dialect.integer(prefix, undefined, cursor.since(start)), 'This prefix', start)
  const items = [length, cursor.byteString(withoutZeros(bytes), start)]
  const width = cursor.width('array', items.length, undefined, 'This prefix', start)
  return { value: { kind: 'array', items, width, ...cursor.since(start) }, size: bytes.length }
}

function tagged(cursor: NotationCursor, start: number, make: () => readonly [number, WireValue]): WireValue {
  cursor.refuse('tag', start, cursor.offset)
  const [tag, inner] = make()
  const width = cursor.width('tag', tag, undefined, 'This tag', start)
  return { kind: 'tag', tag, width, inner, ...cursor.since(start) }
}
