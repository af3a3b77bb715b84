import { echoServerId } from '../../shared/session/spec.ts'
import type { LogFilter } from '../../shared/transcript/query.ts'
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

/** Conditions of a WHERE clause, all of which must hold, with the values of their placeholders. */
class Conditions {
  readonly #conditions: string[] = []
  readonly #values: Value[] = []

  constructor({ kind, direction, session, text, part }: LogFilter) {
    // A plus keeps SQLite from using a column's index. Of events there are few, of messages many in any session. Rows of
    // the echo server's two ids would have to be sorted after the index, and most rows of a log are its own anyway.
    if (kind !== 'all') this.add(kind === 'event' || session === null ? 'kind = ?' : '+kind = ?', kind)
    if (direction !== 'all') this.add('direction = ?', direction)
    if (session === echoServerId) this.add('+session IN (?, ?)', session, earlierEchoServer)
    else if (session !== null) this.add(kind === 'event' ? '+session = ?' : 'session = ?', session)
    if (text !== '') this.#addText(text, part)
  }

  #addText(text: string, part: LogFilter['part']): void {
    switch (part) {
      case 'topic':
        this.add(`substr(${messageBytes}, 1, length(?)) = ?`, bytesOf(text), bytesOf(text))
        return
      case 'peer':
        this.add('(instr(peer, ?) = 1 OR instr(peer, ?) = 1)', ...peersOf(text))
        return
      case undefined:
        this.#addAnywhere(text)
    }
  }

  #addAnywhere(text: string): void {
    const pattern = likePattern(text)
    const columns = ['preview', 'name', 'event'].map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')
    // The body, which stands before the peer, is read anyway.
    this.add(
      `(${columns} OR instr(${messageBytes}, ?) > 0 OR peer IN (?, ?))`,
      pattern,
      pattern,
      pattern,
      bytesOf(text),
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

/** The statement for a query: oldest first after an id, otherwise newest first. */
export function selectRows({ filter, afterId, beforeId, limit }: LogQuery): Statement {
  const where = new Conditions(filter)
  if (afterId !== null) where.add('id > ?', afterId)
  if (beforeId !== null) where.add('id < ?', beforeId)
  const order = afterId === null ? 'DESC' : 'ASC'
  return {
    sql: `SELECT ${rowColumns} FROM entries ${where.clause} ORDER BY id ${order} LIMIT ?`,
    values: [...where.values, limit],
  }
}

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
