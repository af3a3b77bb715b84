import type { LogFilter } from '../shared/message.ts'
import { rowColumns } from './log-schema.ts'

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

/** The statement for a query: oldest first after an id, otherwise newest first. */
export function selectRows({ filter, afterId, beforeId, limit }: LogQuery): Statement {
  const conditions: string[] = []
  const values: Value[] = []
  const where = (condition: string, ...bound: Value[]) => {
    conditions.push(condition)
    values.push(...bound)
  }
  if (afterId !== null) where('id > ?', afterId)
  if (beforeId !== null) where('id < ?', beforeId)
  if (filter.kind !== 'all') where('kind = ?', filter.kind)
  if (filter.direction !== 'all') where('direction = ?', filter.direction)
  if (filter.source !== null) where('source = ?', filter.source)
  if (filter.text !== '') {
    const pattern = likePattern(filter.text)
    const columns = ['preview', 'name', 'event'].map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')
    where(`(${columns} OR instr(body, ?) > 0)`, pattern, pattern, pattern, bytesOf(filter.text))
  }
  const condition = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const order = afterId === null ? 'DESC' : 'ASC'
  return {
    sql: `SELECT ${rowColumns} FROM entries ${condition} ORDER BY id ${order} LIMIT ?`,
    values: [...values, limit],
  }
}
