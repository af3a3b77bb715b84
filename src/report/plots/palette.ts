/** The colours of a plot, as SVG values. Text has a contrast of at least 4.5 to the surface, lines of at least 3. */
export interface PlotPalette {
  readonly surface: string
  /** Headings of a saved plot. */
  readonly strong: string
  /** Labels. */
  readonly ink: string
  readonly axis: string
  /** Faint: the labels carry the same information. */
  readonly grid: string
  /** Timeouts and failures. */
  readonly alarm: string
  readonly series: readonly string[]
}

export const lightPalette: PlotPalette = {
  surface: '#ffffff',
  strong: '#1f2328',
  ink: '#5b6470',
  axis: '#868f9b',
  grid: '#e6e8eb',
  alarm: '#b42318',
  series: ['#3567d6', '#b45309', '#0f766e', '#a21caf', '#4d7c0f', '#475569'],
}

export const darkPalette: PlotPalette = {
  surface: '#1b1d21',
  strong: '#e4e7eb',
  ink: '#a4adb8',
  axis: '#747e8a',
  grid: '#2c3037',
  alarm: '#ff9a90',
  series: ['#8aa9ec', '#f0a35e', '#5cc9b8', '#e39af0', '#b5d36b', '#c3cad4'],
}

/** How many series can be told apart in one plot. */
export const mostSeries = lightPalette.series.length

const names = {
  surface: '--plot-surface',
  strong: '--plot-strong',
  ink: '--plot-ink',
  axis: '--plot-axis',
  grid: '--plot-grid',
  alarm: '--plot-alarm',
} as const

const seriesName = (index: number): string => `--plot-series-${index + 1}`

/** Colours that follow the theme of the surrounding page: its style sheet sets the custom properties. */
export const pagePalette: PlotPalette = {
  surface: `var(${names.surface})`,
  strong: `var(${names.strong})`,
  ink: `var(${names.ink})`,
  axis: `var(${names.axis})`,
  grid: `var(${names.grid})`,
  alarm: `var(${names.alarm})`,
  series: lightPalette.series.map((_, index) => `var(${seriesName(index)})`),
}

/** The custom properties that `pagePalette` reads, with the colours of `palette`. */
export function paletteProperties(palette: PlotPalette): readonly (readonly [name: string, colour: string])[] {
  return [
    [names.surface, palette.surface],
    [names.strong, palette.strong],
    [names.ink, palette.ink],
    [names.axis, palette.axis],
    [names.grid, palette.grid],
    [names.alarm, palette.alarm],
    ...palette.series.map((colour, index) => [seriesName(index), colour] as const),
  ]
}
