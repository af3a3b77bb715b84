import type { LogRow } from '../../../shared/message.ts'

/** The most rows that a window holds; what lies beyond is read again when it is scrolled to. */
export const maximumRows = 5000

/** New rows behind the others; the oldest fall out of the window. */
export function appended(rows: readonly LogRow[], page: readonly LogRow[]): readonly LogRow[] {
  const last = rows.at(-1)?.id ?? 0
  const newer = page.filter(({ id }) => id > last)
  return newer.length === 0 ? rows : [...rows, ...newer].slice(-maximumRows)
}

/** Older rows before the others. They are asked for by scrolling, so nothing falls out at the other end. */
export function prepended(rows: readonly LogRow[], page: readonly LogRow[]): readonly LogRow[] {
  const first = rows[0]?.id ?? Number.POSITIVE_INFINITY
  return [...page.filter(({ id }) => id < first), ...rows]
}
