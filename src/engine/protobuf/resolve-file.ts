import {
  type ProtobufEnum,
  type ProtobufField,
  type ProtobufMessage,
  type ScalarType,
  scalarTypes,
} from '../../shared/codecs/protobuf/schema.ts'
import { defaultJsonName, type FieldDeclaration, fullNameOf } from './declarations.ts'
import { defaultJson } from './default-value.ts'
import { type LinkedFile, visibleFiles } from './linked-file.ts'
import { SourceError } from './tokens.ts'

/** A file's declarations with every name resolved. */
export interface ResolvedFile {
  readonly messages: readonly ProtobufMessage[]
  readonly enums: readonly ProtobufEnum[]
  readonly extensions: readonly { readonly extendee: string; readonly field: ProtobufField }[]
}

const maximumFieldNumber = 2 ** 29 - 1

/** Resolves the types of a file's fields; throws a SourceError at the first that does not exist. */
export function resolveFile(file: LinkedFile): ResolvedFile {
  const { declaration } = file
  if (!declaration) return { messages: [], enums: [], extensions: [] }
  const resolver = new Resolver(file)
  return {
    messages: declaration.messages.map((message) => ({
      name: message.name,
      isMapEntry: message.isMapEntry,
      fields: message.fields.map((field) => resolver.field(field)),
    })),
    enums: declaration.enums,
    extensions: declaration.extensions.map((field) => resolver.extension(field)),
  }
}

class Resolver {
  readonly #kinds = new Map<string, 'message' | 'enum'>()
  readonly #enumValues = new Map<string, ProtobufEnum>()

  constructor(private readonly file: LinkedFile) {
    for (const { declaration } of visibleFiles(file)) {
      for (const { name } of declaration?.messages ?? []) this.#kinds.set(name, 'message')
      for (const type of declaration?.enums ?? []) {
        this.#kinds.set(type.name, 'enum')
        this.#enumValues.set(type.name, type)
      }
    }
  }

  extension(field: FieldDeclaration): { extendee: string; field: ProtobufField } {
    const extendee = this.#lookUp(field, field.extendee ?? '', 'message')
    const name = `[${fullNameOf(field.scope, field.name)}]`
    return { extendee, field: { ...this.field(field), name, jsonName: name } }
  }

  field(field: FieldDeclaration): ProtobufField {
    if (field.number < 1 || field.number > maximumFieldNumber) {
      this.#fail(field, String(field.number), `Field numbers go from 1 to ${maximumFieldNumber}`)
    }
    const scalar = scalarTypes.find((name) => name === field.type)
    const typeName = scalar ? null : this.#lookUp(field, field.type, null)
    const isEnum = typeName !== null && this.#kinds.get(typeName) === 'enum'
    const { features } = field
    const isDelimited = field.isGroup || (features.messageEncoding === 'DELIMITED' && !field.isMap)
    const type = scalar ?? (isEnum ? 'enum' : isDelimited ? 'group' : 'message')
    const label = labelOf(field)
    return {
      name: field.name,
      jsonName: field.jsonName ?? defaultJsonName(field.name),
      number: field.number,
      type,
      typeName,
      label,
      presence: label !== 'repeated' && hasPresence(field, type === 'message' || type === 'group'),
      packed: label === 'repeated' && isPackable(type) && features.repeatedFieldEncoding === 'PACKED',
      validatesUtf8: type === 'string' && features.utf8Validation === 'VERIFY',
      oneof: field.oneof,
      defaultJson: this.#default(field, scalar ?? (isEnum ? 'enum' : null), typeName),
    }
  }

  #default(field: FieldDeclaration, type: ScalarType | 'enum' | null, typeName: string | null): string | null {
    const { defaultValue } = field
    if (!defaultValue) return null
    const json = type === null ? undefined : defaultJson(type, defaultValue)
    const values = typeName === null ? undefined : this.#enumValues.get(typeName)?.values
    const isNamed = defaultValue.kind === 'word' && values?.some(({ name }) => name === defaultValue.text)
    if (json === undefined || (values && !isNamed)) {
      this.#fail(field, 'default', `The default of '${field.name}' does not fit its type`)
    }
    return json
  }

  /** Resolves a name as protoc does: innermost scope first, among the visible files. */
  #lookUp(field: FieldDeclaration, name: string, kind: 'message' | null): string {
    const found = this.#find(name, field.scope)
    if (found === undefined) {
      this.#fail(field, name, `'${name}' is not defined in this file or its imports`)
    }
    if (kind && this.#kinds.get(found) !== kind) this.#fail(field, name, `'${name}' is not a message`)
    return found
  }

  #find(name: string, from: string): string | undefined {
    if (name.startsWith('.')) return this.#kinds.has(name.slice(1)) ? name.slice(1) : undefined
    for (let scope = from; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))) {
      const candidate = fullNameOf(scope, name)
      if (this.#kinds.has(candidate)) return candidate
      if (scope === '') return undefined
    }
  }

  #fail(field: FieldDeclaration, word: string, message: string): never {
    const position = this.file.declaration?.positionOf(field.writtenAs, word) ?? null
    throw new SourceError(message, position)
  }
}

const labelOf = ({ label, features }: FieldDeclaration): ProtobufField['label'] =>
  label === 'single' && features.fieldPresence === 'LEGACY_REQUIRED' ? 'required' : label

const hasPresence = (field: FieldDeclaration, isMessage: boolean): boolean =>
  isMessage ||
  field.oneof !== null ||
  field.isExplicitlyOptional ||
  field.extendee !== null ||
  field.features.fieldPresence !== 'IMPLICIT'

const isPackable = (type: ProtobufField['type']): boolean => !['string', 'bytes', 'message', 'group'].includes(type)
