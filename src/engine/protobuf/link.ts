import { isDeepStrictEqual } from 'node:util'
import type {
  ProtobufEnum,
  ProtobufField,
  ProtobufMessage,
  ProtobufSchema,
} from '../../shared/codecs/protobuf/schema.ts'
import { type LinkedFile, spreadProblems } from './linked-file.ts'
import { type ResolvedFile, resolveFile } from './resolve-file.ts'
import { SourceError } from './tokens.ts'

/** The file of each type (by full name) and extension (by name in brackets). */
export type Owners = ReadonlyMap<string, string>

/** Makes one schema of all usable files, and sets `problem` of the others. */
export function linkFiles(files: readonly LinkedFile[]): { schema: ProtobufSchema; owners: Owners } {
  spreadProblems(files)
  const resolved = resolveAll(files)
  spreadProblems(files)
  // A duplicate definition is reported for the later file; built-in files yield to the person's own copies.
  const inOrder = [...resolved.keys()].sort((left, right) => Number(left.isBuiltIn) - Number(right.isBuiltIn))
  findConflicts(inOrder, resolved)
  spreadProblems(files)
  const types = new TypeTable()
  for (const file of inOrder) if (!file.problem) types.add(file, resolved.get(file) ?? nothing)
  for (const file of inOrder) if (!file.problem) types.extend(file, resolved.get(file) ?? nothing)
  return { schema: types.schema(), owners: types.owners }
}

const nothing: ResolvedFile = { messages: [], enums: [], extensions: [] }

function resolveAll(files: readonly LinkedFile[]): Map<LinkedFile, ResolvedFile> {
  const resolved = new Map<LinkedFile, ResolvedFile>()
  for (const file of files) {
    if (file.problem) continue
    try {
      resolved.set(file, resolveFile(file))
    } catch (error) {
      if (!(error instanceof SourceError)) throw error
      file.problem = { message: error.message, position: error.position }
    }
  }
  return resolved
}

function findConflicts(files: readonly LinkedFile[], resolved: ReadonlyMap<LinkedFile, ResolvedFile>): void {
  const types = new TypeTable()
  const usable = files.filter(({ problem }) => !problem)
  const conflicting = new Set<LinkedFile>()
  const passes = [
    (file: LinkedFile): string | undefined => types.add(file, resolved.get(file) ?? nothing),
    (file: LinkedFile): string | undefined => types.extend(file, resolved.get(file) ?? nothing),
  ]
  for (const pass of passes) {
    for (const file of usable) {
      if (conflicting.has(file)) continue
      const name = pass(file)
      if (name === undefined) continue
      conflicting.add(file)
      const bare = name.replace(/^\[|\]$/g, '')
      const other = types.owners.get(name)
      file.problem = {
        message: other
          ? `'${bare}' is also defined in ${other}, but differently`
          : `Another field already has the number of '${bare}'`,
        position: file.declaration?.positionOf(bare, bare.slice(bare.lastIndexOf('.') + 1)) ?? null,
      }
    }
  }
}

/** The types of many files. Identical definitions may repeat: copies of a file, or a set and its sources. */
class TypeTable {
  readonly owners = new Map<string, string>()
  readonly #messages = new Map<string, ProtobufMessage>()
  readonly #enums = new Map<string, ProtobufEnum>()
  readonly #extensions = new Map<string, Map<number, ProtobufField>>()

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

  /** Adds a file's extensions, or returns the first whose number is taken by another field. */
  extend(file: LinkedFile, { extensions }: ResolvedFile): string | undefined {
    const taken = extensions.find(({ extendee, field }) => {
      const other =
        this.#messages.get(extendee)?.fields.find(({ number }) => number === field.number) ??
        this.#extensions.get(extendee)?.get(field.number)
      return other && !isDeepStrictEqual(other, field)
    })
    if (taken) return taken.field.name
    for (const { extendee, field } of extensions) {
      if (!this.#own(field.name, file)) continue
      const known = this.#extensions.get(extendee)
      if (known) known.set(field.number, field)
      else this.#extensions.set(extendee, new Map([[field.number, field]]))
    }
    return undefined
  }

  schema(): ProtobufSchema {
    const messages = [...this.#messages.values()].map((message): [string, ProtobufMessage] => {
      const extensions = this.#extensions.get(message.name)?.values() ?? []
      const fields = [...message.fields, ...extensions].sort((left, right) => left.number - right.number)
      return [message.name, { ...message, fields }]
    })
    return { messages: Object.fromEntries(messages), enums: Object.fromEntries(this.#enums) }
  }

  #own(name: string, file: LinkedFile): boolean {
    if (this.owners.has(name)) return false
    this.owners.set(name, file.path)
    return true
  }
}
