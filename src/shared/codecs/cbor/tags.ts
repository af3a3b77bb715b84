import { instantText } from '../wire/instant.ts'
import type { WireContent, WireValue } from '../wire/value.ts'
import { bignumOf } from './bignum.ts'

/** As many bytes as the longest integer that can be typed takes. */
const maximumBignumBytes = 997

/** The tags people meet most, from the IANA registry. */
const names: ReadonlyMap<number, string> = new Map([
  [0, 'date and time'],
  [1, 'time since 1970'],
  [2, 'bignum'],
  [3, 'negative bignum'],
  [4, 'decimal fraction'],
  [5, 'bigfloat'],
  [24, 'encoded CBOR'],
  [32, 'URI'],
  [37, 'UUID'],
  [258, 'set'],
  [55799, 'self-described CBOR'],
])

/** What a tag makes of the item it stands before. */
export function tagged(tag: number | bigint, inner: WireValue): { type: string; content: WireContent } {
  const digits = tag.toString()
  const name = names.get(Number(tag))
  const integer = bignum(Number(tag), inner)
  const meaning = integer ?? time(Number(tag), inner)
  return {
    type: name === undefined ? `tag ${digits}` : `tag ${digits} (${name})`,
    content: {
      kind: 'tagged',
      tag: digits,
      inner,
      ...(meaning === undefined ? {} : { meaning }),
      ...(integer === undefined ? {} : { json: integer }),
    },
  }
}

/** The integer which tag 2 or 3 makes of a byte string, in digits; undefined when it is none, or too long to write out. */
function bignum(tag: number, { type, content }: WireValue): string | undefined {
  if ((tag !== 2 && tag !== 3) || content.kind !== 'bytes' || !type.startsWith('byte string')) return undefined
  if (content.bytes.length > maximumBignumBytes) return undefined
  const magnitude = bignumOf(content.bytes)
  return (tag === 2 ? magnitude : -1n - magnitude).toString()
}

/** The time which tag 1 makes of a number of seconds. */
function time(tag: number, { content }: WireValue): string | undefined {
  if (tag !== 1 || content.kind !== 'scalar') return undefined
  const seconds = Number(content.json)
  if (!Number.isFinite(seconds)) return undefined
  // A float of seconds is good to about a microsecond in this century; more digits would be noise.
  const whole = Math.floor(seconds)
  const microseconds = Math.min(999_999, Math.round((seconds - whole) * 1e6))
  return instantText(BigInt(whole), microseconds * 1000)
}
