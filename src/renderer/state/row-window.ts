import type { RecordRow } from '../../shared/transcript/record.ts'

/** Most rows held at once. Others are read again when scrolled to. */
export const maximumRows = 5000

/** Most rows in an order of their own: the first ones. */
export const mostSorted = 1000

/** Appends newer rows; the oldest are dropped. */
export function appended(rows: readonly RecordRow[], page: readonly RecordRow[]): readonly RecordRow[] {
  const last = rows.at(-1)?.id ?? 0
  const newer = page.filter(({ id }) => id > last)
  return newer.length === 0 ? rows : [...rows, ...newer].slice(-maximumRows)
}

/** Prepends older rows. The person scrolled to them, so nothing is dropped at the other end. */
export function prepended(rows: readonly RecordRow[], page: readonly RecordRow[]): readonly RecordRow[] {
  const first = rows[0]?.id ?? Number.POSITIVE_INFINITY
  return [...page.filter(({ id }) => id < first), ...rows]
}
