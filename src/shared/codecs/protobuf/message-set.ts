import { fieldsByNumber } from './fit.ts'
import { type WireField, wireTypes } from './scan.ts'
import type { ProtobufMessage } from './schema.ts'
import { readVarint } from './varint.ts'

/**
 * A MessageSet is a repeated group of two fields, from before there were extensions: the number of the extension, and
 * its message.
 */
export const setItem = { group: 1, typeId: 2, message: 3 } as const

/** The fields of a message. The items of a MessageSet become fields of the extensions that they hold. */
export function fieldsOf(
  bytes: Uint8Array,
  type: ProtobufMessage | undefined,
  fields: readonly WireField[],
): readonly WireField[] {
  return type?.isMessageSet ? fields.map((field) => itemOf(bytes, type, field) ?? field) : fields
}

/** An item as a field of its extension; undefined for anything else than an item as everybody writes it. */
function itemOf(bytes: Uint8Array, type: ProtobufMessage, item: WireField): WireField | undefined {
  const [typeId, message] = item.fields ?? []
  if (item.number !== setItem.group || item.isCut || item.fields?.length !== 2) return undefined
  if (typeId?.number !== setItem.typeId || typeId.wireType !== wireTypes.varint) return undefined
  if (message?.number !== setItem.message || message.wireType !== wireTypes.lengthDelimited) return undefined
  const number = Number(readVarint(bytes, typeId.valueStart, typeId.end)?.value ?? 0n)
  if (!fieldsByNumber(type).has(number)) return undefined
  return { ...message, number, start: item.start, end: item.end }
}
