import type Database from 'libsql'
import { z } from 'zod'
import { type FoundRows, firstRows, type LogFilter, type LogSort } from '../../shared/transcript/query.ts'
import type { RecordPlace, RecordRow } from '../../shared/transcript/record.ts'
import { parseSearch, type SearchPattern } from '../../shared/transcript/search.ts'
import { PatternMatcher } from './patterns.ts'
import {
  countRows,
  type IdRange,
  type LogQuery,
  type Stretch,
  selectPartner,
  selectRows,
  selectTexts,
  usualSort,
} from './query.ts'
import { splitFrames, splitSizes, toRow } from './rows.ts'

/** How many ids one statement looks through at first; then so many that it takes about this long, in milliseconds. */
const firstSpan = 2000
const statementMs = 30
/** Records whose texts are matched at once, and the bytes of each that are. */
const matchedRecords = 64
const matchedBytes = 65_536

const boundsSchema = z.object({ first: z.number().nullable(), last: z.number().nullable() })
const countSchema = z.object({ count: z.number() })
const idSchema = z.object({ id: z.number() })
/** libsql gives the bytes of several rows without a view of them, and SQLite nothing for no bytes. */
const bytesSchema = z
  .instanceof(ArrayBuffer)
  .nullable()
  .transform((buffer) => new Uint8Array(buffer ?? []))
const textSchema = z.object({ bytes: bytesSchema, frameSizes: z.string() })

/** A query in an order: that of time, or another, for which every row must be looked at. */
export interface SearchQuery extends LogQuery {
  readonly sort?: LogSort | null | undefined
}

/** Ids between two, both exclusive. */
interface Range {
  readonly afterId: number
  readonly beforeId: number
}

/** What was found in a part of the log, and the last id of it that was looked at. */
interface Part {
  readonly rows: readonly RecordRow[]
  readonly edge: number
}

/** The last id of a range, in the direction of a query. */
const edgeOf = (query: IdRange, { afterId, beforeId }: Range): number =>
  usualSort(query).descending ? afterId + 1 : beforeId - 1

const patternsOf = ({ text, part }: LogFilter): readonly SearchPattern[] =>
  text === '' || part !== undefined ? [] : parseSearch(text).patterns

/** Whether each entry has to be read here, which takes too long to be done for many of them at once. */
export const hasPatterns = (filter: LogFilter): boolean => patternsOf(filter).length > 0

/** What a regular expression is tried on: each frame, and all else that words are looked for in. */
function textsOf(row: RecordRow, stored: unknown): readonly string[] {
  const { bytes, frameSizes } = textSchema.parse(stored)
  const frames = splitFrames(bytes, splitSizes(frameSizes).message)
  return [row.preview, row.name, row.event ?? '', ...frames.map((frame) => Buffer.from(frame).toString())]
}

/**
 * Finds rows in one part of the log after another, for as long as it may take: what has to look at every entry would
 * otherwise keep others from being written.
 */
export class LogFinder {
  readonly #matcher = new PatternMatcher()

  constructor(private readonly database: Database.Database) {}

