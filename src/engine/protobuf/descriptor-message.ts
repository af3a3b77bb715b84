import {
  type ElementOptions,
  enumOptions,
  fieldOptions,
  messageOptions,
  noOptions,
  oneofOptions,
  readOptions,
} from './descriptor-options.ts'
import { unescapeBytes } from './escapes.ts'
import type { NamePool } from './name-pool.ts'
import type { WrittenValue } from './option-reader.ts'
import { SourceError } from './source-error.ts'
import type { EnumNode, FieldNode, MessageNode, OneofNode } from './syntax-tree.ts'
import type { WireReader } from './wire-reader.ts'

/** By their numbers in a descriptor, from 1. */
const fieldTypes = [
  ...['double', 'float', 'int64', 'uint64', 'int32', 'fixed64', 'fixed32', 'bool', 'string', 'group', 'message'],
  ...['bytes', 'uint32', 'enum', 'sfixed32', 'sfixed64', 'sint32', 'sint64'],
]
const labels = ['single', 'required', 'repeated'] as const

/** protoc allows 32 messages inside one another. */
const maximumDepth = 100

/** The readers of the descriptors in a set. Each is given the reader of its message. */
export class DescriptorReader {
  constructor(private readonly names: NamePool) {}

  /** Throws a `SourceError` for messages that are nested too deep. */
  message(descriptor: WireReader, depth = 1): MessageNode {
    if (depth > maximumDepth) throw new SourceError(`Messages are nested more than ${maximumDepth} deep`, null)
    let name = ''
    let options: ElementOptions = noOptions
    const fields: { readonly node: FieldNode; readonly oneofIndex: number | null }[] = []
    const oneofs: OneofNode[] = []
    const messages: MessageNode[] = []
    const enums: EnumNode[] = []
    const extensions: FieldNode[] = []
    while (descriptor.next()) {
      if (descriptor.field === 1) name = this.#name(descriptor)
      else if (descriptor.field === 2) fields.push(this.#field(descriptor.message()))
      else if (descriptor.field === 3) messages.push(this.message(descriptor.message(), depth + 1))
      else if (descriptor.field === 4) enums.push(this.enum(descriptor.message()))
      else if (descriptor.field === 6) extensions.push(this.extension(descriptor.message()))
      else if (descriptor.field === 7) options = readOptions(descriptor.message(), messageOptions)
      else if (descriptor.field === 8) oneofs.push(this.#oneof(descriptor.message()))
    }
    return {
      name,
      nameAt: null,
      features: options.features,
      fields: fields.map(({ node, oneofIndex }) => withOneof(node, oneofs[oneofIndex ?? -1])),
      messages,
      enums,
      extensions,
      isMapEntry: options.flags.get('mapEntry') === true,
      isMessageSet: options.flags.get('messageSet') === true,
    }
  }

  enum(descriptor: WireReader): EnumNode {
    let name = ''
    let options: ElementOptions = noOptions
    const values: { name: string; number: number }[] = []
    while (descriptor.next()) {
      if (descriptor.field === 1) name = this.#name(descriptor)
      else if (descriptor.field === 2) values.push(this.#enumValue(descriptor.message()))
      else if (descriptor.field === 3) options = readOptions(descriptor.message(), enumOptions)
    }
    return { name, nameAt: null, features: options.features, values }
  }

  extension(descriptor: WireReader): FieldNode {
    return this.#field(descriptor).node
  }

  #name(reader: WireReader): string {
    return this.names.keep(reader.text())
  }

  #enumValue(descriptor: WireReader): { name: string; number: number } {
    const value = { name: '', number: 0 }
    while (descriptor.next()) {
      if (descriptor.field === 1) value.name = this.#name(descriptor)
      else if (descriptor.field === 2) value.number = descriptor.number
    }
    return value
  }

  #oneof(descriptor: WireReader): OneofNode {
    let name = ''
    let options: ElementOptions = noOptions
    while (descriptor.next()) {
      if (descriptor.field === 1) name = this.#name(descriptor)
      else if (descriptor.field === 2) options = readOptions(descriptor.message(), oneofOptions)
    }
    return { name, features: options.features }
  }

  #field(descriptor: WireReader): { readonly node: FieldNode; readonly oneofIndex: number | null } {
    let name = ''
    let number = 0
    let label = 1
    let type = 0
    let typeName: string | null = null
    let extendee: string | null = null
    let written: string | null = null
    let jsonName: string | null = null
    let options: ElementOptions = noOptions
    let oneofIndex: number | null = null
    let isExplicitlyOptional = false
    while (descriptor.next()) {
      if (descriptor.field === 1) name = this.#name(descriptor)
      else if (descriptor.field === 2) extendee = this.#name(descriptor)
      else if (descriptor.field === 3) number = descriptor.number
      else if (descriptor.field === 4) label = descriptor.number
      else if (descriptor.field === 5) type = descriptor.number
      else if (descriptor.field === 6) typeName = this.#name(descriptor)
      else if (descriptor.field === 7) written = descriptor.text()
      else if (descriptor.field === 8) options = readOptions(descriptor.message(), fieldOptions)
      else if (descriptor.field === 9) oneofIndex = descriptor.number
      else if (descriptor.field === 10) jsonName = this.#name(descriptor)
      else if (descriptor.field === 17) isExplicitlyOptional = descriptor.number !== 0
    }
    const typeWord = fieldTypes[type - 1] ?? ''
    const node: FieldNode = {
      name,
      jsonName,
      number,
      type: typeName ?? typeWord,
      label: labels[label === 2 ? 1 : label === 3 ? 2 : 0],
      isGroup: typeWord === 'group',
      oneof: null,
      isExplicitlyOptional,
      extendee,
      features: options.features,
      packed: options.flags.get('packed') ?? null,
      defaultValue: written === null ? null : readDefault(typeWord, written),
      places: null,
    }
    // The oneof of an `optional` in proto3 is made up by protoc.
    return { node, oneofIndex: isExplicitlyOptional ? null : oneofIndex }
  }
}

const withOneof = (node: FieldNode, oneof: OneofNode | undefined): FieldNode => (oneof ? { ...node, oneof } : node)

/** Strings are stored as they are, bytes with C escapes. */
function readDefault(type: string, text: string): WrittenValue {
  if (type === 'string') return { kind: 'string', bytes: Buffer.from(text) }
  if (type === 'bytes') return { kind: 'string', bytes: unescapeBytes(text) }
  return { kind: 'word', text }
}
