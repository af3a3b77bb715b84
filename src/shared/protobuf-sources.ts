/** A file or folder that Protobuf's message types are read from. */
export interface SchemaSource {
  readonly id: string
  readonly path: string
  readonly kind: 'file' | 'folder' | 'descriptor-set'
}

/** What keeps a source from being read. Line and column count from 1; null where there is none to point at. */
export interface SchemaProblem {
  readonly path: string
  readonly line: number | null
  readonly column: number | null
  readonly message: string
}

/** How the message types stand. */
export interface SchemaState {
  readonly sources: readonly (SchemaSource & { readonly problem: SchemaProblem | null })[]
  /** Folders in which imports are looked for beside the sources. */
  readonly includeRoots: readonly string[]
  /** Whether the types are older than the files: the last reading failed, and the one before it is kept. */
  readonly stale: boolean
  /** Grows with each change of the types. */
  readonly version: number
  readonly messageCount: number
}

export const emptySchemaState: SchemaState = {
  sources: [],
  includeRoots: [],
  stale: false,
  version: 0,
  messageCount: 0,
}
