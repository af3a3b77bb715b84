import type Database from 'libsql'
import { z } from 'zod'
import { type FoundRows, type LogCount, type LogFilter, shownKind } from '../../shared/transcript/query.ts'
import type { RecordPlace, RecordRow, TranscriptRecord } from '../../shared/transcript/record.ts'
import { wallClock } from '../clock.ts'
import { closeDatabase, openDatabase, openForReading, requireWhole, toOpenError } from '../files/open-database.ts'
import { LogCounts } from './counts.ts'
import { LogFinder, type SearchQuery } from './find.ts'
import { LogInsert } from './insert.ts'
import { LogPreviews } from './previews.ts'
import type { LogBounds, LogPage, LogSurvey, LogViews, StoreStatus } from './protocol.ts'
import type { LogQuery } from './query.ts'
import { type PackedRecord, splitFrames, toRecord } from './rows.ts'
import { logFormat, recordColumns, rowBytes, rowOverheadBytes } from './schema.ts'
import { KnownSockets } from './views.ts'

/** What has to look at every entry gives way after this long, and is asked to go on. In milliseconds. */
const searchMs = 150

const pageEntries = 500
const pageBytes = 8 * 1024 * 1024

/** Free pages handed back to the system in one go: some 20 ms, so that what is to be written does not wait long. */
const releasedPages = 1024
/** Free pages up to this part of the bound are kept: the entries to come fill them. */
const keptFreePart = 0.1

const totalsSchema = z.object({ kind: z.enum(['message', 'event']), bytes: z.number(), count: z.number() })
const freePagesSchema = z.object({ free: z.number(), pageBytes: z.number() })
const idSchema = z.object({ id: z.number() })
const agedSchema = z.object({ id: z.number(), at: z.number(), bytes: z.number() })

/** How often entries are looked at for their age while others are written. Looked at they are at each start, too. */
const expiryEveryMs = 60_000
const clockErrorMs = 24 * 3600 * 1000

type Kind = RecordRow['kind']
const kinds: readonly Kind[] = ['message', 'event']
/** The part of the bound that events may fill. However many come, they drive no message out. */
const eventPart = 1 / 8

/** The highest number that a record of the file has or had; 0 in a new file. */
function lastNumberIn(database: Database.Database): number {
  const table = database.prepare("SELECT count(*) AS count FROM sqlite_schema WHERE name = 'sqlite_sequence'").get()
  if (z.object({ count: z.number() }).parse(table).count === 0) return 0
  const sequence = database
    .prepare("SELECT ifnull(max(seq), 0) AS id FROM sqlite_sequence WHERE name = 'entries'")
    .get()
  return idSchema.parse(sequence).id
}

/** Settings of the file, and a look at whether it is whole. */
function prepareFile(database: Database.Database): void {
  // Takes effect in a new file, and in an older one with the VACUUM of the next clearing.
  database.pragma('auto_vacuum = INCREMENTAL')
  database.pragma('synchronous = NORMAL')
  requireWhole(database)
}

/**
 * The SQLite log of everything that happened, bounded in bytes and in age. In write-ahead mode, so that a killed process loses
 * at most what was not yet written and never the file. Synchronous: meant for a thread of its own.
 */
export class LogStore {
  readonly #database: Database.Database
  readonly #finder: LogFinder
  readonly #counts: LogCounts
  #insert: LogInsert | undefined
  #bytes: Readonly<Record<Kind, number>> = { message: 0, event: 0 }
  #count = 0
  #evicted = 0
  #cleared = 0
  #lastNumber = 0
  /** Whether entries were deleted since free pages were last counted. */
  #mayHaveFreePages = true
  #previews = new LogPreviews(new KnownSockets())

  #maximumAgeMs: number | null = null
  /** When entries were last looked at for their age, in milliseconds since the epoch. */
  #expiredAt = Number.NEGATIVE_INFINITY

