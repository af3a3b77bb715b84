import { CodecError, type CodecOptions, type Reading, type TreeNode } from '../codec.ts'
import { FieldNotes, missingFields } from './field-notes.ts'
import { fieldsByNumber, isPacked, mapOf, type Place, valuesIn } from './fit.ts'
import { printJson } from './json-print.ts'
import { fieldsOf } from './message-set.ts'
import { wireTypeOf } from './numbers.ts'
import { maximumFields, scanFields, type WireFault, type WireField, wireTypes } from './scan.ts'
import type { MessageType, ProtobufField, ProtobufMessage } from './schema.ts'
import { declaredType, typedValue } from './typed-value.ts'
import { wellKnownOf } from './well-known.ts'
import { anyParts } from './well-known-print.ts'
import { contentReadings, numberReadings, wireTypeText } from './wire-readings.ts'

/** A message that has a node, but whose fields are still to be added. */
interface Task {
  readonly fields: readonly WireField[]
  readonly children: TreeNode[]
  readonly type: ProtobufMessage | undefined
  readonly depth: number
}

/** A node without its place in the parent. */
type Body = Pick<TreeNode, 'type' | 'value' | 'exact' | 'children' | 'note'>

/** Larger well-known messages are not decoded to text. */
const maximumWellKnown = 4096
/** Most bytes, over all levels of nesting, that are read as text and numbers in addition to messages. */
const maximumReadings = 2 ** 25

/** The fields of the bytes, in order, each with its place. */
export function readProtobuf(bytes: Uint8Array, { message }: CodecOptions = {}): Reading {
  return new TreeReader(bytes, message).read()
}

/** Uses its own task list, so that no input overflows the call stack. */
class TreeReader {
  readonly #bytes: Uint8Array
  readonly #message: MessageType | undefined
  readonly #tasks: Task[] = []
  #nodes = 0
  #readings = 0
  #fault: WireFault | undefined

  constructor(bytes: Uint8Array, message: MessageType | undefined) {
    this.#bytes = bytes
    this.#message = message
  }

  read(): Reading {
    const end = this.#bytes.length
    const name = this.#message?.name
    const root = { ...this.#messageBody(0, end, name, 0, name ?? 'message'), start: 0, end }
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) this.#fill(task)
    const fault = this.#fault
    return { root, fault: fault && new CodecError('decode-failed', fault.message, fault.offset, fault.length) }
  }

  #messageBody(start: number, end: number, name: string | undefined, depth: number, typeText: string): Body {
    const { fields, fault } = scanFields(this.#bytes, start, end, depth)
    this.#note(fault)
    const wrong = fault && (fault.isCut ? 'cut short' : 'only partly readable')
    return this.#containerBody(fields, name, depth, typeText, this.#wellKnownText(name, start, end), wrong)
  }

