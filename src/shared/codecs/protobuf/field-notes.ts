import { valuesIn } from './fit.ts'
import type { WireField } from './scan.ts'
import { wireTypes } from './scan.ts'
import type { ProtobufField, ProtobufMessage } from './schema.ts'
import { declaredType } from './typed-value.ts'
import { excessBytes, readVarint } from './varint.ts'
import { wireTypeText } from './wire-readings.ts'

/** Notes on the fields of one message, in order. */
export class FieldNotes {
  readonly #bytes: Uint8Array
  readonly #left = new Map<ProtobufField, number>()
  readonly #seen = new Set<ProtobufField>()
  readonly #oneofs = new Map<string, ProtobufField>()

  constructor(
    bytes: Uint8Array,
    fields: readonly WireField[],
    fieldOf: (field: WireField) => ProtobufField | undefined,
  ) {
    this.#bytes = bytes
    for (const field of fields) {
      const known = fieldOf(field)
      if (known !== undefined) this.#left.set(known, (this.#left.get(known) ?? 0) + 1)
    }
  }

  /** Notes on a field of the declared type. */
  ofKnown(known: ProtobufField): string[] {
    const notes: string[] = []
    const left = (this.#left.get(known) ?? 0) - 1
    this.#left.set(known, left)
    const isMessage = known.type === 'message' || known.type === 'group'
    if (known.label !== 'repeated') {
      if (isMessage && (left > 0 || this.#seen.has(known))) notes.push('merged with the others')
      if (!isMessage && left > 0) notes.push('the last one counts')
    }
    this.#seen.add(known)
    if (known.oneof !== null) {
      const other = this.#oneofs.get(known.oneof)
      if (other !== undefined && other !== known) {
        notes.push(`replaces '${other.name}': only one of ${known.oneof} can be set`)
      }
      this.#oneofs.set(known.oneof, known)
    }
    return notes
  }

  /** Notes on a field that the type does not have, or declares differently. */
  ofUnknown(declared: ProtobufField | undefined, field: WireField): string[] {
    if (field.isCut) return []
    if (declared === undefined) return ['unknown field']
    const written = wireTypeText(this.#bytes, field)
    return [`unknown field: ${declaredType(declared)} is not written as ${written}`]
  }

  /** Notes on the encoding of any field. */
  ofWriting(field: WireField): string[] {
    const notes: string[] = []
    if (excessBytes(this.#bytes, { start: field.start, end: field.valueStart }) > 0)
      notes.push('tag longer than needed')
    if (field.isCut) return [...notes, 'cut short']
    if (field.wireType === wireTypes.lengthDelimited) {
      const length = { start: field.valueStart, end: field.contentStart }
      if (excessBytes(this.#bytes, length) > 0) notes.push('length longer than needed')
    } else if (field.wireType === wireTypes.group) {
      const endTag = { start: field.contentEnd, end: field.end }
      if (excessBytes(this.#bytes, endTag) > 0) notes.push('end tag longer than needed')
    } else if (field.wireType === wireTypes.varint && readVarint(this.#bytes, field.valueStart, field.end)?.overflows) {
      notes.push('bits beyond the 64th are dropped')
    }
    return notes
  }
}

/** Lists the required fields that are missing; undefined when none is. */
export function missingFields(
  bytes: Uint8Array,
  type: ProtobufMessage | undefined,
  fields: readonly WireField[],
): string | undefined {
  const required = type?.fields.filter(({ label }) => label === 'required') ?? []
  const missing = required.filter(
    (known) => !fields.some((field) => field.number === known.number && valuesIn(bytes, known, field) !== undefined),
  )
  return missing.length === 0 ? undefined : `missing: ${missing.map(({ name }) => name).join(', ')}`
}
