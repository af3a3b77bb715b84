import { lineHeight, shortened, textWidth, visibleText } from './plot-text.ts'

/** An entry and its place: `x` is the left edge of its symbol, `y` the middle of its line. */
export interface LegendPlace {
  readonly x: number
  readonly y: number
  /** As much of the name as fits. */
  readonly text: string
  /** The whole name when `text` is shortened; null otherwise. */
  readonly whole: string | null
}

export interface LegendLayout {
  readonly places: readonly LegendPlace[]
  /** Height in pixels, with the space below; 0 without entries. */
  readonly height: number
}

export const symbolWidth = 22
export const symbolGap = 5
const entryGap = 14
const rowHeight = lineHeight + 3
/** Widest name that columns make room for, in pixels. */
const mostForName = 220
/** Least width at which part of a name is readable, in pixels. */
const leastForName = 24
const spaceBeneath = 3

const entryWidth = (name: string): number => symbolWidth + symbolGap + textWidth(name)

function onOneLine(names: readonly string[]): readonly LegendPlace[] {
  let x = 0
  return names.map((text) => {
    const place = { x, y: rowHeight / 2, text, whole: null }
    x += entryWidth(text) + entryGap
    return place
  })
}

/**
 * Puts entries on one line or, when they do not fit, in columns. Uses as few columns as `mostHeight` pixels allow, so
 * that names get as much room as possible, but no fewer than fit whole names. Where names have no room at all, there is
 * no legend.
 */
export function legendLayout(names: readonly string[], width: number, mostHeight: number): LegendLayout {
  if (names.length === 0) return { places: [], height: 0 }
  const visible = names.map(visibleText)
  const widest = Math.min(Math.max(...visible.map(entryWidth)), symbolWidth + symbolGap + mostForName)
  const together = visible.reduce((sum, name) => sum + entryWidth(name) + entryGap, -entryGap)
  if (together <= width) return { places: onOneLine(visible), height: rowHeight + spaceBeneath }

  const mostRows = Math.max(1, Math.floor(mostHeight / rowHeight))
  const forWholeNames = Math.floor((width + entryGap) / (widest + entryGap))
  const columns = Math.min(names.length, Math.max(1, forWholeNames, Math.ceil(names.length / mostRows)))
  const columnWidth = (width + entryGap) / columns
  const room = columnWidth - entryGap - symbolWidth - symbolGap
  if (room < leastForName) return { places: [], height: 0 }
  const places = visible.map((name, index): LegendPlace => {
    const text = shortened(name, room)
    return {
      x: (index % columns) * columnWidth,
      y: Math.floor(index / columns) * rowHeight + rowHeight / 2,
      text,
      whole: text === name ? null : name,
    }
  })
  return { places, height: Math.ceil(names.length / columns) * rowHeight + spaceBeneath }
}
