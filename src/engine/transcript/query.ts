import { echoServerId } from '../../shared/session/spec.ts'
import { type LogFilter, type LogSort, shownKind } from '../../shared/transcript/query.ts'
import type { RecordPlace } from '../../shared/transcript/record.ts'
import { parseSearch, type SearchWord } from '../../shared/transcript/search.ts'
import { earlierEchoServer, envelopeEnd } from './rows.ts'
import { rowColumns } from './schema.ts'

export interface LogQuery {
  readonly filter: LogFilter
  readonly afterId: number | null
  readonly beforeId: number | null
  readonly limit: number
}

type Value = string | number | Uint8Array

/** A statement with the values of its placeholders. */
export interface Statement {
  readonly sql: string
  readonly values: readonly Value[]
}

/** Escapes LIKE's wildcards, so that typed ones match literally. */
const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** The bytes to search for: a text's UTF-8, or the bytes of `h'00 ff'`, as previews show them. */
function bytesOf(text: string): Uint8Array {
  const [, digits] = /^h'([0-9a-fA-F\s]*)'$/.exec(text) ?? []
  const compact = digits?.replaceAll(/\s/g, '')
  return compact && compact.length % 2 === 0 ? Buffer.from(compact, 'hex') : Buffer.from(text)
}

/** A peer's routing id as it is shown, or its name, as hex digits. */
const peersOf = (text: string): readonly [string, string] => [
  text.toLowerCase().replace(/^0x/, ''),
  Buffer.from(bytesOf(text)).toString('hex'),
]

const envelopeSizes = `substr(frame_sizes, 1, instr(frame_sizes, '${envelopeEnd}') - 1)`

/**
 * The bytes of the envelope, which stand at the beginning of the body. Nearly all are one routing id and the empty
 * delimiter, for which taking a list apart costs too much: the text of the sizes begins with that of the id.
 */
const envelopeBytes = `
  CASE ${envelopeSizes} WHEN CAST(frame_sizes AS INTEGER) || ',0' THEN CAST(frame_sizes AS INTEGER)
  ELSE (SELECT ifnull(sum(value), 0) FROM json_each('[' || ${envelopeSizes} || ']')) END`

/** The bytes of the message without its envelope. */
const messageBytes = `
  CASE instr(frame_sizes, '${envelopeEnd}') WHEN 0 THEN body ELSE substr(body, 1 + (${envelopeBytes})) END`

/** The bytes of a message, without its envelope. */
const messageSize = `(size - CASE instr(frame_sizes, '${envelopeEnd}') WHEN 0 THEN 0 ELSE ${envelopeBytes} END)`

/** Whether the first frame of the message, without the envelope, has a size: sizes are told before the bytes are read. */
const firstSize = `instr(substr(frame_sizes, instr(frame_sizes, '${envelopeEnd}') + 1) || ',', ?) = 1`

const hasLetters = /[a-zA-Z]/

const everything: LogFilter = { text: '', kind: 'all', hides: [], session: null }

/** Conditions of a WHERE clause, all of which must hold, with the values of their placeholders. */
class Conditions {
  readonly #conditions: string[] = []
  readonly #values: Value[] = []

  constructor(filter: LogFilter) {
    const { hides, session, text, part } = filter
    const kind = shownKind(filter)
    // A plus keeps SQLite from using a column's index. Of events there are few, of messages many in any session. Rows of
    // the echo server's two ids would have to be sorted after the index, and most rows of a log are its own anyway.
    if (kind !== 'all') this.add(kind === 'event' || session === null ? 'kind = ?' : '+kind = ?', kind)
    for (const direction of ['sent', 'received'] as const) {
      if (hides.includes(direction)) this.add('direction <> ?', direction)
    }
    if (session === echoServerId) this.add('+session IN (?, ?)', session, earlierEchoServer)
    else if (session !== null) this.add(kind === 'event' ? '+session = ?' : 'session = ?', session)
    else if (hides.includes('echo-server')) this.add('session NOT IN (?, ?)', echoServerId, earlierEchoServer)
    if (text !== '') this.#addText(text, part)
  }

