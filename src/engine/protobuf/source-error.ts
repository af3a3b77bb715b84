/** A position in a file; both numbers count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A schema file that cannot be read, and where. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly position: Position | null,
  ) {
    super(message)
  }
}
