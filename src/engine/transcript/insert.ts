import type Database from 'libsql'
import { type Common, formatSizes, type PackedRecord } from './rows.ts'

/**
 * How many rows a statement writes, the most first. Each call of libsql and each value given to it costs more than
 * SQLite needs to write the row.
 */
const rowCounts = [64, 8, 1] as const
const [mostRows] = rowCounts
/** A statement holds copies of all its bodies, so larger ones are written in smaller groups. */
const mostBytes = 1024 * 1024
const valuesPerRow = 8
/** Commons that are remembered. More is a sign that they differ each time. */
const mostCommons = 1000

type Value = string | number | null | Uint8Array

/** What many entries have in common is kept in a table in memory, so that a row needs only a number for it. */
const commonTable = `
  PRAGMA temp_store = MEMORY;
  CREATE TEMP TABLE commons (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, direction TEXT NOT NULL, session TEXT NOT NULL, name TEXT NOT NULL,
    envelope INTEGER NOT NULL, origin TEXT, event TEXT
  )`

function insertRows(count: number): string {
  const row = `(${Array(valuesPerRow).fill('?').join(', ')})`
  // CROSS JOIN keeps the order of the rows, which is that of their ids.
  return `
    WITH rows (id, at, round_trip_ns, exchange, common, frame_sizes, preview, body) AS (VALUES ${Array(count).fill(row).join(', ')})
    INSERT INTO entries (
      id, at, kind, direction, session, name, event, round_trip_ns, frame_sizes, size, preview, body, peer, exchange, origin
    )
    SELECT
      rows.id, at, kind, direction, session, name, event, round_trip_ns, frame_sizes, length(body), preview, body,
      CASE WHEN envelope > 0 THEN lower(hex(substr(body, 1, CAST(frame_sizes AS INTEGER)))) END, exchange, origin
    FROM rows CROSS JOIN temp.commons ON commons.id = rows.common`
}

/** Inserts entries, many with each statement. */
export class LogInsert {
  /** By number of rows. */
  readonly #statements = new Map<number, Database.Statement>()
  readonly #commons = new Map<string, number>()
  readonly #insertCommon: Database.Statement

  constructor(private readonly database: Database.Database) {
    database.exec(commonTable)
    this.#insertCommon = database.prepare(
      `INSERT INTO temp.commons (id, kind, direction, session, name, envelope, origin, event)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
  }

  /**
   * Call this before the transaction, which would take back what is remembered for the next. Returns the number of each
   * entry's common.
   */
  commonsOf(entries: readonly PackedRecord[]): number[] {
    if (this.#commons.size > mostCommons) {
      this.#commons.clear()
      this.database.exec('DELETE FROM temp.commons')
    }
    const numbers = new Map<Common, number>()
    return entries.map(({ common }) => {
      const number = numbers.get(common) ?? this.#numberOf(common)
      numbers.set(common, number)
      return number
    })
  }

  /**
   * Inserts the records in their order, given their commons and previews, with numbers that are greater by `shift`.
   */
  insert(
    records: readonly PackedRecord[],
    commons: readonly number[],
    previews: readonly string[],
    shift: number,
  ): void {
    let values: Value[] = []
    let bytes = 0
    for (const [index, { number, at, roundTripNs, exchange, common, frameSizes, body }] of records.entries()) {
      values.push(
        number + shift,
        at,
        roundTripNs,
        exchange === null ? null : exchange + shift,
        commons[index] ?? null,
        formatSizes(frameSizes, common.envelope),
        previews[index] ?? null,
        body,
      )
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

  #numberOf({ kind, direction, session, name, envelope, origin, event }: Common): number {
    const key = JSON.stringify([kind, direction, session, name, envelope, origin, event])
    const known = this.#commons.get(key)
    if (known !== undefined) return known
    const number = this.#commons.size
    this.#insertCommon.run(number, kind, direction, session, name, envelope, origin, event)
    this.#commons.set(key, number)
    return number
  }
}