  #addText(text: string, part: LogFilter['part']): void {
    switch (part) {
      case 'topic':
        this.add(`substr(${messageBytes}, 1, length(?)) = ?`, bytesOf(text), bytesOf(text))
        return
      case 'first-frame': {
        const bytes = bytesOf(text)
        this.add(`${firstSize} AND substr(${messageBytes}, 1, ?) = ?`, `${bytes.byteLength},`, bytes.byteLength, bytes)
        return
      }
      case 'peer':
        this.add('(instr(peer, ?) = 1 OR instr(peer, ?) = 1)', ...peersOf(text))
        return
      case undefined:
        for (const word of parseSearch(text).words) this.#addWord(word)
    }
  }

  #addWord({ kind, text, excludes }: SearchWord): void {
    const where = new Conditions(everything)
    if (kind === 'bytes') where.#addBytes(text)
    else where.#addAnywhere(text)
    const condition = where.#conditions.join(' AND ')
    // What is not there, such as the event of a message, contains nothing.
    this.add(excludes ? `NOT ifnull(${condition}, 0)` : condition, ...where.#values)
  }

  #addBytes(digits: string): void {
    this.add(`(instr(${messageBytes}, ?) > 0 OR peer = ?)`, Buffer.from(digits, 'hex'), digits)
  }

  #addAnywhere(text: string): void {
    const pattern = likePattern(text)
    const columns = ['preview', 'name', 'event'].map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')
    // Letters in either case take longer.
    const bytes = hasLetters.test(text)
      ? `instr(lower(CAST(${messageBytes} AS TEXT)), lower(?)) > 0`
      : `instr(${messageBytes}, ?) > 0`
    // The body, which stands before the peer, is read anyway.
    this.add(
      `(${columns} OR ${bytes} OR peer IN (?, ?))`,
      pattern,
      pattern,
      pattern,
      hasLetters.test(text) ? text : Buffer.from(text),
      ...peersOf(text),
    )
  }

  add(condition: string, ...values: readonly Value[]): void {
    this.#conditions.push(condition)
    this.#values.push(...values)
  }

  get clause(): string {
    return this.#conditions.length > 0 ? `WHERE ${this.#conditions.join(' AND ')}` : ''
  }

  get values(): readonly Value[] {
    return this.#values
  }
}

/** Ids between two, both exclusive; null for no bound. */
export type IdRange = Pick<LogQuery, 'afterId' | 'beforeId'>

/** The order of a query without another: oldest first after an id, otherwise newest first. */
export const usualSort = ({ afterId }: IdRange): LogSort => ({ by: 'time', descending: afterId === null })

/** What rows are sorted by; ids are in the order of time. */
function orderOf({ by, descending }: LogSort): string {
  const direction = descending ? 'DESC' : 'ASC'
  switch (by) {
    case 'time':
      return `id ${direction}`
    case 'size':
      return `${messageSize} ${direction}, id ${direction}`
    case 'round-trip':
      return `round_trip_ns IS NULL, round_trip_ns ${direction}, id ${direction}`
  }
}

function whereOf({ filter, afterId, beforeId }: LogQuery): Conditions {
  const where = new Conditions(filter)
  if (afterId !== null) where.add('id > ?', afterId)
  if (beforeId !== null) where.add('id < ?', beforeId)
  return where
}

/** The statement for a query. */
export function selectRows(query: LogQuery, sort = usualSort(query)): Statement {
  const { clause, values } = whereOf(query)
  return {
    sql: `SELECT ${rowColumns} FROM entries ${clause} ORDER BY ${orderOf(sort)} LIMIT ?`,
    values: [...values, query.limit],
  }
}

/** The same, with the first bytes of each message as `bytes`. */
export function selectTexts(query: LogQuery, sort: LogSort, bytes: number): Statement {
  const { clause, values } = whereOf(query)
  return {
    sql: `SELECT ${rowColumns}, substr(${messageBytes}, 1, ?) AS bytes FROM entries ${clause} ORDER BY ${orderOf(sort)} LIMIT ?`,
    values: [bytes, ...values, query.limit],
  }
}

/** The statement for another message of a record's exchange, within a range. */
export const selectPartner = (
  { id, session, exchange }: RecordPlace,
  range: { readonly afterId: number; readonly beforeId: number },
): Statement => ({
  sql: `SELECT id FROM entries WHERE id > ? AND id < ? AND session = ? AND +kind = 'message' AND id <> ?
    AND (id = ? OR exchange = ?) ORDER BY id LIMIT 1`,
  values: [range.afterId, range.beforeId, session, id, exchange, exchange],
})

/** The entries after one id, up to and with another, and from before a time in milliseconds since the epoch. */
export interface Stretch {
  readonly afterId: number
  readonly throughId: number
  readonly before?: number
  /** Only these entries. */
  readonly kind?: 'message' | 'event'
}

/** The statement that counts, as `count`, the entries of a stretch that match. */
export function countRows(filter: LogFilter, { afterId, throughId, before, kind }: Stretch): Statement {
  const where = new Conditions(filter)
  where.add('id > ? AND id <= ?', afterId, throughId)
  if (before !== undefined) where.add('at < ?', before)
  if (kind !== undefined) where.add('kind = ?', kind)
  return { sql: `SELECT count(*) AS count FROM entries ${where.clause}`, values: where.values }
}
