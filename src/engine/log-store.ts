import Database from 'libsql'
import { z } from 'zod'
import { previewFrames } from '../shared/codecs/preview.ts'
import type { LogEntry, LogFilter, LogRow, LogStatus } from '../shared/message.ts'
import { type LogQuery, selectRows } from './log-query.ts'
import { type PackedEntry, splitFrames, toEntry, toRow } from './log-rows.ts'
import { logSchema, logSchemaVersion, rowColumns, rowOverheadBytes } from './log-schema.ts'

const pageEntries = 500
const pageBytes = 8 * 1024 * 1024

const sizeSchema = z.object({ id: z.number(), size: z.number() })

/**
 * The SQLite log of everything that happened, bounded in bytes. In write-ahead mode, so that a killed process loses
 * at most what was not yet written and never the file. Synchronous: meant for a thread of its own.
 */
export class LogStore {
  readonly #database: Database.Database
  #bytes: number
  #count: number
  #evicted: number

  /** Opens or makes the file. Throws when it is damaged or of another version. */
  constructor(
    path: string,
    private maximumBytes: number,
  ) {
    this.#database = new Database(path)
    try {
      this.#prepareFile()
    } catch (thrown) {
      this.#database.close()
      throw thrown
    }
    const totals = z
      .object({ bytes: z.number(), count: z.number() })
      .parse(
        this.#database
          .prepare('SELECT ifnull(sum(size + ?), 0) AS bytes, count(*) AS count FROM entries')
          .get(rowOverheadBytes),
      )
    this.#bytes = totals.bytes
    this.#count = totals.count
    this.#evicted = z
      .object({ value: z.number() })
      .parse(this.#database.prepare("SELECT value FROM counters WHERE name = 'evicted'").get()).value
    this.setMaximumBytes(maximumBytes)
  }

  get status(): Omit<LogStatus, 'unlogged'> {
    return {
      lastId: this.#lastId(),
      count: this.#count,
      evicted: this.#evicted,
      bytes: this.#bytes,
      maximumBytes: this.maximumBytes,
    }
  }

  setMaximumBytes(bytes: number): void {
    this.maximumBytes = bytes
    this.#transact(() => this.#evict())
  }

  /** Writes the entries in one transaction; their frames stand one behind the other in `bodies`. */
  append(entries: readonly PackedEntry[], bodies: Uint8Array): void {
    const insert = this.#database.prepare(
      `INSERT INTO entries (at, kind, direction, source, name, event, round_trip_ns, frame_sizes, size, preview, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#transact(() => {
      let start = 0
      for (const entry of entries) {
        const size = entry.frameSizes.reduce((total, frame) => total + frame, 0)
        const body = bodies.subarray(start, start + size)
        start += size
        insert.run(
          entry.at,
          entry.kind,
          entry.direction,
          entry.source,
          entry.name,
          entry.event,
          entry.roundTripNs,
          entry.frameSizes.join(','),
          size,
          entry.detail ?? previewFrames(splitFrames(body, entry.frameSizes)),
          Buffer.from(body.buffer, body.byteOffset, body.byteLength),
        )
        this.#bytes += size + rowOverheadBytes
        this.#count += 1
      }
      this.#evict()
    })
  }

  /** Rows that match, in the order of their ids. Without a cursor the newest. */
  query(query: LogQuery): LogRow[] {
    const { sql, values } = selectRows(query)
    const rows = this.#database
      .prepare(sql)
      .all(...values)
      .map(toRow)
    return query.afterId === null ? rows.reverse() : rows
  }

  /** The next entries after an id with their bytes, up to some megabytes of them, at least one if there is one. */
  page(filter: LogFilter, afterId: number): LogEntry[] {
    const entries: LogEntry[] = []
    let size = 0
    for (const row of this.query({ filter, afterId, beforeId: null, limit: pageEntries })) {
      const entry = this.entry(row.id)
      if (entry) entries.push(entry)
      size += row.size
      if (size > pageBytes) break
    }
    return entries
  }

  /** One entry with its bytes; null when it is not, or no longer, there. */
  entry(id: number): LogEntry | null {
    const stored = this.#database.prepare(`SELECT ${rowColumns}, body FROM entries WHERE id = ?`).get(id)
    return stored === undefined || stored === null ? null : toEntry(stored)
  }

  clear(): void {
    this.#database.transaction(() => {
      this.#database.exec("DELETE FROM entries; UPDATE counters SET value = 0 WHERE name = 'evicted'")
    })()
    this.#database.exec('VACUUM')
    this.#bytes = 0
    this.#count = 0
    this.#evicted = 0
  }

  close(): void {
    // libsql leaves the write-ahead file as it is, and a copy of the file alone should hold everything.
    this.#database.pragma('wal_checkpoint(TRUNCATE)')
    this.#database.close()
  }

  #prepareFile(): void {
    this.#database.pragma('journal_mode = WAL')
    this.#database.pragma('synchronous = NORMAL')
    const check = this.#database.prepare('PRAGMA quick_check(1)').get()
    const { quick_check: verdict } = z.object({ quick_check: z.string() }).parse(check)
    if (verdict !== 'ok') throw new Error(verdict)
    const { user_version: version } = z
      .object({ user_version: z.number() })
      .parse(this.#database.prepare('PRAGMA user_version').get())
    if (version !== 0 && version !== logSchemaVersion) throw new Error(`version ${version} of the log is not known`)
    this.#database.exec(logSchema)
    this.#database.exec(`PRAGMA user_version = ${logSchemaVersion}`)
  }

  /** Changes rows and totals together: when it fails, both are as they were. */
  #transact(change: () => void): void {
    const [bytes, count, evicted] = [this.#bytes, this.#count, this.#evicted]
    try {
      this.#database.transaction(change)()
    } catch (thrown) {
      this.#bytes = bytes
      this.#count = count
      this.#evicted = evicted
      throw thrown
    }
  }

  #lastId(): number {
    const row = this.#database.prepare('SELECT ifnull(max(id), 0) AS id FROM entries').get()
    return z.object({ id: z.number() }).parse(row).id
  }

  /** Removes the oldest entries until a twentieth of the bound is free, so that it need not be done at each append. */
  #evict(): void {
    if (this.#bytes <= this.maximumBytes) return
    const goal = this.maximumBytes * 0.95
    let last = 0
    for (const { id, size } of this.#oldest()) {
      if (this.#bytes <= goal) break
      last = id
      this.#bytes -= size + rowOverheadBytes
      this.#count -= 1
      this.#evicted += 1
    }
    this.#database.prepare('DELETE FROM entries WHERE id <= ?').run(last)
    this.#database.prepare("UPDATE counters SET value = ? WHERE name = 'evicted'").run(this.#evicted)
  }

  /**
   * Ids and sizes from the oldest entry on. In pages, because a statement of libsql that is not read to its end stays
   * open: it would forbid VACUUM and let the write-ahead file grow.
   */
  *#oldest(): Generator<z.infer<typeof sizeSchema>> {
    const next = this.#database.prepare('SELECT id, size FROM entries WHERE id > ? ORDER BY id LIMIT ?')
    for (let afterId = 0; ; ) {
      const page = z.array(sizeSchema).parse(next.all(afterId, pageEntries))
      yield* page
      const last = page.at(-1)
      if (!last) return
      afterId = last.id
    }
  }
}
