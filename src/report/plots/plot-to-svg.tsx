import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import type { PlotPalette } from './palette.ts'
import type { PlotSurface } from './plot-svg.tsx'
import { shortened, visibleText } from './plot-text.ts'

/** Draws a plot on a surface. */
export type DrawPlot = (surface: PlotSurface) => ReactNode

export interface PictureOptions {
  readonly title: string
  /** Pixels of the whole picture. */
  readonly width: number
  readonly height: number
  readonly palette: PlotPalette
}

const margin = 16
const titleSize = 14
/** From the top of the picture to the plot, in pixels. */
const titleHeight = 40
/** How much wider than a label a title is, being larger and bold. */
const titleToLabel = 1.4

/** A plot as a self-contained SVG document: title, background and colours are included; fonts are not. */
export function plotToSvg(draw: DrawPlot, { title, width, height, palette }: PictureOptions): string {
  const heading = visibleText(title)
  const plotWidth = Math.max(1, width - 2 * margin)
  const plotHeight = Math.max(1, height - titleHeight - margin)
  const drawing = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily="sans-serif"
    >
      <title>{heading}</title>
      <rect width={width} height={height} fill={palette.surface} />
      <text x={margin} y={26} fontSize={titleSize} fontWeight={600} fill={palette.strong}>
        {shortened(heading, plotWidth / titleToLabel)}
      </text>
      <g transform={`translate(${margin} ${titleHeight})`}>{draw({ width: plotWidth, height: plotHeight, palette })}</g>
    </svg>
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToStaticMarkup(drawing)}\n`
}
