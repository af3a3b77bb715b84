import { compactHex } from '../hex.ts'
import type { Dialect, SizedKind } from '../notation/dialect.ts'
import { floatOfWidth, misfit, widthOfSuffix } from '../notation/suffixes.ts'
import { shorten } from '../notation/words.ts'
import { parseInstant } from '../wire/instant.ts'
import { announcedSize, indicators, type Width, type WireExtension, type WireValue } from '../wire/value.ts'
import { fitsForm, type IntegerForm, type Sized, shortestInteger, shortestSize } from './forms.ts'
import { timestampOf, timestampText, timestampType } from './timestamp.ts'

const floatWidths = { _2: 4, _3: 8 } as const
const stringWidths = { _0: 1, _1: 2, _2: 4 } as const
const containerWidths = { _1: 2, _2: 4 } as const

const integerForms: ReadonlyMap<string, IntegerForm> = new Map(
  ([1, 2, 4, 8] as const).flatMap((width): [string, IntegerForm][] => [
    [`_u${width * 8}`, { width, signed: false }],
    [`_i${width * 8}`, { width, signed: true }],
  ]),
)

/** MessagePack in CBOR's notation. No suffix means the shortest form, and 64 bits for floats. */
export const messagePackDialect: Dialect = {
  label: 'MessagePack',
  refusals: {
    tag: "MessagePack has no tags: write an extension, such as ext(1, h'00')",
    undefined: 'MessagePack has no undefined: write null',
    simple: 'MessagePack has no simple values besides true, false and null',
    indefinite: 'MessagePack has no indefinite lengths',
  },

  integer(value, suffix, { start, end }) {
    const form = suffix === undefined ? shortestInteger(value) : integerForms.get(suffix)
    if (form !== undefined && (suffix === undefined || fitsForm(value, form))) {
      return { kind: 'integer', value, width: form.width, signed: form.signed, start, end }
    }
    if (suffix === undefined) return 'does not fit in 64 bits'
    if (form === undefined)
      return `cannot have the suffix ${shorten(suffix)}: write _u8 to _u64 or _i8 to _i64, or none`
    return `does not fit in ${form.signed ? 'a signed' : 'an unsigned'} integer of ${form.width * 8} bits (${suffix})`
  },

  float(value, suffix, { start, end }) {
    const width = suffix === undefined ? 8 : widthOfSuffix(suffix, floatWidths)
    if (typeof width === 'string') return width
    const rounded = floatOfWidth(value, width)
    return typeof rounded === 'string' ? rounded : { kind: 'float', value: rounded, width, start, end }
  },

  timestamp: (instant, { start, end }) => ({ ...timestampOf(instant), start, end }),

  width(kind, size, suffix) {
    if (kind === 'tag') return 'does not exist in MessagePack'
    if (suffix === undefined)
      return size < 2 ** 32 ? shortestSize(kind, Number(size)) : misfit(4, 'the largest in MessagePack')
    const width = widthOfSuffix(suffix, kind === 'array' || kind === 'map' ? containerWidths : stringWidths)
    return typeof width === 'string' || size < 2 ** (width * 8) ? width : misfit(width, suffix)
  },

  embedded: () => 'is encoded CBOR, which MessagePack does not have',

  suffixOf,

  ownNotation: (value) => (value.kind === 'extension' ? timestampNotation(value) : undefined),
}

function suffixOf(value: WireValue): string {
  switch (value.kind) {
    case 'integer': {
      const { width, signed } = value
      const shortest = shortestInteger(value.value)
      if (width === 0 || (shortest?.width === width && shortest.signed === signed)) return ''
      return `_${signed ? 'i' : 'u'}${width * 8}`
    }
    case 'float':
      return value.width === 8 || value.bits !== undefined ? '' : indicators[value.width]
    case 'text':
      return suffix(value.kind, value.width, value.size)
    case 'bytes':
      return suffix(value.kind, value.width, value.bytes.length)
    case 'extension':
      return suffix(value.kind, value.width, value.bytes.length)
    case 'array':
    case 'map':
      return suffix(value.kind, value.width, Number(announcedSize(value)))
    default:
      return ''
  }
}

function suffix(kind: Sized & SizedKind, width: Width | 'indefinite', size: number): string {
  return width === 'indefinite' || width === shortestSize(kind, size) ? '' : indicators[width]
}

/** A timestamp as its time, if the time alone encodes to the same bytes. */
function timestampNotation({ type, bytes, width }: WireExtension): string | undefined {
  const text = type === timestampType ? timestampText(bytes) : undefined
  const instant = text === undefined ? undefined : parseInstant(text)
  if (instant === undefined) return undefined
  const usual = timestampOf(instant)
  return usual.width === width && compactHex(usual.bytes) === compactHex(bytes) ? `timestamp('${text}')` : undefined
}