  /**
   * Opens or makes the file, and removes entries older than `maximumAgeMs`; null keeps them as long as there is room.
   * `how`: for reading, a file is only looked at, and nothing is written to its folder. `numbered` is given the highest
   * number that a record of the file has or had, before the file is looked through, which takes a while. Throws `DamagedFileError`,
   * `NewerVersionError`, or what SQLite and the system say.
   */
  constructor(
    path: string,
    private maximumBytes: number,
    maximumAgeMs: number | null = null,
    private readonly now: () => number = wallClock,
    private readonly how: 'for writing' | 'for reading' = 'for writing',
    numbered: (lastNumber: number) => void = () => undefined,
  ) {
    const forReading = how === 'for reading'
    const prepare = (database: Database.Database) => {
      numbered(lastNumberIn(database))
      prepareFile(database)
    }
    this.#database = forReading ? openForReading(path, logFormat) : openDatabase(path, logFormat, prepare)
    this.#finder = new LogFinder(this.#database)
    this.#counts = new LogCounts(this.#finder)
    try {
      this.#lastNumber = lastNumberIn(this.#database)
      this.#readTotals()
      if (!forReading) this.setBounds({ maximumBytes, maximumAgeMs })
    } catch (thrown) {
      this.#database.close()
      throw toOpenError(thrown)
    }
  }

  get isForReading(): boolean {
    return this.how === 'for reading'
  }

  get status(): StoreStatus {
    return {
      lastId: this.#lastId(),
      lastNumber: this.#lastNumber,
      count: this.#count,
      evicted: this.#evicted,
      cleared: this.#cleared,
      bytes: this.#bytes.message + this.#bytes.event,
      maximumBytes: this.maximumBytes,
    }
  }

  setBounds({ maximumBytes, maximumAgeMs }: LogBounds): void {
    this.maximumBytes = maximumBytes
    this.#maximumAgeMs = maximumAgeMs
    this.#expiredAt = Number.NEGATIVE_INFINITY
    this.#mayHaveFreePages = true
    this.#transact(() => this.#evict())
  }

  /**
   * Writes the records, which are in the order of their numbers, in one transaction. A file that took this one's place
   * may have records with the same numbers: then these get the next free ones, and nothing is lost.
   */
  append(entries: readonly PackedRecord[]): void {
    const shift = Math.max(0, this.#lastNumber + 1 - (entries[0]?.number ?? Number.POSITIVE_INFINITY))
    this.#insert ??= new LogInsert(this.#database)
    const insert = this.#insert
    const commons = insert.commonsOf(entries)
    const previews = entries.map((entry) => entry.detail ?? this.#previewOf(entry))
    this.#transact(() => {
      insert.insert(entries, commons, previews, shift)
      const grown: Record<Kind, number> = { message: 0, event: 0 }
      for (const [index, { common, body }] of entries.entries()) {
        grown[common.kind] += body.byteLength + Buffer.byteLength(previews[index] ?? '') + rowOverheadBytes
      }
      for (const kind of kinds) this.#grow(kind, grown[kind])
      this.#count += entries.length
      this.#lastNumber = (entries.at(-1)?.number ?? 0) + shift
      this.#evict()
    })
  }

  /** Has entries to come previewed, and all read, as their frames are shown. */
  setViews(views: LogViews): void {
    const sockets = new KnownSockets(views)
    this.#previews = new LogPreviews(sockets)
    this.#finder.setSockets(sockets)
    this.#counts.forgetRead()
  }

  /** Rows that match, in the order of their ids. Without a cursor the newest. Throws what is wrong with the text. */
  query(query: LogQuery): readonly RecordRow[] {
    const { rows, problem } = this.search(query, Number.POSITIVE_INFINITY)
    if (problem !== null) throw new Error(problem)
    return rows
  }

  /** The same, as far as there is time; in another order if one is given. */
  search(query: SearchQuery, deadline = performance.now() + searchMs): FoundRows<RecordRow> {
    const found = this.#finder.find(query, deadline)
    const isSorted = query.sort != null && query.sort.by !== 'time'
    return query.afterId === null && !isSorted ? { ...found, rows: found.rows.toReversed() } : found
  }

