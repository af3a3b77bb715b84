import classes from './latency.module.css'
import type { LegendEntry } from './round-trips.ts'

const size = 10

/** The marks as the plot draws them. */
function Mark({ symbol }: { readonly symbol: LegendEntry['symbol'] }) {
  return (
    <svg width={size} height={size} viewBox="0 0 10 10" aria-hidden="true" className={classes.symbol}>
      {symbol === 'round-trip' ? <circle cx="5" cy="5" r="2.5" className={classes.accent} /> : null}
      {symbol === 'timeout' ? <path d="M1.5 1.5 8.5 8.5M8.5 1.5 1.5 8.5" className={classes.alarm} /> : null}
      {symbol === 'pause' ? (
        <>
          <rect width="10" height="10" className={classes.band} />
          <path d="M1 10 10 1M-1 4 4 -1M6 11 11 6" className={classes.hatch} />
        </>
      ) : null}
    </svg>
  )
}

/** Says what the marks of a timeline mean. Each has a shape of its own, so that colour alone carries no meaning. */
export function RoundTripsLegend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  if (entries.length === 0) return null
  return (
    <ul className={classes.legend} aria-label="Legend">
      {entries.map(({ symbol, text }) => (
        <li key={symbol}>
          <Mark symbol={symbol} />
          {text}
        </li>
      ))}
    </ul>
  )
}
