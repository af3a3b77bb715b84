import { useId, useMemo } from 'react'
import { AxisLabels, BaseLine, Grid } from '../../../report/plots/axes.tsx'
import { type PlotSurface, PlotSvg } from '../../../report/plots/plot-svg.tsx'
import { seriesStyle } from '../../../report/plots/series-style.ts'
import { type TimelineData, wordsOf } from './round-trips.ts'
import { roundTripsScene } from './round-trips-scene.ts'

const hatchEvery = 6
const hatchOpacity = 0.4

/**
 * Round trips in order. A timeout is a cross above the plot, because it has no round trip, and a pause is a hatched band
 * of fixed width (see `timeAxis`).
 */
export function RoundTripsPlot({ data, ...surface }: PlotSurface & { readonly data: TimelineData }) {
  const { width, height, palette } = surface
  const hatch = useId()
  const { colour } = seriesStyle(palette, 0)
  const scene = useMemo(() => roundTripsScene({ data, width, height, colour }), [data, width, height, colour])
  const points = useMemo(() => [scene.points], [scene])
  const words = wordsOf(data)
  const { axes, line, dots, crosses, pauses } = scene
  const { area } = axes
  return (
    <PlotSvg {...surface} area={area} label={`Recent round trips: ${words}`} resting={words} points={points}>
      <pattern id={hatch} width={hatchEvery} height={hatchEvery} patternUnits="userSpaceOnUse">
        <path d="M0,6L6,0M-1,1L1,-1M5,7L7,5" stroke={palette.ink} strokeOpacity={hatchOpacity} />
      </pattern>
      <Grid axes={axes} palette={palette} />
      {pauses.map((pause) => (
        <rect key={pause.x} {...pause} y={area.top} height={area.bottom - area.top} fill={`url(#${hatch})`} />
      ))}
      <BaseLine area={area} palette={palette} />
      <path d={line} fill="none" stroke={colour} strokeLinejoin="round" />
      <path d={dots} fill="none" stroke={colour} strokeWidth={4} strokeLinecap="round" />
      <path d={crosses} fill="none" stroke={palette.alarm} strokeWidth={1.5} />
      <AxisLabels axes={axes} palette={palette} />
    </PlotSvg>
  )
}