  /** How many entries match, after an id if one is given, of how many of the kind that is shown. */
  count(filter: LogFilter, afterId = 0, deadline = performance.now() + searchMs): LogCount {
    const lastId = this.#lastId()
    const kind = shownKind(filter)
    const ofKind = () => this.#counts.of({ text: '', kind, hides: [], session: null }, lastId, deadline).count
    const of = kind === 'all' ? this.#count : ofKind()
    const { count: matching, skipped, isPartial, throughId } = this.#counts.of(filter, lastId, deadline, afterId)
    return {
      matching,
      of,
      ...(skipped > 0 ? { skipped } : {}),
      ...(isPartial ? { isPartial, progress: this.#progress(afterId, throughId, lastId) } : {}),
    }
  }

  /** How many entries match of all that there are now, or up to one; of more where more are counted already. */
  survey(
    filter: LogFilter,
    lastId: number | null,
    deadline = performance.now() + searchMs,
  ): Omit<LogSurvey, 'cleared' | 'evicted'> {
    const wanted = lastId ?? this.#lastId()
    const { count: matching, throughId, isPartial } = this.#counts.of(filter, wanted, deadline)
    return { matching, firstId: this.#firstId(), lastId: Math.max(wanted, throughId), throughId, isPartial }
  }

  /** Numbers of entries have gaps: where a search is is told in these. */
  #progress(afterId: number, throughId: number, lastId: number): NonNullable<LogCount['progress']> {
    const before = Math.max(afterId, this.#firstId() - 1)
    return { looked: Math.max(0, throughId - before), of: lastId - before }
  }

  /** Another message of a record's exchange; null when there is none, or none near it. */
  partner(record: RecordPlace): number | null {
    return this.#finder.partner(record, performance.now() + searchMs)
  }

  /**
   * The next entries after an id with their bytes, up to some megabytes of them, and after which id the following ones
   * come; null at the end. In a search there may be none yet.
   */
  page(filter: LogFilter, afterId: number, lastId = Number.MAX_SAFE_INTEGER): Omit<LogPage, 'cleared' | 'evicted'> {
    const entries: TranscriptRecord[] = []
    const { rows, next, problem } = this.search({ filter, afterId, beforeId: lastId + 1, limit: pageEntries })
    if (problem !== null) throw new Error(problem)
    let size = 0
    for (const row of rows) {
      const entry = this.entry(row.id)
      if (entry) entries.push(entry)
      size += row.size
      if (size > pageBytes) return { entries, next: row.id }
    }
    return { entries, next: rows.length === pageEntries ? (rows.at(-1)?.id ?? null) : next }
  }

  /** One entry with its bytes; null when it is not, or no longer, there. */
  entry(id: number): TranscriptRecord | null {
    const stored = this.#database.prepare(`SELECT ${recordColumns} FROM entries WHERE id = ?`).get(id)
    return stored === undefined || stored === null ? null : toRecord(stored)
  }

  clear(): void {
    this.#database.transaction(() => {
      this.#database.exec("DELETE FROM entries; UPDATE counters SET value = 0 WHERE name = 'evicted'")
    })()
    this.#database.exec('VACUUM')
    this.#counts.forget()
    this.#bytes = { message: 0, event: 0 }
    this.#count = 0
    this.#evicted = 0
    this.#cleared += 1
  }

  /** Hands some free pages back to the system when there are many; true when there is more to hand back. */
  releaseSpace(): boolean {
    if (!this.#mayHaveFreePages) return false
    const { free, pageBytes } = freePagesSchema.parse(
      this.#database
        .prepare('SELECT freelist_count AS free, page_size AS pageBytes FROM pragma_freelist_count, pragma_page_size')
        .get(),
    )
    const kept = (this.maximumBytes * keptFreePart) / pageBytes
    this.#mayHaveFreePages = free > kept
    if (!this.#mayHaveFreePages) return false
    this.#database.exec(`PRAGMA incremental_vacuum(${releasedPages})`)
    return free - releasedPages > kept
  }

  /** Writes something that changes nothing. Throws when the file cannot be written. */
  probe(): void {
    this.#transact(() => this.#database.exec("UPDATE counters SET value = value WHERE name = 'evicted'"))
  }

  close(): void {
    if (this.isForReading) this.#database.close()
    else closeDatabase(this.#database)
  }

  #previewOf({ common, frameSizes, body }: PackedRecord): string {
    return this.#previews.of(common, splitFrames(body, frameSizes).slice(common.envelope))
  }

  #grow(kind: Kind, bytes: number): void {
    this.#bytes = { ...this.#bytes, [kind]: this.#bytes[kind] + bytes }
  }

  #readTotals(): void {
    const totals = z
      .array(totalsSchema)
      .parse(
        this.#database
          .prepare(`SELECT kind, sum(${rowBytes}) AS bytes, count(*) AS count FROM entries GROUP BY kind`)
          .all(),
      )
    for (const { kind, bytes, count } of totals) {
      this.#grow(kind, bytes)
      this.#count += count
    }
    const evicted = this.#database.prepare("SELECT value FROM counters WHERE name = 'evicted'").get()
    this.#evicted = z.object({ value: z.number() }).parse(evicted).value
  }

  /** Changes rows and totals together: when it fails, both are as they were. Throws the first failure. */
  #transact(change: () => void): void {
    const [bytes, count, evicted, lastNumber] = [this.#bytes, this.#count, this.#evicted, this.#lastNumber]
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      change()
      this.#database.exec('COMMIT')
    } catch (thrown) {
      // SQLite has rolled back by itself after a full disk, say, and would only complain about being asked to.
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      this.#bytes = bytes
      this.#count = count
      this.#evicted = evicted
      this.#lastNumber = lastNumber
      this.#counts.forget()
      throw thrown
    }
  }

