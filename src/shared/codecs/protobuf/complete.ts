import { skipWhiteSpace } from '../json/tokens.ts'
import { fieldsByName } from './fit.ts'
import { type JsonPlace, placeAt } from './json-place.ts'
import type { MessageType, ProtobufField, ProtobufMessage, ProtobufSchema } from './schema.ts'
import { type Shape, shapeOfField, shapeOfMessage, shapeOfValue, typeText } from './shapes.ts'
import { wellKnownOf } from './well-known.ts'

export interface Completion {
  /** The range of the text that an option replaces. */
  readonly from: number
  readonly to: number
  readonly options: readonly CompletionOption[]
}

export interface CompletionOption {
  readonly label: string
  readonly detail: string
  readonly kind: 'field' | 'value'
  readonly insert: string
}

/** Completions at the caret in the JSON of a message that is being typed; null when there are none. */
export function completeProtobuf(text: string, offset: number, message: MessageType): Completion | null {
  const place = placeAt(text, offset)
  if (place === undefined) return null
  const { schema } = message
  const shape = shapeAt(message, place.path)
  if (shape === undefined) return null
  const options = place.expects === 'key' ? fieldOptions(schema, shape, place, text) : valueOptions(schema, shape)
  return options.length === 0 ? null : { from: place.from, to: place.to, options }
}

/** Follows keys (text) and lists (null) from the outermost value to the current one. */
function shapeAt(message: MessageType, path: readonly (string | null)[]): Shape | undefined {
  let shape: Shape | undefined = shapeOfMessage(message)
  for (const step of path) {
    if (shape.kind === 'message' && step !== null && wellKnownOf(shape.name) === undefined) {
      const type: ProtobufMessage | undefined = message.schema.messages[shape.name]
      const field: ProtobufField | undefined = type && fieldsByName(type).get(step)
      shape = field && shapeOfField(message.schema, field)
    } else if (shape.kind === 'map' && step !== null) {
      shape = shapeOfValue(message.schema, shape.value)
    } else if (shape.kind === 'list' && step === null) {
      shape = shapeOfValue(message.schema, shape.item)
    } else {
      return undefined
    }
    if (shape === undefined) return undefined
  }
  return shape
}

function fieldOptions(schema: ProtobufSchema, shape: Shape, place: JsonPlace, text: string): CompletionOption[] {
  const type =
    shape.kind === 'message' && wellKnownOf(shape.name) === undefined ? schema.messages[shape.name] : undefined
  if (type === undefined) return []
  const byName = fieldsByName(type)
  const used = new Set(place.otherKeys.map((key) => byName.get(key)))
  const colon = text[skipWhiteSpace(text, place.to)] === ':' ? '' : ': '
  return type.fields
    .filter((field) => !used.has(field))
    .map((field) => ({
      label: field.jsonName,
      detail: typeText(schema, field),
      kind: 'field',
      insert: JSON.stringify(field.jsonName) + colon,
    }))
}

function valueOptions(schema: ProtobufSchema, shape: Shape): CompletionOption[] {
  if (shape.kind === 'scalar' && shape.type === 'bool') {
    return ['true', 'false'].map((label) => ({ label, detail: 'bool', kind: 'value', insert: label }))
  }
  if (shape.kind !== 'enum') return []
  const values = schema.enums[shape.name]?.values ?? []
  return values.map(({ name, number }) => ({
    label: name,
    detail: String(number),
    kind: 'value',
    insert: JSON.stringify(name),
  }))
}
