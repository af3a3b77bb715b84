import { type Bin, binsOf, percentileOf } from '../../../../shared/bins.ts'
import { formatCount } from '../../../../shared/format.ts'
import classes from './figures.module.css'

const bars = 32
const width = 320
const height = 48

interface SmallHistogramProps {
  /** What the values are, in the plural. */
  readonly name: string
  readonly values: readonly number[]
  readonly format: (value: number) => string
}

function Bar({ bin, index, of, most }: { bin: Bin; index: number; of: number; most: number }) {
  const each = width / of
  const tall = bin.count === 0 ? 0 : Math.max(1, (bin.count / most) * height)
  // A single value is no stretch: its bar stands in the middle.
  const [x, wide] = of === 1 ? [width / 2 - 6, 12] : [index * each, Math.max(1, each - 1)]
  return <rect x={x} y={height - tall} width={wide} height={tall} />
}

/** How often values are how great, with the least, the greatest, and those in between. */
export function SmallHistogram({ name, values, format }: SmallHistogramProps) {
  const sorted = values.toSorted((one, other) => one - other)
  const bins = binsOf(sorted, bars)
  const most = bins.reduce((greatest, { count }) => Math.max(greatest, count), 1)
  const percentile = (percent: number): string => {
    const value = percentileOf(sorted, percent)
    return value === undefined ? '–' : format(value)
  }
  const figures = [
    ['min', percentile(0)],
    ['p50', percentile(50)],
    ['p99', percentile(99)],
    ['max', percentile(100)],
  ] as const
  const words = figures.map(([of, value]) => `${of} ${value}`).join(', ')
  return (
    <figure className={classes.figure} aria-label={`${name}: ${words}`}>
      <figcaption className={classes.caption}>
        <span>{name}</span>
        <span className={classes.count}>{formatCount(values.length)}</span>
      </figcaption>
      <svg className={classes.plot} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden>
        {bins.map((bin, index) => (
          <Bar key={bin.from} bin={bin} index={index} of={bins.length} most={most} />
        ))}
      </svg>
      <dl className={classes.figures}>
        {figures.map(([of, value]) => (
          <div key={of}>
            <dt>{of}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </figure>
  )
}
