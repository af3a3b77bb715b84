import { decodeUtf8 } from '../../utf8.ts'
import type { ExactValue } from '../codec.ts'
import { compactHex } from '../hex.ts'
import type { Place } from './fit.ts'
import { enumName } from './json-scalar.ts'
import { bytesText, numberText, readNumber } from './numbers.ts'
import type { ProtobufField, ProtobufSchema } from './schema.ts'

export interface TypedValue {
  readonly value: string
  readonly exact: ExactValue
  readonly note?: string
}

/** A non-message value, as shown in the tree. */
export function typedValue(bytes: Uint8Array, schema: ProtobufSchema, known: ProtobufField, place: Place): TypedValue {
  if (known.type === 'string' || known.type === 'bytes') {
    const content = bytes.subarray(place.contentStart, place.contentEnd)
    const text = known.type === 'string' ? decodeUtf8(content) : undefined
    if (text !== undefined) return { value: JSON.stringify(text), exact: text }
    const shown = { value: bytesText(content), exact: compactHex(content) }
    return known.type === 'string' ? { ...shown, note: 'invalid UTF-8' } : shown
  }
  const value = readNumber(bytes, place, known.type)
  if (typeof value === 'boolean') return { value: String(value), exact: value }
  if (known.type === 'enum') {
    const name = enumName(schema, known.typeName, value)
    if (name !== undefined) return { value: `${name} (${value})`, exact: name }
    return { value: String(value), exact: String(value), note: 'not a value of this enum' }
  }
  const text = numberText(value, known.type)
  // Floats without a JSON number stay text, as do integers.
  const isDecimal = typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)
  return { value: text, exact: isDecimal ? Number(text) : text }
}

/** The declared type in .proto terms. */
export function declaredType(known: ProtobufField): string {
  if (known.type === 'group') return `group ${known.typeName}`
  return known.typeName ?? known.type
}
