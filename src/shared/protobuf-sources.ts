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

/** How far a reading of the sources is. More files may turn out to be needed on the way. */
export interface ReadingProgress {
  readonly files: number
  readonly knownFiles: number
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
  /** Null when nothing is read, or not for long enough to tell. */
  readonly reading: ReadingProgress | null
}

export const emptySchemaState: SchemaState = {
  sources: [],
  includeRoots: [],
  stale: false,
  version: 0,
  messageCount: 0,
  reading: null,
}
