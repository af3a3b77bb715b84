import { ScopeNames } from './scope-names.ts'
import { type EnumNode, type FieldNode, fullNameOf, type MessageNode } from './syntax-tree.ts'
import type { TokenReader } from './token-reader.ts'

/** Every name in a scope begins with it, so one that is endless would exhaust memory. */
const maximumLength = 1000

/** What a file or a message declares, while it is read. */
export class Scope {
  readonly messages: MessageNode[] = []
  readonly enums: EnumNode[] = []
  readonly extensions: FieldNode[] = []

  /** `fullName` is empty for a file without a package. */
  constructor(
    readonly fullName: string,
    readonly names: ScopeNames,
  ) {}

  /** The scope of a message in this one. Throws a `SourceError` at the offset of its name. */
  within(name: string, at: number, reader: TokenReader): Scope {
    return new Scope(checkedScope(fullNameOf(this.fullName, name), at, reader), new ScopeNames(reader, name))
  }
}

/** The full name of a package or message. Throws a `SourceError` at the offset for one that is too long. */
export function checkedScope(fullName: string, at: number, reader: TokenReader): string {
  if (fullName.length <= maximumLength) return fullName
  return reader.fail(`The full name of a package or message has more than ${maximumLength} characters`, at)
}
