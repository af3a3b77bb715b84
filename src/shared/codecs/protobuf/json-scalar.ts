import { decodeUtf8 } from '../../utf8.ts'
import { base64 } from '../base64.ts'
import { CodecError } from '../codec.ts'
import type { Place } from './fit.ts'
import { numberText, readNumber } from './numbers.ts'
import type { FieldType, ProtobufSchema } from './schema.ts'
import { nullValue } from './well-known.ts'

/** Integers that JSON numbers could distort, and which are therefore strings. */
const quotedTypes: ReadonlySet<string> = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64'])

/** The type of a value, with the name of its enum. */
export interface ScalarKind {
  readonly type: FieldType
  readonly typeName: string | null
}

/** The JSON of a non-message value. Throws `CodecError` when JSON cannot express it. */
export function scalarJson(bytes: Uint8Array, schema: ProtobufSchema, kind: ScalarKind, place: Place): string {
  const { contentStart, contentEnd } = place
  if (kind.type === 'bytes') return `"${base64.decode(bytes.subarray(contentStart, contentEnd))}"`
  if (kind.type === 'string') {
    const text = decodeUtf8(bytes.subarray(contentStart, contentEnd))
    if (text === undefined) throw failed('A string that is not UTF-8', contentStart, contentEnd)
    return JSON.stringify(text)
  }
  const value = readNumber(bytes, place, kind.type)
  if (kind.type === 'enum') {
    if (kind.typeName === nullValue) return 'null'
    const name = enumName(schema, kind.typeName, value)
    return name === undefined ? String(value) : JSON.stringify(name)
  }
  const text = numberText(value, kind.type)
  return quotedTypes.has(kind.type) || /^-?[NI]/.test(text) ? `"${text}"` : text
}

/** The name of an enum number; the first when there are several. */
export function enumName(schema: ProtobufSchema, typeName: string | null, value: unknown): string | undefined {
  const values = schema.enums[typeName ?? '']?.values
  return values?.find(({ number }) => BigInt(number) === value)?.name
}

export function failed(message: string, start: number, end: number): CodecError {
  return new CodecError('decode-failed', message, start, end - start)
}
