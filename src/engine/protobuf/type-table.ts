import { isDeepStrictEqual } from 'node:util'
import type {
  ProtobufEnum,
  ProtobufField,
  ProtobufMessage,
  ProtobufSchema,
} from '../../shared/codecs/protobuf/schema.ts'
import type { LinkedFile } from './linked-file.ts'
import type { ResolvedExtension, ResolvedFile } from './resolve-file.ts'

/** Why an extension cannot be added: another field has its number, or another extension its name. */
export interface ExtensionConflict {
  readonly added: ResolvedExtension
  readonly other: ProtobufField
  readonly cause: 'a field has its number' | 'an extension has its number' | 'an extension has its name'
}

/** The types of many files. Identical definitions may repeat: copies of a file, or a set and its sources. */
export class TypeTable {
  /** The file of each type (by full name) and extension (by name in brackets). */
  readonly owners = new Map<string, string>()
  readonly #messages = new Map<string, ProtobufMessage>()
  readonly #enums = new Map<string, ProtobufEnum>()
  readonly #extensions = new Map<string, Map<number, ProtobufField>>()
  readonly #extensionsByName = new Map<string, ProtobufField>()

  /** Adds a file's types; if a name is taken by a different definition, adds none and returns that name. */
  add(file: LinkedFile, { messages, enums }: ResolvedFile): string | undefined {
    if (!file.isBuiltIn) {
      const taken = [...messages, ...enums].find((type) => {
        const other = this.#messages.get(type.name) ?? this.#enums.get(type.name)
        return other && !isDeepStrictEqual(other, type)
      })
      if (taken) return taken.name
    }
    for (const message of messages) if (this.#own(message.name, file)) this.#messages.set(message.name, message)
    for (const type of enums) if (this.#own(type.name, file)) this.#enums.set(type.name, type)
    return undefined
  }

  /** Adds those of a file's extensions that have no conflict, and returns the conflicts of the others. */
  extend(file: LinkedFile, { extensions }: ResolvedFile): ExtensionConflict[] {
    const conflicts: ExtensionConflict[] = []
    for (const added of extensions) {
      const conflict = this.#conflictOf(added)
      if (conflict) conflicts.push(conflict)
      else this.#addExtension(added, file)
    }
    return conflicts
  }

  schema(): ProtobufSchema {
    const messages = [...this.#messages.values()].map((message): [string, ProtobufMessage] => {
      const extensions = this.#extensions.get(message.name)?.values() ?? []
      const fields = [...message.fields, ...extensions].sort((left, right) => left.number - right.number)
      return [message.name, { ...message, fields }]
    })
    return { messages: Object.fromEntries(messages), enums: Object.fromEntries(this.#enums) }
  }

  #conflictOf(added: ResolvedExtension): ExtensionConflict | null {
    const { extendee, field } = added
    const own = this.#messages.get(extendee)?.fields.find(({ number }) => number === field.number)
    if (own) return { added, other: own, cause: 'a field has its number' }
    const other = this.#extensions.get(extendee)?.get(field.number)
    if (other && other.name !== field.name) return { added, other, cause: 'an extension has its number' }
    const namesake = this.#extensionsByName.get(field.name)
    if (!namesake || (other && isDeepStrictEqual(namesake, field))) return null
    return { added, other: namesake, cause: 'an extension has its name' }
  }

  #addExtension({ extendee, field }: ResolvedExtension, file: LinkedFile): void {
    if (!this.#own(field.name, file)) return
    this.#extensionsByName.set(field.name, field)
    const known = this.#extensions.get(extendee)
    if (known) known.set(field.number, field)
    else this.#extensions.set(extendee, new Map([[field.number, field]]))
  }

  #own(name: string, file: LinkedFile): boolean {
    if (this.owners.has(name)) return false
    this.owners.set(name, file.path)
    return true
  }
}
