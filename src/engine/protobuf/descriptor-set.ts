import protobuf from 'protobufjs'
import descriptorJson from 'protobufjs/google/protobuf/descriptor.json' with { type: 'json' }
import { z } from 'zod'
import type { ProtobufEnum } from '../../shared/codecs/protobuf/schema.ts'
import {
  type DefaultValue,
  type FieldDeclaration,
  type FileDeclaration,
  fullNameOf,
  type MessageDeclaration,
} from './declarations.ts'
import { defaultFeatures, type Features, inheritFeatures } from './features.ts'
import { withPackedOption } from './reflection.ts'
import type { Import } from './statements.ts'
import { SourceError, unescapeBytes } from './tokens.ts'

const options = z.looseObject({ packed: z.boolean().optional(), mapEntry: z.boolean().optional() }).optional()
const enumShape = z.object({
  name: z.string(),
  value: z.array(z.object({ name: z.string(), number: z.number() })).default([]),
  options,
})
const fieldShape = z.object({
  name: z.string(),
  number: z.number(),
  label: z.enum(['LABEL_OPTIONAL', 'LABEL_REQUIRED', 'LABEL_REPEATED']).default('LABEL_OPTIONAL'),
  type: z.string(),
  typeName: z.string().optional(),
  extendee: z.string().optional(),
  defaultValue: z.string().optional(),
  oneofIndex: z.number().optional(),
  jsonName: z.string().optional(),
  options,
  proto3Optional: z.boolean().optional(),
})
const messageShape = z.object({
  name: z.string(),
  field: z.array(fieldShape).default([]),
  extension: z.array(fieldShape).default([]),
  get nestedType() {
    return z.array(messageShape).default([])
  },
  enumType: z.array(enumShape).default([]),
  oneofDecl: z.array(z.object({ name: z.string(), options })).default([]),
  options,
})
const fileShape = z.object({
  name: z.string(),
  package: z.string().default(''),
  dependency: z.array(z.string()).default([]),
  publicDependency: z.array(z.number()).default([]),
  weakDependency: z.array(z.number()).default([]),
  messageType: z.array(messageShape).default([]),
  enumType: z.array(enumShape).default([]),
  extension: z.array(fieldShape).default([]),
  options,
  syntax: z.string().default('proto2'),
  edition: z.string().optional(),
})
const setShape = z.object({ file: z.array(fileShape).default([]) })

type MessageShape = z.infer<typeof messageShape>
type FieldShape = z.infer<typeof fieldShape>
type FileShape = z.infer<typeof fileShape>

const setType = protobuf.Root.fromJSON(descriptorJson).lookupType('google.protobuf.FileDescriptorSet')

/** Reads the output of `protoc --descriptor_set_out`: its files by their import names. */
export function readDescriptorSet(bytes: Uint8Array): ReadonlyMap<string, FileDeclaration> {
  // protobufjs generates code to decode; only Node reads sets, and the code depends on its own descriptor alone.
  const plain: unknown = setType.toObject(setType.decode(bytes), { enums: String, longs: String })
  const { file: files } = setShape.parse(plain)
  if (files.length === 0) throw new SourceError('There are no message types in the descriptor set', null)
  return new Map(files.map((file) => [file.name, new DescriptorReader(file)]))
}

class DescriptorReader implements FileDeclaration {
  readonly messages: MessageDeclaration[] = []
  readonly enums: ProtobufEnum[] = []
  readonly extensions: FieldDeclaration[] = []
  readonly imports: readonly Import[]
  readonly #edition: string

  constructor(file: FileShape) {
    this.#edition = editionOf(file)
    const isPublic = new Set(file.publicDependency)
    const isWeak = new Set(file.weakDependency)
    this.imports = file.dependency.map((name, index) => ({
      name,
      kind: isPublic.has(index) ? 'public' : isWeak.has(index) ? 'weak' : 'plain',
      position: null,
    }))
    const defaults = defaultFeatures.get(this.#edition)
    if (!defaults) throw new SourceError(`Unknown edition '${this.#edition}' in '${file.name}'`, null)
    const features = inheritFeatures(defaults, file.options)
    for (const message of file.messageType) this.#readMessage(message, file.package, features)
    for (const type of file.enumType) this.#readEnum(type, file.package, features)
    for (const field of file.extension) this.extensions.push(this.#readField(field, file.package, features, null))
  }

  positionOf(): null {
    return null
  }

  #readMessage(message: MessageShape, scope: string, outer: Features): void {
    const name = fullNameOf(scope, message.name)
    const features = inheritFeatures(outer, message.options)
    const entries = message.nestedType.filter(({ options: nested }) => nested?.mapEntry)
    const mapEntries = new Set(entries.map((entry) => `.${name}.${entry.name}`))
    const isMapEntry = message.options?.mapEntry === true
    this.messages.push({
      name,
      isMapEntry,
      fields: message.field.map((field) => ({
        ...withinEntry(isMapEntry, this.#readField(field, name, features, message)),
        isMap: field.typeName !== undefined && mapEntries.has(field.typeName),
      })),
    })
    for (const nested of message.nestedType) this.#readMessage(nested, name, features)
    for (const nested of message.enumType) this.#readEnum(nested, name, features)
    for (const field of message.extension) this.extensions.push(this.#readField(field, name, features, null))
  }

  #readEnum(type: z.infer<typeof enumShape>, scope: string, outer: Features): void {
    const closed = inheritFeatures(outer, type.options).enumType === 'CLOSED'
    this.enums.push({ name: fullNameOf(scope, type.name), values: type.value, closed })
  }

  #readField(field: FieldShape, scope: string, outer: Features, message: MessageShape | null): FieldDeclaration {
    const oneof = field.oneofIndex === undefined ? undefined : message?.oneofDecl[field.oneofIndex]
    const inherited = inheritFeatures(inheritFeatures(outer, oneof?.options), field.options)
    const isExplicitlyOptional = field.proto3Optional === true
    return {
      name: field.name,
      jsonName: field.jsonName ?? null,
      number: field.number,
      type: field.typeName ?? field.type.replace('TYPE_', '').toLowerCase(),
      scope,
      writtenAs: fullNameOf(scope, field.name),
      label: labels[field.label],
      isGroup: field.type === 'TYPE_GROUP',
      isMap: false,
      oneof: oneof && !isExplicitlyOptional ? oneof.name : null,
      isExplicitlyOptional,
      extendee: field.extendee ?? null,
      features: withPackedOption(inherited, this.#edition, field.options?.packed),
      defaultValue: field.defaultValue === undefined ? null : readDefault(field.type, field.defaultValue),
    }
  }
}

/** Messages in a map are never delimited, whatever the file says. */
const withinEntry = (isMapEntry: boolean, field: FieldDeclaration): FieldDeclaration =>
  isMapEntry ? { ...field, features: { ...field.features, messageEncoding: 'LENGTH_PREFIXED' } } : field

const labels = { LABEL_OPTIONAL: 'single', LABEL_REQUIRED: 'required', LABEL_REPEATED: 'repeated' } as const

const editionOf = ({ syntax, edition }: FileShape): string =>
  syntax === 'editions' ? (edition ?? 'unknown').replace('EDITION_', '') : syntax

/** Strings are stored as they are, bytes with C escapes. */
function readDefault(type: string, text: string): DefaultValue {
  if (type === 'TYPE_STRING') return { kind: 'string', bytes: Buffer.from(text) }
  if (type === 'TYPE_BYTES') return { kind: 'string', bytes: unescapeBytes(text) }
  return { kind: 'word', text }
}
