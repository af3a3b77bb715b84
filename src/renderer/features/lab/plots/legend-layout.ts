import { lineHeight, shortened, textWidth, visibleText } from './plot-text.ts'

/** An entry with its place: `x` is where its symbol begins, `y` the middle of its line. */
export interface LegendPlace {
  readonly x: number
  readonly y: number
  /** As much of the name as there is room for. */
  readonly text: string
  /** The whole name where `text` is not; null otherwise. */
  readonly whole: string | null
}

export interface LegendLayout {
  readonly places: readonly LegendPlace[]
  /** Pixels, with the space beneath; 0 without entries. */
  readonly height: number
}

export const symbolWidth = 22
export const symbolGap = 5
const entryGap = 14
const rowHeight = lineHeight + 3
/** No name makes the columns wider than for so many pixels of it. */
const mostForName = 220
/** With less, nothing of a name could be read. */
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
 * Entries on one line or, where they are too many for it, in columns. There are as few columns, and so as much of the
 * names, as `mostHeight` pixels allow, but no fewer than whole names have room in. Where nothing of the names has room,
 * there is no legend.
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
