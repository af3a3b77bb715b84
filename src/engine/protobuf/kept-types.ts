import { sep } from 'node:path'
import type { ProtobufEnum, ProtobufMessage, ProtobufSchema } from '../../shared/codecs/protobuf/schema.ts'
import type { SchemaProblem } from '../../shared/protobuf-sources.ts'
import type { Owners } from './link.ts'

export interface OwnedSchema {
  readonly schema: ProtobufSchema
  readonly owners: Owners
}

/**
 * The types that were read, plus the previous types of files that now have a problem: an invalid edit removes nothing,
 * while all other files stay up to date.
 */
export function keepTypes(
  before: OwnedSchema,
  now: OwnedSchema,
  problems: readonly SchemaProblem[],
): OwnedSchema & { readonly stale: boolean } {
  const broken = new Set(problems.map(({ path }) => path))
  const lost = [...before.owners].filter(([name, path]) => !now.owners.has(name) && isIn(path, broken))
  if (lost.length === 0) return { ...now, stale: false }
  const kept = new KeptTypes(before, now)
  for (const [name] of lost) {
    if (name.startsWith('[')) kept.keepExtension(name)
    else kept.keepType(name)
  }
  return { ...kept.result(), stale: true }
}

/** Whether a path is in the set, or in a folder that is. */
function isIn(path: string, paths: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf(sep, end - 1)) {
    if (paths.has(path.slice(0, end))) return true
  }
  return false
}

/** Own properties only: a type may be called `constructor`. */
const ownType = <Type>(types: Readonly<Record<string, Type>>, name: string): Type | undefined =>
  Object.hasOwn(types, name) ? types[name] : undefined

class KeptTypes {
  readonly #messages: Map<string, ProtobufMessage>
  readonly #enums: Map<string, ProtobufEnum>
  readonly #owners: Map<string, string>

  constructor(
    private readonly before: OwnedSchema,
    now: OwnedSchema,
  ) {
    this.#messages = new Map(Object.entries(now.schema.messages))
    this.#enums = new Map(Object.entries(now.schema.enums))
    this.#owners = new Map(now.owners)
  }

  /** Keeps a type, and its dependencies that no longer exist. */
  keepType(name: string): void {
    if (this.#messages.has(name) || this.#enums.has(name)) return
    const type = ownType(this.before.schema.enums, name)
    if (type) this.#enums.set(name, type)
    const message = ownType(this.before.schema.messages, name)
    if (message) this.#messages.set(name, message)
    this.#own(name)
    for (const field of message?.fields ?? []) {
      if (field.name.startsWith('[')) this.#own(field.name)
      if (field.typeName !== null) this.keepType(field.typeName)
    }
  }

  /** Keeps an extension, unless its message is gone or the number is now taken. */
  keepExtension(name: string): void {
    for (const { name: extendee, fields } of Object.values(this.before.schema.messages)) {
      const extension = fields.find((field) => field.name === name)
      const message = this.#messages.get(extendee)
      if (!extension || !message || message.fields.some(({ number }) => number === extension.number)) continue
      const all = [...message.fields, extension].sort((left, right) => left.number - right.number)
      this.#messages.set(extendee, { ...message, fields: all })
      this.#own(name)
      if (extension.typeName !== null) this.keepType(extension.typeName)
    }
  }

  result(): OwnedSchema {
    const schema = { messages: Object.fromEntries(this.#messages), enums: Object.fromEntries(this.#enums) }
    return { schema, owners: this.#owners }
  }

  #own(name: string): void {
    const path = this.before.owners.get(name)
    if (path !== undefined && !this.#owners.has(name)) this.#owners.set(name, path)
  }
}
