import { textWidth } from './plot-text.ts'
import type { Tick } from './ticks.ts'

/** The data area, in pixels of the plot. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Axes {
  readonly area: Area
  readonly xTicks: readonly Tick[]
  readonly yTicks: readonly Tick[]
}

export interface AxesPlan {
  readonly width: number
  readonly height: number
  /** Height of what is drawn above the axes, in pixels. */
  readonly above: number
  readonly xTicks: (left: number, right: number) => readonly Tick[]
  readonly yTicks: (top: number, bottom: number) => readonly Tick[]
}

/** Pixels between an axis and its labels. */
export const labelGap = 6
/** Half the height of the topmost label. */
const topMargin = 9
const bottomMargin = 22
const rightMargin = 10
const leastLeftMargin = 16
/** Margin around the data when there is no room for labels. */
const bareMargin = 4

/** Rounds pixels to a tenth, which is finer than a screen shows. */
export const tenth = (pixels: number): number => Math.round(pixels * 10) / 10

/** Whether a plot is too small for labels. */
export const isBare = ({ width, height }: { readonly width: number; readonly height: number }): boolean =>
  width < 150 || height < 90

const inside = (ticks: readonly Tick[], width: number): readonly Tick[] =>
  ticks.filter(
    ({ position, label }) => position - textWidth(label) / 2 >= 0 && position + textWidth(label) / 2 <= width,
  )

/** The data area, with margins for the labels of both axes. */
export function layOut({ width, height, above, xTicks, yTicks }: AxesPlan): Axes {
  if (isBare({ width, height })) {
    const area = {
      left: Math.min(bareMargin, width / 2),
      top: Math.min(bareMargin, height / 2),
      right: Math.max(width - bareMargin, width / 2),
      bottom: Math.max(height - bareMargin, height / 2),
    }
    return { area, xTicks: [], yTicks: [] }
  }
  const top = above + topMargin
  const bottom = Math.max(top + 1, height - bottomMargin)
  const widthOf = ({ label }: Tick) => textWidth(label) + labelGap + 2
  // The data gets at least half the width; longer labels are omitted.
  const labelsY = yTicks(top, bottom).filter((tick) => widthOf(tick) <= width / 2)
  const firstLeft = Math.ceil(Math.max(leastLeftMargin, ...labelsY.map(widthOf)))
  const firstRight = width - rightMargin
  // A mark near an end of the x axis can overhang; the axis is then that much shorter.
  const ends = xTicks(firstLeft, firstRight)
  const outLeft = Math.max(0, ...ends.map(({ position, label }) => textWidth(label) / 2 - position))
  const outRight = Math.max(0, ...ends.map(({ position, label }) => position + textWidth(label) / 2 - width))
  const left = Math.min(firstLeft + Math.ceil(outLeft), Math.floor(width / 2))
  const right = Math.max(left + 1, firstRight - Math.ceil(outRight))
  return { area: { left, top, right, bottom }, xTicks: inside(xTicks(left, right), width), yTicks: labelsY }
}
