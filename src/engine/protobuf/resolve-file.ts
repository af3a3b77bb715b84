import {
  type ProtobufEnum,
  type ProtobufField,
  type ProtobufMessage,
  type ScalarType,
  scalarTypes,
} from '../../shared/codecs/protobuf/schema.ts'
import type { FieldDeclaration } from './declarations.ts'
import { defaultJson } from './default-value.ts'
import { type LinkedFile, visibleFiles } from './linked-file.ts'
import { SourceError } from './source-error.ts'
import { defaultJsonName, type FieldPlaces, fullNameOf } from './syntax-tree.ts'
import type { Definition, TypeIndex } from './type-index.ts'

/** A file's declarations with every name resolved. */
export interface ResolvedFile {
  readonly messages: readonly ProtobufMessage[]
  readonly enums: readonly ProtobufEnum[]
  readonly extensions: readonly ResolvedExtension[]
}

export interface ResolvedExtension {
  readonly extendee: string
  readonly field: ProtobufField
  readonly declaration: FieldDeclaration
}

const maximumFieldNumber = 2 ** 29 - 1
/** A MessageSet writes the number of an extension as a value and not in a tag. */
const maximumMessageSetNumber = 2 ** 31 - 2

/** Resolves the types of a file's fields; throws a SourceError at the first that does not exist. */
export function resolveFile(file: LinkedFile, index: TypeIndex): ResolvedFile {
  const { declaration } = file
  if (!declaration) return { messages: [], enums: [], extensions: [] }
  const resolver = new Resolver(file, index)
  return {
    messages: declaration.messages.map(({ name, node, fields }) => ({
      name,
      isMapEntry: node.isMapEntry,
      isMessageSet: node.isMessageSet,
      fields: fields.map((field) => resolver.field(field, maximumFieldNumber)),
    })),
    enums: declaration.enums.map(({ name, node, closed }) => ({ name, values: node.values, closed })),
    extensions: declaration.extensions.map((field) => resolver.extension(field)),
  }
}

class Resolver {
  readonly #visible: ReadonlySet<LinkedFile>

  constructor(
    private readonly file: LinkedFile,
    private readonly index: TypeIndex,
  ) {
    this.#visible = visibleFiles(file)
  }

  extension(declaration: FieldDeclaration): ResolvedExtension {
    const { node, scope } = declaration
    const { name: extendee, message } = this.#lookUp(declaration, node.extendee ?? '', 'extendee')
    if (!message) this.#fail(declaration, 'extendee', `'${node.extendee}' is not a message`)
    const name = `[${fullNameOf(scope, node.name)}]`
    const highest = message.node.isMessageSet ? maximumMessageSetNumber : maximumFieldNumber
    return { extendee, declaration, field: { ...this.field(declaration, highest), name, jsonName: name } }
  }

  field(field: FieldDeclaration, highestNumber: number): ProtobufField {
    const { node, features } = field
    if (node.number < 1 || node.number > highestNumber) {
      this.#fail(field, 'number', `Field numbers go from 1 to ${highestNumber}`)
    }
    const scalar = scalars.get(node.type)
    const found = scalar ? null : this.#lookUp(field, node.type, 'type')
    const isDelimited = node.isGroup || (features.messageEncoding === 'DELIMITED' && !field.isMap)
    const type = scalar ?? (found?.enum ? 'enum' : isDelimited ? 'group' : 'message')
    const label = labelOf(field)
    return {
      name: node.name,
      jsonName: node.jsonName ?? defaultJsonName(node.name),
      number: node.number,
      type,
      typeName: found?.name ?? null,
      label,
      presence: label !== 'repeated' && hasPresence(field, type === 'message' || type === 'group'),
      packed: label === 'repeated' && isPackable(type) && features.repeatedFieldEncoding === 'PACKED',
      validatesUtf8: type === 'string' && features.utf8Validation === 'VERIFY',
      oneof: node.oneof?.name ?? null,
      defaultJson: this.#default(field, scalar ?? (found?.enum ? 'enum' : null), found),
    }
  }

  #default(field: FieldDeclaration, type: ScalarType | 'enum' | null, found: Definition | null): string | null {
    const { defaultValue, name } = field.node
    if (!defaultValue) return null
    const json = type === null ? undefined : defaultJson(type, defaultValue)
    const values = found?.enum?.node.values
    const isNamed = defaultValue.kind === 'word' && values?.some((value) => value.name === defaultValue.text)
    if (json === undefined || (values && !isNamed)) {
      this.#fail(field, 'default', `The default of '${name}' does not fit its type`)
    }
    return json
  }

  /** Resolves a name as protoc does: innermost scope first, among the visible files. */
  #lookUp(field: FieldDeclaration, name: string, place: keyof FieldPlaces): Definition {
    const found = this.#find(name, field.scope)
    return found ?? this.#fail(field, place, `'${name}' is not defined in this file or its imports`)
  }

  #find(name: string, from: string): Definition | undefined {
    if (name.startsWith('.')) return this.index.find(name.slice(1), this.#visible)
    for (let scope = from; ; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))) {
      const found = this.index.find(fullNameOf(scope, name), this.#visible)
      if (found || scope === '') return found
    }
  }

  #fail({ node }: FieldDeclaration, place: keyof FieldPlaces, message: string): never {
    throw new SourceError(message, this.file.declaration?.positionAt(node.places?.[place] ?? null) ?? null)
  }
}

const scalars: ReadonlyMap<string, ScalarType> = new Map(scalarTypes.map((type) => [type, type]))

const labelOf = ({ node, features }: FieldDeclaration): ProtobufField['label'] =>
  node.label === 'single' && features.fieldPresence === 'LEGACY_REQUIRED' ? 'required' : node.label

const hasPresence = ({ node, features }: FieldDeclaration, isMessage: boolean): boolean =>
  isMessage ||
  node.oneof !== null ||
  node.isExplicitlyOptional ||
  node.extendee !== null ||
  features.fieldPresence !== 'IMPLICIT'

const isPackable = (type: ProtobufField['type']): boolean => !['string', 'bytes', 'message', 'group'].includes(type)