  /** The node of a message or group; its children are added later. */
  #containerBody(
    scanned: readonly WireField[],
    name: string | undefined,
    depth: number,
    typeText: string,
    value: string | undefined,
    wrong?: string,
  ): Body {
    const type = name === undefined ? undefined : this.#message?.schema.messages[name]
    const fields = fieldsOf(this.#bytes, type, scanned)
    const children: TreeNode[] = []
    this.#tasks.push({ fields, children, type, depth })
    const notes = [wrong, missingFields(this.#bytes, type, fields)].filter((note) => note !== undefined)
    const shown = value ?? `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`
    return { type: typeText, value: shown, exact: null, children, ...noteOf(notes) }
  }

  #fill({ fields, children, type, depth }: Task): void {
    const schema = this.#message?.schema
    const any = schema && type && wellKnownOf(type.name) === 'any' ? anyParts(this.#bytes, schema, fields) : undefined
    const declaredOf = ({ number }: WireField): ProtobufField | undefined => {
      const declared = type && fieldsByNumber(type).get(number)
      return any && declared && number === 2 ? { ...declared, type: 'message', typeName: any.name } : declared
    }
    const notes = new FieldNotes(this.#bytes, fields, (field) => type && fieldsByNumber(type).get(field.number))
    const counts = new Map<number, number>()
    for (const field of fields) {
      if (this.#isFull(field)) return
      const declared = declaredOf(field)
      const key = { start: field.start, end: field.valueStart }
      const place = { keySpan: key, start: field.valueStart, end: field.end }
      const writing = notes.ofWriting(field)
      if (declared !== undefined && this.#isKnown(declared, field)) {
        const index = counts.get(field.number) ?? 0
        const body = this.#knownBody(declared, field, depth, index)
        counts.set(field.number, index + (isPacked(declared, field) ? (body.children?.length ?? 0) : 1))
        const isOne = declared.label !== 'repeated' || isPacked(declared, field)
        const keyText = isOne ? declared.name : `${declared.name}[${this.#mapKey(declared, field, depth) ?? index}]`
        const all = [...notes.ofKnown(this.#declaredFor(type, declared)), ...writing]
        children.push({ key: keyText, ...place, ...withNotes(body, all) })
      } else {
        const body = this.#unknownBody(field, depth)
        const odd = type ? notes.ofUnknown(declared, field) : []
        children.push({
          key: declared?.name ?? String(field.number),
          ...place,
          ...withNotes(body, [...odd, ...writing]),
        })
      }
    }
  }

  /** The field as declared; the content of an Any is examined as its own type. */
  #declaredFor(type: ProtobufMessage | undefined, field: ProtobufField): ProtobufField {
    return (type && fieldsByNumber(type).get(field.number)) ?? field
  }

  #isKnown(declared: ProtobufField, field: WireField): boolean {
    if (!field.isCut) return valuesIn(this.#bytes, declared, field) !== undefined
    // A truncated message can be read in part; a truncated number cannot.
    return (
      (declared.type === 'group' && field.wireType === wireTypes.group) ||
      (declared.type === 'message' && field.wireType === wireTypes.lengthDelimited)
    )
  }

  #knownBody(declared: ProtobufField, field: WireField, depth: number, index: number): Body {
    const type = `${declaredType(declared)} · ${wireTypeText(this.#bytes, field)}`
    const name = declared.typeName ?? undefined
    if (declared.type === 'group') {
      return this.#containerBody(field.fields ?? [], name, depth + 1, type, undefined)
    }
    if (declared.type === 'message') {
      const isMap = this.#message !== undefined && mapOf(this.#message.schema, declared) !== undefined
      const text = isMap ? 'map entry · length-delimited' : type
      return this.#messageBody(field.contentStart, field.contentEnd, name, depth + 1, text)
    }
    if (isPacked(declared, field)) return this.#packedBody(declared, field, index)
    return this.#scalarBody(declared, field, type)
  }

  #packedBody(declared: ProtobufField, field: WireField, index: number): Body {
    const children: TreeNode[] = []
    for (const place of valuesIn(this.#bytes, declared, field) ?? []) {
      if (this.#isFull(place)) break
      const written = { ...place, wireType: wireTypeOf(declared.type), isCut: false }
      const type = `${declaredType(declared)} · ${wireTypeText(this.#bytes, written)}`
      const key = String(index + children.length)
      children.push({ key, ...this.#scalarBody(declared, place, type), start: place.valueStart, end: place.end })
    }
    const count = `${children.length} ${children.length === 1 ? 'item' : 'items'}`
    return { type: `repeated ${declaredType(declared)} · packed`, value: count, exact: null, children }
  }

  #scalarBody(declared: ProtobufField, place: Place, type: string): Body {
    const schema = this.#message?.schema ?? { messages: {}, enums: {} }
    return { type, ...typedValue(this.#bytes, schema, declared, place) }
  }

  #unknownBody(field: WireField, depth: number): Body {
    const type = wireTypeText(this.#bytes, field)
    if (field.wireType === wireTypes.group) {
      return this.#containerBody(field.fields ?? [], undefined, depth + 1, type, undefined)
    }
    const size = field.contentEnd - field.contentStart
    const sizeText = `${size} ${size === 1 ? 'byte' : 'bytes'}`
    if (field.isCut) return { type, value: sizeText, exact: null }
    if (field.wireType !== wireTypes.lengthDelimited) return { type, ...numberReadings(this.#bytes, field) }
    if (size === 0) return { type, value: sizeText, exact: '' }
    const { contentStart: start, contentEnd: end } = field
    const { fields, fault } = scanFields(this.#bytes, start, end, depth + 1)
    const isMessage = fault === undefined
    this.#readings += size
    const isAffordable = !isMessage || this.#readings <= maximumReadings
    const children = isAffordable ? contentReadings(this.#bytes, field) : []
    this.#nodes += children.length
    if (isMessage) {
      this.#nodes += 1
      const body = this.#containerBody(fields, undefined, depth + 1, 'message', undefined)
      children.push({ key: 'message', ...body, start, end })
    }
    return { type, value: sizeText, exact: null, children }
  }

  /** The key of a map entry, for the name of its node. */
  #mapKey(declared: ProtobufField, field: WireField, depth: number): string | undefined {
    const map = this.#message && mapOf(this.#message.schema, declared)
    if (map === undefined || this.#message === undefined) return undefined
    const { fields } = scanFields(this.#bytes, field.contentStart, field.contentEnd, depth + 1)
    const key = fields.findLast((one) => one.number === 1)
    const [place] = (key && valuesIn(this.#bytes, map.key, key)) ?? []
    return place && typedValue(this.#bytes, this.#message.schema, map.key, place).value
  }

  #wellKnownText(name: string | undefined, start: number, end: number): string | undefined {
    const known = name === undefined ? undefined : wellKnownOf(name)
    if (known === undefined || known === 'any' || name === undefined || this.#message === undefined) return undefined
    if (end - start > maximumWellKnown) return undefined
    try {
      return printJson(this.#bytes.subarray(start, end), { schema: this.#message.schema, name })
    } catch (error) {
      // It is shown by its fields alone.
      if (error instanceof CodecError) return undefined
      throw error
    }
  }

  #isFull(place: { readonly valueStart: number; readonly end: number }): boolean {
    this.#nodes += 1
    if (this.#nodes < maximumFields) return false
    const message = `More than ${maximumFields} values to show`
    const length = place.end - place.valueStart
    this.#note({ message, offset: place.valueStart, length, isCut: false })
    return true
  }

  /** Keeps the fault that comes first in the bytes. */
  #note(fault: WireFault | undefined): void {
    if (fault !== undefined && (this.#fault === undefined || fault.offset < this.#fault.offset)) this.#fault = fault
  }
}

function withNotes(body: Body, notes: readonly string[]): Body {
  const { note, ...rest } = body
  return { ...rest, ...noteOf(note === undefined ? notes : [...notes, note]) }
}

/** Joins the notes without repeating any. */
function noteOf(notes: readonly string[]): { note?: string } {
  return notes.length === 0 ? {} : { note: [...new Set(notes)].join('; ') }
}