  /** Rows that match, in their order, until `deadline` (of `performance.now()`). */
  find({ sort, ...query }: SearchQuery, deadline: number): FoundRows<RecordRow> {
    const { filter, limit } = query
    const order = sort && sort.by !== 'time' ? sort : null
    if (filter.text === '' && !order) return { rows: this.#rows(query), next: null, problem: null }
    let rows: readonly RecordRow[] = []
    for (const part of this.#parts(query, order)) {
      rows = order ? firstRows([...rows, ...part.rows], order, limit) : [...rows, ...part.rows].slice(0, limit)
      if (!order && rows.length === limit) break
      if (performance.now() > deadline) return { rows, next: part.edge, problem: null }
    }
    const problem = this.#problemWith(filter)
    return { rows: problem === null ? rows : [], next: null, problem }
  }

  /** How many entries of a stretch match, and up to which of its ids that is known by the deadline. */
  count(filter: LogFilter, stretch: Stretch, deadline: number): { readonly count: number; readonly throughId: number } {
    const { throughId } = stretch
    if (this.#problemWith(filter) !== null) return { count: 0, throughId }
    if (filter.text === '') return { count: this.#count(filter, stretch), throughId }
    let count = 0
    for (const { matching, edge } of this.#counts(filter, stretch)) {
      count += matching
      if (performance.now() > deadline) return { count, throughId: edge }
    }
    return { count, throughId }
  }

  /** Another message of a record's exchange; null when there is none, or none that is found by the deadline. */
  partner(record: RecordPlace, deadline: number): number | null {
    for (const range of this.#ranges({ afterId: record.exchange - 1, beforeId: null })) {
      const { sql, values } = selectPartner(record, range)
      const found = this.database.prepare(sql).get(...values)
      if (found !== undefined && found !== null) return idSchema.parse(found).id
      if (performance.now() > deadline) return null
    }
    return null
  }

  /** Why nothing can be found; null when it can. */
  #problemWith({ text, part }: LogFilter): string | null {
    if (text === '' || part !== undefined) return null
    const { patterns, problem } = parseSearch(text)
    return problem ?? this.#matcher.problemWith(patterns)
  }

  *#counts(filter: LogFilter, stretch: Stretch): Generator<{ readonly matching: number; readonly edge: number }> {
    const { afterId, throughId } = stretch
    const query = { filter, afterId, beforeId: throughId + 1, limit: Number.MAX_SAFE_INTEGER }
    if (hasPatterns(filter)) {
      for (const { rows, edge } of this.#parts(query, null)) yield { matching: rows.length, edge }
      return
    }
    for (const range of this.#ranges(query)) {
      const edge = range.beforeId - 1
      yield { matching: this.#count(filter, { ...stretch, afterId: range.afterId, throughId: edge }), edge }
    }
  }

  /** What matches, part by part: upwards after an id, otherwise downwards. Ends where an expression takes too long. */
  *#parts(query: LogQuery, order: LogSort | null): Generator<Part> {
    if (this.#problemWith(query.filter) !== null) return
    const patterns = patternsOf(query.filter)
    for (const range of this.#ranges(query)) {
      if (patterns.length === 0) {
        yield { rows: this.#rows({ ...query, ...range }, order ?? usualSort(query)), edge: edgeOf(query, range) }
      } else if (!(yield* this.#matching(query, range, patterns))) return
    }
  }

  /** The records of a range that match expressions; returns false when these take too long. */
  *#matching(query: LogQuery, range: Range, patterns: readonly SearchPattern[]): Generator<Part, boolean> {
    const sort = usualSort(query)
    for (let rest = range; ; ) {
      const { sql, values } = selectTexts({ ...query, ...rest, limit: matchedRecords }, sort, matchedBytes)
      const stored = this.database.prepare(sql).all(...values)
      const rows = stored.map(toRow)
      const texts = rows.map((row, index) => textsOf(row, stored[index]))
      const matches = this.#matcher.match(texts, patterns)
      if (!matches) return false
      const last = rows.at(-1)
      const more = rows.length === matchedRecords ? last : undefined
      yield { rows: rows.filter((_row, index) => matches[index]), edge: more?.id ?? edgeOf(query, range) }
      if (!more) return true
      rest = sort.descending ? { ...rest, beforeId: more.id } : { ...rest, afterId: more.id }
    }
  }

  /** Ranges of ids, one after another, as wide as can be looked through in a short time. */
  *#ranges(bounds: IdRange): Generator<Range> {
    const ends = this.database.prepare('SELECT min(id) AS first, max(id) AS last FROM entries').get()
    const { first, last } = boundsSchema.parse(ends)
    if (first === null || last === null) return
    const { descending } = usualSort(bounds)
    let afterId = Math.max(first - 1, bounds.afterId ?? 0)
    let beforeId = Math.min(last + 1, bounds.beforeId ?? Number.MAX_SAFE_INTEGER)
    for (let span = firstSpan; afterId < beforeId - 1; ) {
      const begun = performance.now()
      const range = descending
        ? { afterId: Math.max(afterId, beforeId - span - 1), beforeId }
        : { afterId, beforeId: Math.min(beforeId, afterId + span + 1) }
      yield range
      if (descending) beforeId = range.afterId + 1
      else afterId = range.beforeId - 1
      const took = performance.now() - begun
      if (took < statementMs / 2) span *= 2
      else if (took > statementMs * 2) span = Math.max(1, Math.floor(span / 2))
    }
  }

  #rows(query: LogQuery, sort = usualSort(query)): readonly RecordRow[] {
    const { sql, values } = selectRows(query, sort)
    return this.database
      .prepare(sql)
      .all(...values)
      .map(toRow)
  }

  #count(filter: LogFilter, stretch: Stretch): number {
    const { sql, values } = countRows(filter, stretch)
    return countSchema.parse(this.database.prepare(sql).get(...values)).count
  }
}
