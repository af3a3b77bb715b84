import { echoServerId } from '../../shared/session/spec.ts'
import { type LogFilter, type LogSort, shownKind } from '../../shared/transcript/query.ts'
import type { RecordPlace } from '../../shared/transcript/record.ts'
import { parseSearch } from '../../shared/transcript/search.ts'
import { conditionsOf, firstFrameCondition, peerCondition, topicCondition } from './conditions.ts'
import { earlierEchoServer } from './rows.ts'
import { rowColumns } from './schema.ts'
import { messageBytes, messageSize, type Statement, type Value } from './sql.ts'
import { KnownSockets } from './views.ts'

export interface LogQuery {
  readonly filter: LogFilter
  readonly afterId: number | null
  readonly beforeId: number | null
  readonly limit: number
}

const everything: LogFilter = { text: '', kind: 'all', hides: [], session: null }

/** Conditions of a WHERE clause, all of which must hold, with the values of their placeholders. */
class Conditions {
  readonly #conditions: string[] = []
  readonly #values: Value[] = []

  constructor(filter: LogFilter, sockets: KnownSockets) {
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
    if (text !== '') for (const { sql, values } of textConditions(text, part, sockets)) this.add(sql, ...values)
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

function textConditions(text: string, part: LogFilter['part'], sockets: KnownSockets): readonly Statement[] {
  switch (part) {
    case 'topic':
      return [topicCondition(text)]
    case 'first-frame':
      return [firstFrameCondition(text)]
    case 'peer':
      return [peerCondition(text)]
    case undefined:
      return conditionsOf(parseSearch(text), sockets)
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

function whereOf({ filter, afterId, beforeId }: LogQuery, sockets: KnownSockets): Conditions {
  const where = new Conditions(filter, sockets)
  if (afterId !== null) where.add('id > ?', afterId)
  if (beforeId !== null) where.add('id < ?', beforeId)
  return where
}

/** The statement for a query. */
export function selectRows(query: LogQuery, sockets: KnownSockets, sort = usualSort(query)): Statement {
  const { clause, values } = whereOf(query, sockets)
  return {
    sql: `SELECT ${rowColumns} FROM entries ${clause} ORDER BY ${orderOf(sort)} LIMIT ?`,
    values: [...values, query.limit],
  }
}

/** What of records is read to check them: a row costs by its columns. */
export interface CheckedPart {
  /** How many bytes of a message. */
  readonly bytes: number
  /** Whether the texts beside the message are read, too. */
  readonly texts: boolean
}

/** The statement for what is checked of each record, with the first bytes of its message as `bytes`. */
export function selectChecked(query: LogQuery, sockets: KnownSockets, sort: LogSort, part: CheckedPart): Statement {
  const { clause, values } = whereOf(query, sockets)
  const columns = 'id, session, direction, size, frame_sizes AS frameSizes'
  return {
    sql: `SELECT ${columns}${part.texts ? ', preview, name, event' : ''}, substr(${messageBytes}, 1, ?) AS bytes
      FROM entries ${clause} ORDER BY ${orderOf(sort)} LIMIT ?`,
    values: [part.bytes, ...values, query.limit],
  }
}

/** The statement for the rows of records, in an order of theirs. */
export const selectByIds = (ids: readonly number[], sort: LogSort): Statement => ({
  sql: `SELECT ${rowColumns} FROM entries WHERE id IN (${ids.map(() => '?').join(', ')}) ORDER BY ${orderOf(sort)}`,
  values: ids,
})

/** The statement for those of these ids whose entries are of a kind, and from before a time in milliseconds. */
export function selectAmong(ids: readonly number[], { kind, before }: Pick<Stretch, 'kind' | 'before'>): Statement {
  const where = new Conditions(everything, new KnownSockets())
  where.add(`id IN (${ids.map(() => '?').join(', ')})`, ...ids)
  if (kind !== undefined) where.add('+kind = ?', kind)
  if (before !== undefined) where.add('at < ?', before)
  return { sql: `SELECT id FROM entries ${where.clause}`, values: where.values }
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
export function countRows(
  filter: LogFilter,
  { afterId, throughId, before, kind }: Stretch,
  sockets: KnownSockets,
): Statement {
  const where = new Conditions(filter, sockets)
  where.add('id > ? AND id <= ?', afterId, throughId)
  if (before !== undefined) where.add('at < ?', before)
  if (kind !== undefined) where.add('kind = ?', kind)
  return { sql: `SELECT count(*) AS count FROM entries ${where.clause}`, values: where.values }
}