  #firstId(): number {
    return idSchema.parse(this.#database.prepare('SELECT ifnull(min(id), 0) AS id FROM entries').get()).id
  }

  #lastId(): number {
    return idSchema.parse(this.#database.prepare('SELECT ifnull(max(id), 0) AS id FROM entries').get()).id
  }

  /** Entries from before this time are too old, in milliseconds since the epoch. */
  #earliest(): number {
    const now = this.now()
    // The clock may have been set back.
    const isRecent = Math.abs(now - this.#expiredAt) < expiryEveryMs
    if (this.#maximumAgeMs === null || isRecent) return Number.NEGATIVE_INFINITY
    this.#expiredAt = now
    return now - this.#maximumAgeMs
  }

  /**
   * Removes entries that are too old. When the bound is passed, by messages or by events, removes the oldest of these
   * until a twentieth of it is free, so that it need not be done at each append.
   */
  #evict(): void {
    const earliest = this.#earliest()
    for (const kind of kinds) this.#evictKind(kind, earliest)
  }

  #evictKind(kind: Kind, earliest: number): void {
    const limit = this.maximumBytes * (kind === 'event' ? eventPart : 1 - eventPart)
    const isFull = this.#bytes[kind] > limit
    if (!isFull && earliest === Number.NEGATIVE_INFINITY) return
    const goal = isFull ? limit * 0.95 : Number.POSITIVE_INFINITY
    // An entry from the future was written while the clock was wrong: it says nothing of those behind it.
    const latest = this.now() + clockErrorMs
    let [bySize, byAge] = [0, 0]
    for (const { id, at, bytes } of this.#oldest(kind)) {
      if (this.#bytes[kind] > goal) bySize = id
      else if (at < earliest) byAge = id
      else if (at > latest) continue
      else break
      this.#grow(kind, -bytes)
      this.#count -= 1
      this.#evicted += 1
    }
    if (bySize + byAge === 0) return
    this.#mayHaveFreePages = true
    this.#counts.leaving({ throughId: bySize, kind })
    this.#database.prepare('DELETE FROM entries WHERE kind = ? AND id <= ?').run(kind, bySize)
    const before = Math.max(earliest, 0)
    this.#counts.leaving({ throughId: byAge, before, kind })
    this.#database.prepare('DELETE FROM entries WHERE kind = ? AND id <= ? AND at < ?').run(kind, byAge, before)
    this.#database.prepare("UPDATE counters SET value = ? WHERE name = 'evicted'").run(this.#evicted)
  }

  /**
   * Ids, times and sizes from the oldest entry of a kind on. In pages, because a statement of libsql that is not read to
   * its end stays open: it would forbid VACUUM and let the write-ahead file grow.
   */
  *#oldest(kind: Kind): Generator<z.infer<typeof agedSchema>> {
    const next = this.#database.prepare(
      `SELECT id, at, ${rowBytes} AS bytes FROM entries WHERE kind = ? AND id > ? ORDER BY id LIMIT ?`,
    )
    for (let afterId = 0; ; ) {
      const page = z.array(agedSchema).parse(next.all(kind, afterId, pageEntries))
      yield* page
      const last = page.at(-1)
      if (!last) return
      afterId = last.id
    }
  }
}
