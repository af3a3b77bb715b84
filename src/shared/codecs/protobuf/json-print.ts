import { fieldsByNumber, mapOf, type Place, valuesIn } from './fit.ts'
import { failed, scalarJson } from './json-scalar.ts'
import { fieldsOf } from './message-set.ts'
import { notationOf } from './notation.ts'
import { scanFields, type WireField } from './scan.ts'
import type { MessageType, ProtobufField, ProtobufMessage, ProtobufSchema } from './schema.ts'
import { wellKnownOf } from './well-known.ts'
import { anyParts, plainText, setKind } from './well-known-print.ts'

/** The member that holds the fields unknown to the type, in wire notation. */
export const unknownKey = '@unknown'

/**
 * The message as Protobuf's JSON, without white space. Throws `CodecError` when JSON cannot express it. What JSON has
 * no place for, such as the order of fields, is lost. Of a text longer than `maximumCharacters` only the start is
 * produced.
 */
export function printJson(
  bytes: Uint8Array,
  { schema, name }: MessageType,
  maximumCharacters = Number.POSITIVE_INFINITY,
): string {
  const printer = new JsonPrinter(bytes, schema, maximumCharacters)
  printer.message(name, 0, bytes.length, 0)
  return printer.text()
}

class JsonPrinter {
  readonly #bytes: Uint8Array
  readonly #schema: ProtobufSchema
  readonly #maximum: number
  readonly #pieces: string[] = []
  #length = 0

  constructor(bytes: Uint8Array, schema: ProtobufSchema, maximum: number) {
    this.#bytes = bytes
    this.#schema = schema
    this.#maximum = maximum
  }

  text(): string {
    return this.#pieces.join('')
  }

  message(name: string, start: number, end: number, depth: number, isInAny = false): void {
    const type = this.#schema.messages[name]
    if (type === undefined) throw failed(`The schema has no message ${name}`, start, end)
    const { fields, fault } = scanFields(this.#bytes, start, end, depth)
    if (fault !== undefined) throw failed(fault.message, fault.offset, fault.offset + fault.length)
    const known = wellKnownOf(name)
    if (known === undefined) {
      this.#put(isInAny ? '' : '{')
      this.#members(type, fieldsOf(this.#bytes, type, fields), depth, isInAny)
      this.#put(isInAny ? '' : '}')
      return
    }
    if (isInAny) this.#put(',"value":')
    if (known === 'any') {
      this.#any(type, fields, depth)
    } else if (known === 'struct' || known === 'list') {
      const field = type.fields.find(({ number }) => number === 1)
      if (field === undefined || fields.some(({ number }) => number !== 1)) throw failed(`Not a ${name}`, start, end)
      this.#repeated(field, fields, depth)
    } else if (known === 'value') {
      const { field, place } = setKind(this.#bytes, type, fields, start, end)
      this.#value(field, place, depth)
    } else {
      this.#put(plainText(this.#bytes, name, fields, start, end))
    }
  }

  #members(type: ProtobufMessage, fields: readonly WireField[], depth: number, hasMembers: boolean): void {
    let separator = hasMembers ? ',' : ''
    const { known, unknown } = sortFields(this.#bytes, type, fields)
    for (const field of type.fields) {
      const occurrences = known.get(field)
      const last = occurrences?.at(-1)
      if (occurrences === undefined || last === undefined) continue
      if (this.#isFull()) return
      this.#put(`${separator}${JSON.stringify(field.jsonName)}:`)
      separator = ','
      if (field.label === 'repeated') this.#repeated(field, occurrences, depth)
      else this.#value(field, last, depth)
    }
    if (unknown.length === 0) return
    this.#put(`${separator}"${unknownKey}":`)
    const notation = { isCompact: true, maximumCharacters: this.#maximum }
    this.#put(JSON.stringify(notationOf(this.#bytes, unknown, notation)))
  }

  #repeated(field: ProtobufField, occurrences: readonly WireField[], depth: number): void {
    const map = mapOf(this.#schema, field)
    let separator = map ? '{' : '['
    for (const occurrence of occurrences) {
      for (const place of valuesIn(this.#bytes, field, occurrence) ?? []) {
        if (this.#isFull()) return
        this.#put(separator)
        separator = ','
        if (map) this.#entry(map, place, depth)
        else this.#value(field, place, depth)
      }
    }
    if (separator !== ',') this.#put(separator)
    this.#put(map ? '}' : ']')
  }

  #entry(map: NonNullable<ReturnType<typeof mapOf>>, place: Place, depth: number): void {
    const { contentStart: start, contentEnd: end } = place
    const { fields, fault } = scanFields(this.#bytes, start, end, depth + 1)
    if (fault !== undefined) throw failed(fault.message, start, end)
    const { known } = sortFields(this.#bytes, map.entry, fields)
    const [key, value] = [known.get(map.key)?.at(-1), known.get(map.value)?.at(-1)]
    // Readers use a default for a missing part, so the text would not reproduce the bytes.
    if (key === undefined || value === undefined) throw failed('A map entry without a key or value', start, end)
    const keyText = scalarJson(this.#bytes, this.#schema, map.key, key)
    this.#put(`${keyText.startsWith('"') ? keyText : `"${keyText}"`}:`)
    this.#value(map.value, value, depth + 1)
  }

  #value(field: ProtobufField, place: Place, depth: number): void {
    if (field.type === 'message' || field.type === 'group') {
      this.message(field.typeName ?? '', place.contentStart, place.contentEnd, depth + 1)
    } else {
      this.#put(scalarJson(this.#bytes, this.#schema, field, place))
    }
  }

  #any(type: ProtobufMessage, fields: readonly WireField[], depth: number): void {
    const parts = anyParts(this.#bytes, this.#schema, fields)
    if (parts === undefined) {
      this.#put('{')
      this.#members(type, fields, depth, false)
      this.#put('}')
      return
    }
    this.#put(`{"@type":${JSON.stringify(parts.url)}`)
    this.message(parts.name, parts.start, parts.end, depth + 1, true)
    this.#put('}')
  }

  #isFull(): boolean {
    return this.#length > this.#maximum
  }

  #put(piece: string): void {
    this.#length += piece.length
    this.#pieces.push(piece)
  }
}

/** Sorts fields by declaration; those unknown to the type, or encoded as another type, are unknown fields. */
function sortFields(bytes: Uint8Array, type: ProtobufMessage, fields: readonly WireField[]) {
  const byNumber = fieldsByNumber(type)
  const known = new Map<ProtobufField, WireField[]>()
  const unknown: WireField[] = []
  for (const field of fields) {
    const declared = byNumber.get(field.number)
    if (declared === undefined || valuesIn(bytes, declared, field) === undefined) {
      unknown.push(field)
    } else {
      const occurrences = known.get(declared)
      if (occurrences === undefined) known.set(declared, [field])
      else occurrences.push(field)
    }
  }
  return { known, unknown }
}
