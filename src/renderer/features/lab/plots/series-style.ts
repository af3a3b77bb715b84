import type { PlotPalette } from './palette.ts'

export type MarkerShape = 'circle' | 'square' | 'triangle' | 'diamond' | 'wedge' | 'bar'

/** How one of several series looks. Dash and marker tell it apart where colours cannot be seen. */
export interface SeriesStyle {
  readonly colour: string
  /** Lengths in pixels as SVG takes them; undefined is a solid line. */
  readonly dash: string | undefined
  readonly marker: MarkerShape
}

const dashes = [undefined, '7 3', '2 2.5', '9 3 2 3', '4 2', '12 3 2 3 2 3'] as const
const markers = ['circle', 'square', 'triangle', 'diamond', 'wedge', 'bar'] as const satisfies readonly MarkerShape[]

/** The style of a colour index, counted from 0; beyond the last it begins anew. */
export function seriesStyle(palette: PlotPalette, index: number): SeriesStyle {
  const place = Number.isInteger(index) && index >= 0 ? index : 0
  return {
    colour: palette.series[place % palette.series.length] ?? palette.ink,
    dash: dashes[place % dashes.length],
    marker: markers[place % markers.length] ?? 'circle',
  }
}
