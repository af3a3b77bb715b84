import { instantText, parseInstant } from '../wire/instant.ts'
import { simpleFalse, simpleNull, simpleTrue, simpleUndefined } from '../wire/simple.ts'
import { textOf } from '../wire/text.ts'
import { announcedSize, type Width, type WireTag, type WireValue } from '../wire/value.ts'
import { integerOfBignum } from './bignum.ts'
import { shortestWidth } from './head.ts'
import { tagType } from './registry.ts'
import { internetAddress, networkAddress, networkPrefix, uuid } from './tagged-bytes.ts'
import { bigfloat, dayOf, decimalFraction, rational } from './tagged-numbers.ts'
import { typedArray } from './typed-arrays.ts'

/** The type of a value in CBOR's terms, with its width when a shorter one would do. */
export function cborType(value: WireValue): string {
  switch (value.kind) {
    case 'integer': {
      const { value: integer, width } = value
      return `integer${inBytes(width, integer < 0 ? -1n - BigInt(integer) : integer)}`
    }
    case 'float':
      return `float ${value.width * 8}`
    case 'simple':
      return simpleType(value.value)
    case 'text':
      return `text string${withHead('length', value.width, value.size)}`
    case 'bytes':
      return `byte string${withHead('length', value.width, value.bytes.length)}`
    case 'chunks':
      return `${value.of === 'text' ? 'text' : 'byte'} string (indefinite length)`
    case 'array':
      return `array${withHead('count', value.width, announcedSize(value))}`
    case 'map':
      return `map${withHead('count', value.width, announcedSize(value))}`
    case 'tag':
      return `${tagType(value.tag)}${inBytes(value.width, value.tag)}`
    case 'embedded':
      return `byte string${withHead('length', value.width, value.length)}`
    case 'extension':
    case 'unread':
      return value.kind
  }
}

function simpleType(value: number): string {
  if (value === simpleFalse || value === simpleTrue) return 'boolean'
  if (value === simpleNull) return 'null'
  return value === simpleUndefined ? 'undefined' : 'simple value'
}

/** ` in 4 bytes` when a number takes more bytes than it needs. */
function inBytes(width: Width, argument: number | bigint): string {
  return width === shortestWidth(argument) ? '' : ` in ${width} ${width === 1 ? 'byte' : 'bytes'}`
}

function withHead(number: string, width: Width | 'indefinite', argument: number | bigint): string {
  if (width === 'indefinite') return ' (indefinite length)'
  const excess = inBytes(width, argument)
  return excess === '' ? '' : ` (${number}${excess})`
}

/** What a tag means for its value, if that can be said briefly. */
export function cborMeaning(value: WireTag): string | undefined {
  const integer = integerOfBignum(value)
  if (integer !== undefined) return integer.toString()
  const tag = Number(value.tag)
  return meanings.get(tag)?.(value.inner) ?? typedArray(tag, value.inner)
}

/** By tag. A value of another kind than the tag is for has none. */
const meanings: ReadonlyMap<number, (inner: WireValue) => string | undefined> = new Map([
  [0, writtenTime],
  [1, countedTime],
  [4, decimalFraction],
  [5, bigfloat],
  [30, rational],
  [37, uuid],
  [52, (inner: WireValue) => internetAddress(inner, 4)],
  [54, (inner: WireValue) => internetAddress(inner, 16)],
  [100, dayOf],
  [260, networkAddress],
  [261, networkPrefix],
])

/** The time that tag 0 gives a text. */
function writtenTime(inner: WireValue): string | undefined {
  if (inner.kind !== 'text') return undefined
  const instant = parseInstant(textOf(inner) ?? '')
  return instant && instantText(instant.seconds, instant.nanoseconds)
}

/** The time that tag 1 gives a number of seconds. */
function countedTime(inner: WireValue): string | undefined {
  if (inner.kind === 'integer') return instantText(BigInt(inner.value), 0)
  if (inner.kind !== 'float' || !Number.isFinite(inner.value)) return undefined
  // A float of seconds is accurate to about a microsecond in this century; more digits would be noise.
  const whole = Math.floor(inner.value)
  const microseconds = Math.min(999_999, Math.round((inner.value - whole) * 1e6))
  return instantText(BigInt(whole), microseconds * 1000)
}
