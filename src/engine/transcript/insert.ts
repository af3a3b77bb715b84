import type Database from 'libsql'
import type { Origin, PackedEntry } from './rows.ts'

/**
 * How many rows a statement writes, the most first. Each call of libsql and each value given to it costs more than
 * SQLite needs to write the row.
 */
const rowCounts = [64, 8, 1] as const
const [mostRows] = rowCounts
/** A statement holds copies of all its bodies, so larger ones are written in smaller groups. */
const mostBytes = 1024 * 1024
const valuesPerRow = 6
/** Origins that are remembered. More is a sign that they differ each time. */
const mostOrigins = 1000

type Value = string | number | null | Uint8Array

/** What many entries have in common is kept in a table in memory, so that a row needs only a number for it. */
const originTable = `
  PRAGMA temp_store = MEMORY;
  CREATE TEMP TABLE origins (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, direction TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, event TEXT
  )`

function insertRows(count: number): string {
  const row = `(${Array(valuesPerRow).fill('?').join(', ')})`
  // CROSS JOIN keeps the order of the rows, which is that of their ids.
  return `
    WITH rows (at, origin, round_trip_ns, frame_sizes, preview, body) AS (VALUES ${Array(count).fill(row).join(', ')})
    INSERT INTO entries (at, kind, direction, source, name, event, round_trip_ns, frame_sizes, size, preview, body)
    SELECT at, kind, direction, source, name, event, round_trip_ns, frame_sizes, length(body), preview, body
    FROM rows CROSS JOIN temp.origins ON origins.id = rows.origin`
}

/** Inserts entries, many with each statement. */
export class LogInsert {
  /** By number of rows. */
  readonly #statements = new Map<number, Database.Statement>()
  readonly #origins = new Map<string, number>()
  readonly #insertOrigin: Database.Statement

  constructor(private readonly database: Database.Database) {
    database.exec(originTable)
    this.#insertOrigin = database.prepare(
      'INSERT INTO temp.origins (id, kind, direction, source, name, event) VALUES (?, ?, ?, ?, ?, ?)',
    )
  }

  /**
   * Call this before the transaction, which would take back what is remembered for the next. Returns the number of each
   * entry's origin.
   */
  originsOf(entries: readonly PackedEntry[]): number[] {
    if (this.#origins.size > mostOrigins) {
      this.#origins.clear()
      this.database.exec('DELETE FROM temp.origins')
    }
    const numbers = new Map<Origin, number>()
    return entries.map(({ origin }) => {
      const number = numbers.get(origin) ?? this.#numberOf(origin)
      numbers.set(origin, number)
      return number
    })
  }

  /** Inserts the entries in their order, given their origins and previews. */
  insert(entries: readonly PackedEntry[], origins: readonly number[], previews: readonly string[]): void {
    let values: Value[] = []
    let bytes = 0
    for (const [index, { at, roundTripNs, frameSizes, body }] of entries.entries()) {
      values.push(at, origins[index] ?? null, roundTripNs, frameSizes.join(','), previews[index] ?? null, body)
      bytes += body.byteLength
      if (values.length < mostRows * valuesPerRow && bytes < mostBytes) continue
      this.#write(values)
      values = []
      bytes = 0
    }
    this.#write(values)
  }

  #write(values: readonly Value[]): void {
    let start = 0
    for (const rows of rowCounts) {
      const length = rows * valuesPerRow
      for (; start + length <= values.length; start += length) {
        this.#statement(rows).run(values.slice(start, start + length))
      }
    }
  }

  #statement(rows: number): Database.Statement {
    const known = this.#statements.get(rows)
    if (known) return known
    const statement = this.database.prepare(insertRows(rows))
    this.#statements.set(rows, statement)
    return statement
  }

  #numberOf({ kind, direction, source, name, event }: Origin): number {
    const key = JSON.stringify([kind, direction, source, name, event])
    const known = this.#origins.get(key)
    if (known !== undefined) return known
    const number = this.#origins.size
    this.#insertOrigin.run(number, kind, direction, source, name, event)
    this.#origins.set(key, number)
    return number
  }
}
