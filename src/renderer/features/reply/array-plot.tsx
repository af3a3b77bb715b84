import type { Band } from '../../../shared/codecs/array/summary.ts'
import plotColours from '../../ui/plot-colours.module.css'
import classes from './array.module.css'

const width = 600
const height = 100

/** The outline of a band, along its highest numbers and back along its lowest; one for each stretch without a gap. */
function outlines(band: Band, yOf: (value: number) => number): string[] {
  const xOf = (index: number) => (band.length === 1 ? width / 2 : (index / (band.length - 1)) * width)
  const stretches: { x: number; low: number; high: number }[][] = [[]]
  for (const [index, part] of band.entries()) {
    if (part) stretches.at(-1)?.push({ x: xOf(index), low: yOf(part.low), high: yOf(part.high) })
    else stretches.push([])
  }
  return stretches
    .filter((stretch) => stretch.length > 0)
    .map((stretch) => {
      // A number alone is drawn as a short line.
      const ends = stretch.length === 1 ? stretch.flatMap((end) => [end, { ...end, x: end.x + 2 }]) : stretch
      const there = ends.map(({ x, high }) => `${x.toFixed(1)},${high.toFixed(1)}`)
      const back = ends.toReversed().map(({ x, low }) => `${x.toFixed(1)},${low.toFixed(1)}`)
      return [...there, ...back].join(' ')
    })
}

/** The numbers of each column from the first row to the last. Draws nothing without finite numbers. */
export function ArrayPlot({ bands, label }: { readonly bands: readonly Band[]; readonly label: string }) {
  const parts = bands.flat().filter((part) => part !== null)
  if (parts.length === 0) return null
  const low = Math.min(...parts.map((part) => part.low))
  const high = Math.max(...parts.map((part) => part.high))
  // Halves, since the whole range of large floats is infinite.
  const range = high / 2 - low / 2 || 1
  const yOf = (value: number) => height - 2 - ((value / 2 - low / 2) / range) * (height - 4)
  return (
    <svg
      className={`${classes.plot} ${plotColours.colours}`}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {bands.map((band, column) =>
        outlines(band, yOf).map((points, stretch) => (
          <polygon
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its column
            key={`${column} ${stretch}`}
            points={points}
            stroke={`var(--plot-series-${column + 1})`}
            fill={`var(--plot-series-${column + 1})`}
          />
        )),
      )}
    </svg>
  )
}
