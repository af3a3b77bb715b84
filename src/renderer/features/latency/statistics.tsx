import { formatCount, formatDuration } from '../../../shared/format.ts'
import { samplesFor } from '../../../shared/lab/samples.ts'
import { type LatencySummary, percentiles } from '../../../shared/latency/summary.ts'
import classes from './latency.module.css'

interface Statistic {
  readonly name: string
  readonly value: string
  /** Whether the value says why there is no figure. */
  readonly lacks?: boolean
  readonly title?: string
}

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

/** A percentile, from as many samples on as the lab asks for. */
function percentileOf(summary: LatencySummary, { key, percentile }: (typeof percentiles)[number]): Statistic {
  const needs = samplesFor(percentile)
  const title = `${key} needs ${formatCount(needs)} replies, so that ten of them took longer.`
  const lacking = needs - summary.count
  if (summary.count === 0) return { name: key, value: '–', title }
  if (lacking > 0) return { name: key, value: `needs ${formatCount(lacking)} more`, lacks: true, title }
  return { name: key, value: duration(summary.percentiles[key]) }
}

const statisticsOf = (summary: LatencySummary): readonly Statistic[] => [
  { name: 'count', value: formatCount(summary.count) },
  { name: 'timeouts', value: formatCount(summary.timeouts) },
  { name: 'min', value: duration(summary.min) },
  { name: 'mean', value: duration(summary.mean) },
  ...percentiles.map((percentile) => percentileOf(summary, percentile)),
  { name: 'max', value: duration(summary.max) },
]

/** The figures of the round trips on one line. */
export function Statistics({ summary }: { readonly summary: LatencySummary }) {
  return (
    <dl className={classes.statistics}>
      {statisticsOf(summary).map(({ name, value, lacks = false, title }) => (
        <div key={name} className={classes.statistic} data-lacks={lacks || undefined} title={title}>
          <dt>{name}</dt>
          <dd>
            <output aria-label={name} aria-live="off">
              {value}
            </output>
          </dd>
        </div>
      ))}
    </dl>
  )
}
