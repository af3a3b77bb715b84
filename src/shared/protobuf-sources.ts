/** A file or folder of Protobuf message types. */
export interface SchemaSource {
  readonly id: string
  readonly path: string
  readonly kind: 'file' | 'folder' | 'descriptor-set'
}

/** Why a source cannot be read, or a warning of what is left out. Line and column count from 1; null without a position. */
export interface SchemaProblem {
  readonly severity: 'error' | 'warning'
  readonly path: string
  readonly line: number | null
  readonly column: number | null
  readonly message: string
}

/** The state of the message types. */
export interface SchemaState {
  readonly sources: readonly (SchemaSource & { readonly problem: SchemaProblem | null })[]
  /** Additional folders to search for imports. */
  readonly includeRoots: readonly string[]
  /** Whether the types are older than the files: the last read failed, so the previous types are kept. */
  readonly stale: boolean
  /** Incremented with each change of the types. */
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
