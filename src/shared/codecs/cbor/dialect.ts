import type { Dialect } from '../notation/dialect.ts'
import { maximumDigits } from '../notation/numbers.ts'
import { allWidths, floatOfWidth, misfit, widthOfSuffix } from '../notation/suffixes.ts'
import { shortestFloat } from '../wire/floats.ts'
import { announcedSize, indicators, type Width, type WireValue } from '../wire/value.ts'
import { bignumOf, integerOfBignum, isPlainBignum } from './bignum.ts'
import { shortestWidth } from './head.ts'
import { sizeOfAll } from './write.ts'

const floatWidths = { _1: 2, _2: 4, _3: 8 } as const
const beyond64Bits = 1n << 64n

/** CBOR in the diagnostic notation of RFC 8949, section 8. No suffix means preferred serialisation. */
export const cborDialect: Dialect = {
  label: 'CBOR',
  refusals: {
    ext: "CBOR has no extension types: write a tag, such as 1000(h'00')",
  },

  integer(value, suffix, { start, end }) {
    const argument = argumentOf(value)
    if (suffix === undefined && argument >= beyond64Bits) return bignumOf(BigInt(value), start, end)
    const width = widthOf(argument, suffix)
    return typeof width === 'string' ? width : { kind: 'integer', value, width, signed: false, start, end }
  },

  float(value, suffix, { start, end }) {
    const width = suffix === undefined ? shortestFloat(value) : widthOfSuffix(suffix, floatWidths)
    if (typeof width === 'string') return width
    const rounded = floatOfWidth(value, width)
    return typeof rounded === 'string' ? rounded : { kind: 'float', value: rounded, width, start, end }
  },

  timestamp: () => 'does not exist in CBOR: write 0("2024-02-29T12:34:56Z") or 1(1709210096)',

  width: (_kind, size, suffix) => widthOf(size, suffix),

  embedded(items, suffix, { start, end }) {
    const length = sizeOfAll(items)
    const width = widthOf(length, suffix)
    return typeof width === 'string' ? width : { kind: 'embedded', items, length, width, start, end }
  },

  suffixOf,

  ownNotation(value) {
    if (value.kind !== 'tag' || !isPlainBignum(value)) return undefined
    const digits = integerOfBignum(value)?.toString()
    return digits !== undefined && digits.length <= maximumDigits ? digits : undefined
  },
}

/** CBOR encodes a negative integer n as -1 - n. */
function argumentOf(value: number | bigint): number | bigint {
  if (value >= 0) return value
  return typeof value === 'number' ? -1 - value : -1n - value
}

function widthOf(argument: number | bigint, suffix: string | undefined): Width | string {
  const shortest = shortestWidth(argument)
  if (argument >= beyond64Bits) return misfit(8, suffix ?? 'the largest in CBOR')
  if (suffix === undefined) return shortest
  const width = widthOfSuffix(suffix, allWidths)
  return typeof width === 'string' || width >= shortest ? width : misfit(width, suffix)
}

function suffixOf(value: WireValue): string {
  switch (value.kind) {
    case 'integer':
      return suffix(value.width, argumentOf(value.value))
    case 'float':
      return value.bits !== undefined || value.width === shortestFloat(value.value) ? '' : indicators[value.width]
    case 'text':
      return suffix(value.width, value.size)
    case 'bytes':
      return suffix(value.width, value.bytes.length)
    case 'array':
    case 'map':
      return value.width === 'indefinite' ? '_' : suffix(value.width, announcedSize(value))
    case 'tag':
      return suffix(value.width, value.tag)
    case 'embedded':
      return suffix(value.width, value.length)
    default:
      return ''
  }
}

const suffix = (width: Width, argument: number | bigint): string =>
  width === shortestWidth(argument) ? '' : indicators[width]
