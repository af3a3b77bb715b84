import { closeSync, openSync, readSync } from 'node:fs'
import Database from 'libsql'
import { z } from 'zod'
import { checkVersion } from '../../shared/kept/document-format.ts'
import { reasonOf } from '../../shared/reason.ts'
import { makeOwnerOnlyFile } from './owner-only.ts'
import { requireRegularOrNothing } from './regular-file.ts'
import { companions, setAside } from './set-aside.ts'

/** How a kind of SQLite file is laid out. */
export interface DatabaseFormat {
  /**
   * SQL, the first making version 1 of an empty file or of one without a version, each other one the next version of
   * the one before. A change of the layout adds one here, and a file of the version before to test/fixtures.
   */
  readonly migrations: readonly string[]
}

/** The file will never be of use: it is damaged, or no database of this kind. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError'
}

/** SQLite tells by its code that the file itself is damaged. A lock or a full disk says nothing about the file. */
export function toOpenError(thrown: unknown): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return thrown
  return new DamagedFileError(reasonOf(thrown), { cause: thrown })
}

/** Looks at every page. Throws `DamagedFileError` for a file that is not whole. */
export function requireWhole(database: Database.Database): void {
  const check = database.prepare('PRAGMA quick_check(1)').get()
  const { quick_check: verdict } = z.object({ quick_check: z.string() }).parse(check)
  // In words for people; those of SQLite name pages and trees.
  if (verdict !== 'ok') throw new DamagedFileError('the file is damaged', { cause: verdict })
}

/**
 * Writes everything in an open database to a new file, for its owner alone: also what is in the write-ahead file, and
 * even when its own file has no name any more.
 */
export function copyDatabase(database: Database.Database, path: string): void {
  makeOwnerOnlyFile(path)
  database.exec(`VACUUM INTO '${path.replaceAll("'", "''")}'`)
}

function versionOf(database: Database.Database): number {
  const row = database.prepare('PRAGMA user_version').get()
  return z.object({ user_version: z.number() }).parse(row).user_version
}

const magic = 'SQLite format 3\0'
const headerBytes = 100
const versionOffset = 60

/** The version in the file's header, without SQLite, which would write beside the file; null without a header. */
function versionInHeader(path: string): number | null {
  const header = Buffer.alloc(headerBytes)
  const file = openSync(path, 'r')
  try {
    readSync(file, header, 0, headerBytes, 0)
  } finally {
    closeSync(file)
  }
  return header.toString('latin1', 0, magic.length) === magic ? header.readInt32BE(versionOffset) : null
}

/** The version to migrate from. Throws before anything in the file is changed. */
function knownVersionOf(database: Database.Database, { migrations }: DatabaseFormat): number {
  const found = versionOf(database)
  if (found < 0) throw new DamagedFileError(`its version (${found}) is not known`)
  return checkVersion(found, 0, migrations.length)
}

function migrate(database: Database.Database, { migrations }: DatabaseFormat, version: number): void {
  for (const [index, sql] of migrations.slice(version).entries()) {
    database.transaction(() => database.exec(`${sql}; PRAGMA user_version = ${version + index + 1}`))()
  }
}

/**
 * Opens or makes an SQLite file that only its owner may read, in write-ahead mode, and brings its layout to the newest
 * version. `prepare` runs before the layout is touched, and may throw `DamagedFileError`. Throws that,
 * `NewerVersionError`, an `Error` for what is no regular file, or what SQLite and the system say. A file of a newer
 * version is not changed.
 */
export function openDatabase(
  path: string,
  format: DatabaseFormat,
  prepare: (database: Database.Database) => void = () => undefined,
): Database.Database {
  // Opening a pipe would wait for ever, and SQLite itself would open it.
  for (const suffix of ['', ...companions]) requireRegularOrNothing(path + suffix)
  makeOwnerOnlyFile(path)
  const inHeader = versionInHeader(path)
  if (inHeader !== null && inHeader > format.migrations.length) checkVersion(inHeader, 0, format.migrations.length)
  // SQLite gives the files beside it the same permissions.
  const database = new Database(path)
  try {
    const version = knownVersionOf(database, format)
    prepare(database)
    database.pragma('journal_mode = WAL')
    migrate(database, format, version)
    return database
  } catch (thrown) {
    database.close()
    throw toOpenError(thrown)
  }
}

/**
 * Opens a file of the newest version without writing anything, not even beside it: where the disk is full or read-only.
 * No other process can use it meanwhile. Throws what SQLite and the system say, or `Error` for another version.
 */
export function openForReading(path: string, { migrations }: DatabaseFormat): Database.Database {
  for (const suffix of ['', ...companions]) requireRegularOrNothing(path + suffix)
  const database = new Database(path, { fileMustExist: true })
  try {
    // SQLite then keeps the index of the write-ahead file in memory instead of in a file.
    database.pragma('locking_mode = EXCLUSIVE')
    database.pragma('query_only = ON')
    if (versionOf(database) !== migrations.length) throw new Error('it was written by another version')
    return database
  } catch (thrown) {
    database.close()
    throw thrown
  }
}

/** Closes a database, and leaves everything in the one file: libsql would leave the write-ahead file as it is. */
export function closeDatabase(database: Database.Database): void {
  try {
    database.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
}

/** Opens a file; a damaged one is set aside first, which `damaged` is told, and a new one begun. */
export function openOrSetAside<Opened>(
  path: string,
  open: () => Opened,
  damaged: (setAside: string, reason: string) => void,
): Opened {
  try {
    return open()
  } catch (thrown) {
    if (!(thrown instanceof DamagedFileError)) throw thrown
    damaged(setAside(path), thrown.message)
    return open()
  }
}
