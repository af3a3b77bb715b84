/** Changes a document from one version to the next. The version itself is set by whoever calls it. */
export type Migration = (document: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>

/** Checks a value, as a schema of zod's does: returns the document, or throws what is wrong with it. */
export interface DocumentSchema<Document> {
  parse(value: unknown): Document
}

/** How a kind of document is kept in a file. */
export interface DocumentFormat<Document> {
  /**
   * The first changes version 1 to 2, the second 2 to 3, and so on. A change of the format adds one here, and a file of
   * the version before to test/fixtures.
   */
  readonly migrations: readonly Migration[]
  /** Of the newest version. */
  readonly schema: DocumentSchema<Document>
}

/** Thrown for a file that a newer version of the application wrote. It must not be changed. */
export class NewerVersionError extends Error {
  override readonly name = 'NewerVersionError'

  constructor(version: number, newest: number) {
    super(
      `a newer version of ZeroMQ Inspector wrote it (format ${version}; this version knows formats up to ${newest})`,
    )
  }
}

/** The version to begin migrating from. Throws `NewerVersionError`, or an `Error` for one that never existed. */
export function checkVersion(version: unknown, oldest: number, newest: number): number {
  if (typeof version !== 'number' || !Number.isInteger(version) || version < oldest) {
    throw new Error(`its version (${JSON.stringify(version)}) is not known`)
  }
  if (version > newest) throw new NewerVersionError(version, newest)
  return version
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A document from a file of any version: each migration from there on runs, in order, and the schema checks the result.
 * A document without a version is from before there were versions, and counts as 1. Throws `NewerVersionError`, or what
 * the schema or a migration throws.
 */
export function readDocument<Document>(
  value: unknown,
  { migrations, schema }: DocumentFormat<Document>,
): { readonly document: Document; readonly version: number } {
  if (!isRecord(value)) return { document: schema.parse(value), version: 1 }
  const version = checkVersion(value.version ?? 1, 1, migrations.length + 1)
  let migrated = value
  for (const [index, migrate] of migrations.slice(version - 1).entries()) {
    migrated = { ...migrate(migrated), version: version + index + 1 }
  }
  return { document: schema.parse({ ...migrated, version: migrations.length + 1 }), version }
}
