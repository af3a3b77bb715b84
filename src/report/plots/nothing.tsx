import { tenth } from './layout.ts'
import { type PlotSurface, PlotSvg } from './plot-svg.tsx'
import { fontSize, shortened } from './plot-text.ts'

interface NothingProps extends PlotSurface {
  /** What the plot would show. */
  readonly label: string
  /** Why it is empty. */
  readonly words: string
}

/** An empty plot with a message in the middle. */
export function Nothing({ label, words, ...surface }: NothingProps) {
  const { width, height, palette } = surface
  const hasRoom = height >= 2 * fontSize && width >= 40
  return (
    <PlotSvg
      {...surface}
      area={{ left: 0, top: 0, right: width, bottom: height }}
      label={`${label}: ${words}`}
      resting=""
      points={[]}
    >
      {hasRoom ? (
        <text x={tenth(width / 2)} y={tenth(height / 2 + 4)} textAnchor="middle" fill={palette.ink}>
          {shortened(words.charAt(0).toUpperCase() + words.slice(1), width - 8)}
        </text>
      ) : null}
    </PlotSvg>
  )
}
