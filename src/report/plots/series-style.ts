import type { PlotPalette } from './palette.ts'

export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'wedge' | 'bar'

/** The look of a series. Dash and marker distinguish it where colours cannot. */
export interface SeriesStyle {
  readonly colour: string
  /** SVG dash lengths in pixels; undefined for a solid line. */
  readonly dash: string | undefined
  readonly marker: MarkerShape
}

const dashes = [undefined, '7 3', '2 2.5', '9 3 2 3', '4 2', '12 3 2 3 2 3'] as const
const markers = ['circle', 'square', 'triangle', 'diamond', 'wedge', 'bar'] as const satisfies readonly MarkerShape[]

/** The style of a colour index, from 0; wraps around after the last. */
export function seriesStyle(palette: PlotPalette, index: number): SeriesStyle {
  const place = Number.isInteger(index) && index >= 0 ? index : 0
  return {
    colour: palette.series[place % palette.series.length] ?? palette.ink,
    dash: dashes[place % dashes.length],
    marker: markers[place % markers.length] ?? 'circle',
  }
}
