import { firstRows, type LogFilter, type LogSort } from '../../shared/transcript/query.ts'
import type { RecordRow } from '../../shared/transcript/record.ts'
import { call } from '../api.ts'

/** Which rows of the log are read. */
export interface AskedPage {
  readonly filter: LogFilter
  /** Another order than that of time. */
  readonly sort: LogSort | null
  readonly afterId: number | null
  readonly beforeId: number | null
  readonly limit: number
}

/** What there is of a page so far. */
export interface PartOfPage {
  readonly rows: readonly RecordRow[]
  /** What is wrong with the text that is searched for; null for nothing. */
  readonly problem: string | null
  /** Whether the search goes on. */
  readonly searching: boolean
}

/** A page of rows, found in as many parts as it takes. `onPart` is told of each; false ends the search. */
export async function readPage(asked: AskedPage, onPart: (part: PartOfPage) => boolean): Promise<readonly RecordRow[]> {
  const { sort, afterId, limit } = asked
  let rows: readonly RecordRow[] = []
  for (let cursor = asked; ; ) {
    const part = await call('log.query', { ...cursor, limit: sort ? limit : limit - rows.length })
    if (sort) rows = firstRows([...rows, ...part.rows], sort, limit)
    else rows = afterId === null ? [...part.rows, ...rows] : [...rows, ...part.rows]
    const { next, problem } = part
    if (!onPart({ rows, problem, searching: next !== null }) || next === null) return rows
    cursor = afterId === null ? { ...cursor, beforeId: next } : { ...cursor, afterId: next }
  }
}
