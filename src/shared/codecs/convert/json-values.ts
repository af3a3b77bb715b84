import { cborDialect } from '../cbor/dialect.ts'
import type { Span } from '../codec.ts'
import { withoutNuls } from '../json/format.ts'
import { parseJsonDocuments } from '../json/parse.ts'
import type { JsonString, JsonValue } from '../json/value.ts'
import { floatOf, integerOf } from '../notation/numbers.ts'
import { simpleFalse, simpleNull, simpleTrue } from '../wire/simple.ts'
import { sizeOfText } from '../wire/text.ts'
import type { WireValue } from '../wire/value.ts'
import { isExactly } from './exact-float.ts'
import type { LossKind } from './losses.ts'

/** Is told what binary formats lack, and where it is in the text. */
type Lose = (kind: LossKind, place: Span) => void

/** The values of JSON text for a binary format. Throws `CodecError` ('encode-failed') at the first fault. */
export function readJsonValues(text: string, lose: Lose): WireValue[] {
  const content = withoutNuls(text)
  const documents = parseJsonDocuments(content)
  if (content !== text) lose('nuls', { start: content.length, end: text.length })
  return documents.map((document) => wireOf(document, lose))
}

function wireOf(value: JsonValue, lose: Lose): WireValue {
  const { start, end } = value
  switch (value.kind) {
    case 'null':
      return { kind: 'simple', value: simpleNull, start, end }
    case 'boolean':
      return { kind: 'simple', value: value.value ? simpleTrue : simpleFalse, start, end }
    case 'string':
      return textOfJson(value, lose)
    case 'number':
      return numberOf(value.source, { start, end }, lose)
    case 'array':
      return { kind: 'array', items: value.items.map((item) => wireOf(item, lose)), width: 0, start, end }
    case 'object': {
      const entries = value.members.map((member) => ({
        key: textOfJson(member.key, lose),
        value: wireOf(member.value, lose),
      }))
      return { kind: 'map', entries, width: 0, start, end }
    }
  }
}

function textOfJson({ value, start, end }: JsonString, lose: Lose): WireValue {
  const size = sizeOfText(value)
  if (size === undefined) lose('surrogates', { start, end })
  return { kind: 'text', content: value, size: size ?? 0, width: 0, start, end }
}

function numberOf(source: string, place: Span, lose: Lose): WireValue {
  // As in the notation, -0 is a float: integers have no negative zero.
  const isInteger = /^-?\d+$/.test(source) && source !== '-0'
  const value = isInteger ? integerOf(source) : floatOf(source)
  if (typeof value === 'string') {
    lose(isInteger ? 'largeIntegers' : 'extremeFloats', place)
    return { kind: 'simple', value: simpleNull, ...place }
  }
  if (!isInteger && !isExactly(source, Number(value))) lose('digits', place)
  const made = isInteger
    ? cborDialect.integer(value, undefined, place)
    : cborDialect.float(Number(value), undefined, place)
  if (typeof made === 'string') throw new Error(`CBOR has every number without a suffix, but ${source} ${made}`)
  return made
}
