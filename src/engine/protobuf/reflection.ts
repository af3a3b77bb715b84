import protobuf from 'protobufjs'
import type { ProtobufEnum } from '../../shared/codecs/protobuf/schema.ts'
import {
  type Declarations,
  type DefaultValue,
  type FieldDeclaration,
  fullNameOf,
  type MessageDeclaration,
  mapEntry,
  mapEntryName,
} from './declarations.ts'
import { defaultFeatures, type Features, inheritFeatures } from './features.ts'
import { SourceError } from './tokens.ts'

/**
 * Converts the result of protobufjs, whose own resolving is not used: it finds names that protoc does not, and stops at
 * the first error.
 */
export function readReflection(
  root: protobuf.Root,
  edition: string,
  defaultOf: (fullName: string, written: unknown) => DefaultValue | null,
): Declarations {
  const features = defaultFeatures.get(edition)
  if (!features) throw new SourceError(`Unknown edition '${edition}'`, null)
  const reader = new ReflectionReader(edition, defaultOf)
  reader.readChildren(root, '', features)
  return reader
}

class ReflectionReader implements Declarations {
  readonly messages: MessageDeclaration[] = []
  readonly enums: ProtobufEnum[] = []
  readonly extensions: FieldDeclaration[] = []

  constructor(
    private readonly edition: string,
    private readonly defaultOf: (fullName: string, written: unknown) => DefaultValue | null,
  ) {}

  readChildren(parent: protobuf.NamespaceBase, scope: string, features: Features): void {
    for (const child of parent.nestedArray) {
      const name = fullNameOf(scope, child.name)
      if (child instanceof protobuf.Type) this.#readMessage(child, name, inheritFeatures(features, child.options))
      else if (child instanceof protobuf.Enum) this.#readEnum(child, name, inheritFeatures(features, child.options))
      else if (child instanceof protobuf.Field) this.extensions.push(this.#readField(child, scope, features, parent))
      else if (child instanceof protobuf.Namespace) this.readChildren(child, name, features)
    }
  }

  #readMessage(type: protobuf.Type, name: string, features: Features): void {
    const fields = type.fieldsArray.filter(({ declaringField }) => declaringField === null)
    this.messages.push({
      name,
      isMapEntry: false,
      fields: fields.map((field) => this.#readField(field, name, features, type)),
    })
    this.readChildren(type, name, features)
  }

  #readEnum(type: protobuf.Enum, name: string, features: Features): void {
    this.enums.push({
      name,
      values: Object.entries(type.values).map(([valueName, number]) => ({ name: valueName, number })),
      closed: features.enumType === 'CLOSED',
    })
  }

  #readField(
    field: protobuf.FieldBase,
    scope: string,
    scopeFeatures: Features,
    parent: protobuf.NamespaceBase,
  ): FieldDeclaration {
    const oneof = field.partOf
    const isExplicitlyOptional = field.options?.proto3_optional === true
    const inherited = inheritFeatures(
      oneof ? inheritFeatures(scopeFeatures, oneof.options) : scopeFeatures,
      field.options,
    )
    const features = withPackedOption(inherited, this.edition, field.getOption('packed'))
    const group = parent.get(field.type)
    const isGroup = group instanceof protobuf.Type && 'group' in group && group.group === true
    // protobufjs lowers only the first letter of a group's name.
    const name = isGroup ? field.type.toLowerCase() : field.name
    const jsonName: unknown = field.getOption('json_name')
    const written: unknown = field.getOption('default')
    const declaration: FieldDeclaration = {
      name,
      jsonName: typeof jsonName === 'string' ? jsonName : null,
      number: field.id,
      type: field.type,
      scope,
      writtenAs: fullNameOf(scope, isGroup ? field.type : field.name),
      label: field.repeated ? 'repeated' : field.rule === 'required' ? 'required' : 'single',
      isGroup,
      isMap: false,
      oneof: oneof && !isExplicitlyOptional ? oneof.name : null,
      isExplicitlyOptional,
      extendee: field.extend ?? null,
      features,
      defaultValue: written === undefined ? null : this.defaultOf(fullNameOf(scope, field.name), written),
    }
    return field instanceof protobuf.MapField ? this.#readMap(field, declaration) : declaration
  }

  #readMap(field: protobuf.MapField, declaration: FieldDeclaration): FieldDeclaration {
    const entryName = `${declaration.scope}.${mapEntryName(field.name)}`
    this.messages.push(mapEntry(entryName, field.keyType, field.type, declaration))
    return { ...declaration, type: `.${entryName}`, label: 'repeated', isMap: true }
  }
}

/** Applies the `packed` option of files before editions. */
export function withPackedOption(features: Features, edition: string, packed: unknown): Features {
  if (typeof packed !== 'boolean' || !edition.startsWith('proto')) return features
  return { ...features, repeatedFieldEncoding: packed ? 'PACKED' : 'EXPANDED' }
}
