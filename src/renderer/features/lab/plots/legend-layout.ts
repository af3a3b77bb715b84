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
const symbolGap = 5
const entryGap = 14
const margin = 4
const rowHeight = lineHeight + 3
const spaceBeneath = 3
/** Pixels that names may take, the most generous first. */
const roomForNames = [320, 200, 150, 110, 80, 56, 40] as const

function flow(names: readonly string[], width: number, room: number): { places: LegendPlace[]; rows: number } {
  const places: LegendPlace[] = []
  let x = margin
  let row = 0
  for (const name of names) {
    const text = shortened(name, Math.min(room, width - 2 * margin - symbolWidth - symbolGap))
    const taken = symbolWidth + symbolGap + textWidth(text)
    if (x > margin && x + taken > width - margin) {
      x = margin
      row += 1
    }
    places.push({ x, y: row * rowHeight + rowHeight / 2, text, whole: text === name ? null : name })
    x += taken + entryGap
  }
  return { places, rows: row + 1 }
}

/** Entries in as many lines as they need, with shorter names where the lines would take more than `mostHeight` pixels. */
export function legendLayout(names: readonly string[], width: number, mostHeight: number): LegendLayout {
  if (names.length === 0) return { places: [], height: 0 }
  const visible = names.map(visibleText)
  let flowing = flow(visible, width, roomForNames[0])
  for (const room of roomForNames) {
    flowing = flow(visible, width, room)
    if (flowing.rows * rowHeight <= mostHeight) break
  }
  return { places: flowing.places, height: flowing.rows * rowHeight + spaceBeneath }
}
