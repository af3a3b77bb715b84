import type uPlot from 'uplot'
import { columnOf } from './timeline-data.ts'

/** Height of the rug above the plot, in CSS pixels. */
export const rugHeight = 14
const crossRadius = 3
const hatchEvery = 6
const hatchOpacity = 0.4

/** The indexes of a column's marks. */
function marksIn(plot: uPlot, column: number): number[] {
  return [...(plot.data[column] ?? [])].flatMap((mark, index) => (mark === 1 ? [index] : []))
}

const positionOf = (plot: uPlot, index: number): number => plot.valToPos(plot.data[0][index] ?? 0, 'x', true)

/** Fills each pause with a hatched band, behind everything else. */
export function drawPauses(plot: uPlot, colour: string): void {
  const { ctx, bbox } = plot
  const pixel = devicePixelRatio
  ctx.save()
  ctx.strokeStyle = colour
  ctx.globalAlpha = hatchOpacity
  ctx.lineWidth = pixel
  for (const index of marksIn(plot, columnOf.pauses)) {
    const from = positionOf(plot, index - 1)
    const to = positionOf(plot, index + 1)
    ctx.save()
    ctx.beginPath()
    ctx.rect(from, bbox.top, to - from, bbox.height)
    ctx.clip()
    ctx.beginPath()
    for (let x = from - bbox.height; x < to; x += hatchEvery * pixel) {
      ctx.moveTo(x, bbox.top + bbox.height)
      ctx.lineTo(x + bbox.height, bbox.top)
    }
    ctx.stroke()
    ctx.restore()
  }
  ctx.restore()
}

/** Marks each timeout with a cross above the plot: it has a time, but no height. */
export function drawTimeouts(plot: uPlot, colour: string): void {
  const { ctx, bbox } = plot
  const pixel = devicePixelRatio
  const radius = crossRadius * pixel
  const y = bbox.top - (rugHeight / 2) * pixel
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = 1.5 * pixel
  ctx.beginPath()
  for (const index of marksIn(plot, columnOf.timeouts)) {
    const x = positionOf(plot, index)
    ctx.moveTo(x - radius, y - radius)
    ctx.lineTo(x + radius, y + radius)
    ctx.moveTo(x + radius, y - radius)
    ctx.lineTo(x - radius, y + radius)
  }
  ctx.stroke()
  ctx.restore()
}
