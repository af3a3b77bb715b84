import type { EnumDeclaration, MessageDeclaration } from './declarations.ts'
import type { LinkedFile } from './linked-file.ts'

/** One type of one file; either `message` or `enum` is set. */
export interface Definition {
  readonly name: string
  readonly file: LinkedFile
  readonly message: MessageDeclaration | null
  readonly enum: EnumDeclaration | null
}

/** All types of all files by their full names. Several files may define the same. */
export class TypeIndex {
  readonly #definitions = new Map<string, Definition[]>()

  constructor(files: readonly LinkedFile[]) {
    for (const file of files) {
      for (const message of file.declaration?.messages ?? [])
        this.#add({ name: message.name, file, message, enum: null })
      for (const type of file.declaration?.enums ?? []) this.#add({ name: type.name, file, message: null, enum: type })
    }
  }

  /** The type of this name in one of the files. */
  find(name: string, visible: ReadonlySet<LinkedFile>): Definition | undefined {
    return this.#definitions.get(name)?.find(({ file }) => visible.has(file))
  }

  #add(definition: Definition): void {
    const known = this.#definitions.get(definition.name)
    if (known) known.push(definition)
    else this.#definitions.set(definition.name, [definition])
  }
}
