import { changed, type Features } from './features.ts'
import type { Position } from './source-error.ts'
import {
  type EnumNode,
  type FieldNode,
  type FileNode,
  fullNameOf,
  type Import,
  type MessageNode,
} from './syntax-tree.ts'

/** A field before its type names are resolved. */
export interface FieldDeclaration {
  readonly node: FieldNode
  /** Full name of the message or package in which it is declared. */
  readonly scope: string
  readonly isMap: boolean
  readonly features: Features
}

export interface MessageDeclaration {
  /** Full. */
  readonly name: string
  readonly node: MessageNode
  readonly fields: readonly FieldDeclaration[]
}

export interface EnumDeclaration {
  /** Full. */
  readonly name: string
  readonly node: EnumNode
  /** Closed (proto2): an unnamed number is an unknown field. */
  readonly closed: boolean
}

/** All declarations of a .proto file, or of its part of a descriptor set, with the features that apply to them. */
export interface FileDeclaration {
  readonly imports: readonly Import[]
  readonly messages: readonly MessageDeclaration[]
  readonly enums: readonly EnumDeclaration[]
  readonly extensions: readonly FieldDeclaration[]
  positionAt(offset: number | null): Position | null
}

/** The declarations of a file, those within messages too. */
export function declare(file: FileNode): FileDeclaration {
  const list = new DeclarationList(file)
  list.add(file, file.package, changed(file.edition.features, file.features))
  return list
}

type Scope = Pick<MessageNode, 'messages' | 'enums' | 'extensions'>

class DeclarationList implements FileDeclaration {
  readonly messages: MessageDeclaration[] = []
  readonly enums: EnumDeclaration[] = []
  readonly extensions: FieldDeclaration[] = []

  constructor(private readonly file: FileNode) {}

  get imports(): readonly Import[] {
    return this.file.imports
  }

  positionAt(offset: number | null): Position | null {
    return this.file.positionAt(offset)
  }

  add({ messages, enums, extensions }: Scope, scope: string, features: Features): void {
    for (const node of messages) this.#addMessage(node, fullNameOf(scope, node.name), changed(features, node.features))
    for (const node of enums) {
      const closed = changed(features, node.features).enumType === 'CLOSED'
      this.enums.push({ name: fullNameOf(scope, node.name), node, closed })
    }
    for (const node of extensions) this.extensions.push(this.#field(node, scope, features, false))
  }

  #addMessage(node: MessageNode, name: string, features: Features): void {
    const entries = node.messages.filter(({ isMapEntry }) => isMapEntry)
    const mapTypes = new Set(entries.map((entry) => `.${name}.${entry.name}`))
    // Messages in a map are never delimited, whatever the file says.
    const inside: Features = node.isMapEntry ? { ...features, messageEncoding: 'LENGTH_PREFIXED' } : features
    const fields = node.fields.map((field) => this.#field(field, name, inside, mapTypes.has(field.type)))
    this.messages.push({ name, node, fields })
    this.add(node, name, features)
  }

  #field(node: FieldNode, scope: string, outer: Features, isMap: boolean): FieldDeclaration {
    const inherited = changed(changed(outer, node.oneof?.features ?? null), node.features)
    return { node, scope, isMap, features: this.#withPackedOption(inherited, node.packed) }
  }

  /** Applies the `packed` option of files before editions. */
  #withPackedOption(features: Features, packed: boolean | null): Features {
    if (packed === null || this.file.edition.statement === 'edition') return features
    return { ...features, repeatedFieldEncoding: packed ? 'PACKED' : 'EXPANDED' }
  }
}
