import type { DrawPlot } from '../../../report/plots/plot-to-svg.tsx'
import { SeriesPlot } from '../../../report/plots/series-plot.tsx'
import type { SeriesData } from '../../../report/plots/series-scene.ts'

/** Draws series for a file, with their legend. */
export const drawSeries =
  (data: SeriesData, label: string): DrawPlot =>
  ({ width, height, palette }) => (
    <SeriesPlot data={data} width={width} height={height} palette={palette} label={label} />
  )
