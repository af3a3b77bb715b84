import type { Spread } from './statistics.ts'

/**
 * The unit of a figure. `x` is a ratio; `us` and `ms` are times, `MB` are millions of bytes, `percent` is of one core.
 */
export type Unit = 'x' | 'us' | 'ms' | 'perSecond' | 'MB' | 'percent' | 'count'

/** The limit of a figure, in its own unit. */
export type Bound = { readonly atMost: number } | { readonly atLeast: number }

/** One line of a bench: a figure over all its rounds. The bound applies to the median. */
export interface Row {
  readonly what: string
  readonly unit: Unit
  readonly spread: Spread
  readonly bound?: Bound
}

export interface Findings {
  readonly rows: readonly Row[]
  /** Further information: what could not be compared, and why. */
  readonly notes: readonly string[]
}

const formats: Record<Unit, (value: number) => string> = {
  x: (value) => `${value.toFixed(2)} x`,
  us: (value) => `${value.toFixed(1)} µs`,
  ms: (value) => `${value.toFixed(2)} ms`,
  perSecond: (value) => `${Math.round(value).toLocaleString('en-US')} /s`,
  MB: (value) => `${value.toFixed(1)} MB`,
  percent: (value) => `${value.toFixed(2)} %`,
  count: (value) => Math.round(value).toLocaleString('en-US'),
}

/** Whether a figure meets its bound; null without one. */
export function isMet({ spread, bound }: Row): boolean | null {
  if (!bound) return null
  return 'atMost' in bound ? spread.median <= bound.atMost : spread.median >= bound.atLeast
}

function boundText(row: Row): string {
  const { bound, unit } = row
  if (!bound) return ''
  const words =
    'atMost' in bound ? `at most ${formats[unit](bound.atMost)}` : `at least ${formats[unit](bound.atLeast)}`
  return `${words}: ${isMet(row) ? 'met' : 'MISSED'}`
}

function rangeText({ spread, unit }: Row): string {
  if (spread.min === spread.max) return ''
  return `${formats[unit](spread.min)} … ${formats[unit](spread.max)}`
}

/** A bench's figures as a table: name, median, minimum, maximum and bound. */
export function tableOf({ rows, notes }: Findings): string {
  const cells = rows.map((row) => [row.what, formats[row.unit](row.spread.median), rangeText(row), boundText(row)])
  const widths = [0, 1, 2].map((column) => Math.max(0, ...cells.map((line) => line[column]?.length ?? 0)))
  const [whats = 0, medians = 0, ranges = 0] = widths
  const lines = cells.map(([what = '', median = '', range = '', bound = '']) =>
    `  ${what.padEnd(whats)}  ${median.padStart(medians)}  ${range.padStart(ranges)}  ${bound}`.trimEnd(),
  )
  return [...lines, ...notes.map((note) => `  ${note}`)].join('\n')
}
