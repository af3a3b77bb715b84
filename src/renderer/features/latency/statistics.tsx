import type { KeyboardEvent } from 'react'
import { formatCount, formatDuration } from '../../../shared/format.ts'
import { samplesFor } from '../../../shared/lab/samples.ts'
import { type LatencySummary, percentiles } from '../../../shared/latency/summary.ts'
import { explainedAs } from '../../ui/explained.ts'
import classes from './latency.module.css'

interface Statistic {
  readonly name: string
  readonly value: string
  /** Whether the value says why there is no figure. */
  readonly lacks?: boolean
  /** What it is, or why it is not there. */
  readonly words: string
}

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

/** A percentile, from as many samples on as the lab asks for. */
function percentileOf(summary: LatencySummary, { key, percentile }: (typeof percentiles)[number]): Statistic {
  const needs = samplesFor(percentile)
  const why = `${key} needs ${formatCount(needs)} replies, so that ten of them took longer.`
  const lacking = needs - summary.count
  if (summary.count === 0) return { name: key, value: '–', words: why }
  if (lacking > 0) return { name: key, value: `needs ${formatCount(lacking)} more`, lacks: true, words: why }
  return {
    name: key,
    value: duration(summary.percentiles[key]),
    words: `${percentile} % of the round trips took at most this long.`,
  }
}

const statisticsOf = (summary: LatencySummary): readonly Statistic[] => [
  { name: 'count', value: formatCount(summary.count), words: 'Replies that came in time.' },
  {
    name: 'timeouts',
    value: formatCount(summary.timeouts),
    words: 'Requests that were sent and got no reply in time. No percentile includes them.',
  },
  { name: 'min', value: duration(summary.min), words: 'The shortest round trip, exact.' },
  { name: 'mean', value: duration(summary.mean), words: 'The mean of all round trips, exact.' },
  ...percentiles.map((percentile) => percentileOf(summary, percentile)),
  { name: 'max', value: duration(summary.max), words: 'The longest round trip, exact.' },
]

/** Moves the focus among the figures, which have one tab stop. */
function step({ key, currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[key]
  const figures = [...currentTarget.querySelectorAll<HTMLElement>('[data-explained]')]
  const at = figures.findIndex((figure) => target instanceof Node && figure.contains(target))
  if (by === undefined || at < 0) return false
  figures[Math.max(0, Math.min(figures.length - 1, at + by))]?.focus()
  return true
}

/** The figures of the round trips, in columns. Each is explained. */
export function Statistics({ summary }: { readonly summary: LatencySummary }) {
  return (
    <dl
      className={classes.statistics}
      onKeyDown={(event) => {
        if (step(event)) event.preventDefault()
      }}
    >
      {statisticsOf(summary).map(({ name, value, lacks = false, words }, index) => (
        <div
          key={name}
          tabIndex={index === 0 ? 0 : -1}
          className={classes.statistic}
          data-lacks={lacks || undefined}
          {...explainedAs(words)}
        >
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
