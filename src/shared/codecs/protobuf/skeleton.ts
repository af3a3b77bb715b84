import { formatJson } from '../json/format.ts'
import type { MessageType, ProtobufField, ProtobufSchema } from './schema.ts'
import { shapeOfField, shapeOfMessage, zeroJson } from './shapes.ts'
import { type WellKnown, wellKnownOf } from './well-known.ts'

/** Deeper messages are omitted unless required. */
const maximumLevels = 4
/** More fields than this would not help anybody get started. */
const maximumFields = 400

const samples: Readonly<Record<Exclude<WellKnown, 'wrapper'>, string>> = {
  any: '{}',
  timestamp: '"1970-01-01T00:00:00Z"',
  duration: '"0s"',
  fieldMask: '""',
  struct: '{}',
  value: 'null',
  list: '[]',
}

/**
 * A JSON template with every field at its default: of a oneof the first member; recursive messages stay empty. It can
 * be encoded, and includes everything required.
 */
export function skeleton(message: MessageType): string {
  const shape = shapeOfMessage(message)
  if (shape.kind !== 'message') return zeroJson(message.schema, shape)
  return formatJson(new Skeleton(message.schema).message(shape.name))
}

class Skeleton {
  readonly #schema: ProtobufSchema
  readonly #within: string[] = []
  #fields = 0

  constructor(schema: ProtobufSchema) {
    this.#schema = schema
  }

  message(name: string): string {
    const known = wellKnownOf(name)
    if (known !== undefined && known !== 'wrapper') return samples[known]
    const oneofs = new Set<string>()
    const members: string[] = []
    this.#within.push(name)
    for (const field of this.#schema.messages[name]?.fields ?? []) {
      if (field.oneof !== null && oneofs.has(field.oneof)) continue
      const value = this.#value(field)
      if (value === undefined) continue
      if (field.oneof !== null) oneofs.add(field.oneof)
      members.push(`${JSON.stringify(field.jsonName)}:${value}`)
    }
    this.#within.pop()
    return `{${members.join(',')}}`
  }

  #value(field: ProtobufField): string | undefined {
    const isRequired = field.label === 'required'
    this.#fields += 1
    if (this.#fields > maximumFields && !isRequired) return undefined
    if (field.defaultJson !== null) return field.defaultJson
    const shape = shapeOfField(this.#schema, field)
    if (shape.kind !== 'message') return zeroJson(this.#schema, shape)
    if (this.#within.includes(shape.name)) return undefined
    if (this.#within.length >= maximumLevels && !isRequired) return undefined
    return this.message(shape.name)
  }
}
