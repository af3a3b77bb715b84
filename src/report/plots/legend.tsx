import { tenth } from './layout.ts'
import { type LegendLayout, symbolGap, symbolWidth } from './legend-layout.ts'
import { Cross, Marker } from './markers.tsx'
import type { PlotPalette } from './palette.ts'
import { toBaseline } from './plot-text.ts'
import type { MarkerShape } from './series-style.ts'

/** The symbol of a series in the legend: a sample of how it is drawn. */
export interface LegendSymbol {
  readonly colour: string
  readonly line?: { readonly dash: string | undefined; readonly width: number }
  /** Opacity of an area, 0 to 1. */
  readonly area?: number
  readonly marker?: MarkerShape | 'cross'
}

export interface LegendEntry {
  readonly name: string
  readonly symbol: LegendSymbol
}

/** Height of an area's sample, in pixels. */
const areaHeight = 10

function EntrySymbol({ symbol, x, y }: { readonly symbol: LegendSymbol; readonly x: number; readonly y: number }) {
  const { colour, line, area, marker } = symbol
  const middle = x + symbolWidth / 2
  return (
    <>
      {area === undefined ? null : (
        <rect
          x={tenth(x)}
          y={tenth(y - areaHeight / 2)}
          width={symbolWidth}
          height={areaHeight}
          fill={colour}
          fillOpacity={area}
          stroke={colour}
          strokeWidth={0.75}
        />
      )}
      {line ? (
        <line
          x1={tenth(x)}
          x2={tenth(x + symbolWidth)}
          y1={tenth(y)}
          y2={tenth(y)}
          stroke={colour}
          strokeWidth={line.width}
          strokeDasharray={line.dash}
        />
      ) : null}
      {marker === 'cross' ? <Cross x={middle} y={y} colour={colour} /> : null}
      {marker && marker !== 'cross' ? <Marker shape={marker} x={middle} y={y} colour={colour} /> : null}
    </>
  )
}

interface LegendProps {
  readonly entries: readonly LegendEntry[]
  readonly layout: LegendLayout
  readonly palette: PlotPalette
  /** Pixels from the top of the plot. */
  readonly top?: number
}

/** Which series is which, above the axes. A shortened name has its full text as a tooltip. */
export function Legend({ entries, layout, palette, top = 0 }: LegendProps) {
  return (
    <g fill={palette.ink}>
      {layout.places.map(({ x, y: within, text, whole }, index) => {
        const y = top + within
        const symbol = entries[index]?.symbol
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what an entry is known by; names may be the same
          <g key={index}>
            {whole === null ? null : <title>{whole}</title>}
            {symbol ? <EntrySymbol symbol={symbol} x={x} y={y} /> : null}
            <text x={tenth(x + symbolWidth + symbolGap)} y={tenth(y + toBaseline)}>
              {text}
            </text>
          </g>
        )
      })}
    </g>
  )
}
