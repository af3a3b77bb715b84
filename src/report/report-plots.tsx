import type { ReactNode } from 'react'
import type { Distribution } from '../shared/lab/distribution.ts'
import { headingOf, kindOf, kindWords, labKinds } from '../shared/lab/kind.ts'
import type { LabRun } from '../shared/lab/result.ts'
import { type SweptOver, sweepWords } from '../shared/lab/sweep.ts'
import { Given } from './given.tsx'
import { HistogramPlot } from './plots/histogram-plot.tsx'
import { mostSeries, pagePalette } from './plots/palette.ts'
import { PercentilePlot } from './plots/percentile-plot.tsx'
import { nameBeforeFigures } from './plots/plot-text.ts'
import { RatePlot } from './plots/rate-plot.tsx'
import { histogramSeries, percentileSeries } from './plots/step-series.ts'
import { SweepPlot } from './plots/sweep-plot.tsx'
import { sweepSeries } from './plots/sweep-series.ts'
import { TimelinePlot } from './plots/timeline-plot.tsx'
import { type ReportRow, rowName, rowsOf, subjectOf } from './report-rows.ts'

const half = { width: 492, height: 280, palette: pagePalette }
const whole = { width: 1000, height: 260, palette: pagePalette }
const sweepSize = { width: 1000, height: 380, palette: pagePalette }

interface FigureProps {
  readonly title: string
  readonly wide?: boolean
  readonly children: ReactNode
}

function Figure({ title, wide = false, children }: FigureProps) {
  return (
    <figure className={wide ? 'wide' : undefined}>
      <figcaption>
        <Given text={title} />
      </figcaption>
      {children}
    </figure>
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** As many as can be told apart in one plot, evenly spaced, including the first and last. */
function chosen<Item>(items: readonly Item[]): readonly Item[] {
  if (items.length <= mostSeries) return items
  const places = Array.from({ length: mostSeries }, (_, place) =>
    Math.round((place * (items.length - 1)) / (mostSeries - 1)),
  )
  return items.filter((_, index) => places.includes(index))
}

/** Splits items into groups that can be told apart in one plot. */
function parts<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / mostSeries) }, (_, index) =>
    items.slice(index * mostSeries, (index + 1) * mostSeries),
  )
}

interface OverlayProps {
  readonly rows: readonly ReportRow[]
  readonly severalRuns: boolean
  /** What the rows have in common; part of the titles. */
  readonly of?: string
}

interface Timed {
  readonly name: string
  readonly distribution: Distribution
}

/** A single open-loop step also has service times; the difference is queueing. */
function timedIn(rows: readonly ReportRow[], severalRuns: boolean): readonly Timed[] {
  const [only] = rows
  if (rows.length === 1 && only?.step.service) {
    return [
      { name: small(headingOf(only.step.load)), distribution: only.step.latency },
      { name: small(kindWords[kindOf(only.step.load)].serviceHeading), distribution: only.step.service },
    ]
  }
  return rows.map((row) => ({ name: rowName(row, severalRuns), distribution: row.step.latency }))
}

/** Percentiles and histograms of several steps, overlaid. */
function Overlay({ rows, severalRuns, of = '' }: OverlayProps) {
  const subject = subjectOf(rows.map(({ step }) => step))
  const timed = timedIn(rows, severalRuns)
  return (
    <>
      <Figure title={`${capital(subject)} by percentile${of}`}>
        <PercentilePlot
          {...half}
          subject={subject}
          series={timed.map(({ name, distribution }, index) => percentileSeries(name, index, distribution))}
        />
      </Figure>
      <Figure title={`Distribution of ${subject}${of}`}>
        <HistogramPlot
          {...half}
          subject={subject}
          series={timed.map(({ name, distribution }, index) => histogramSeries(name, index, distribution))}
        />
      </Figure>
    </>
  )
}

/** How many messages nobody answers were accepted or delivered over time. */
function Rates({ rows, severalRuns }: OverlayProps) {
  const streams = rows.filter(({ step }) => kindOf(step.load) !== 'round-trips')
  return streams.map((row) => {
    const { done } = kindWords[kindOf(row.step.load)]
    const title = `Messages ${done} over time`
    const isAlone = rows.length === 1
    return (
      <Figure
        key={row.key}
        title={isAlone ? title : `${title}: ${nameBeforeFigures(rowName(row, severalRuns))}`}
        wide={isAlone}
      >
        <RatePlot {...(isAlone ? whole : half)} done={done} slots={row.step.slots} />
      </Figure>
    )
  })
}

function Timelines({ rows, severalRuns }: OverlayProps) {
  const alone = rows.length === 1
  return rows.map((row) => {
    const subject = subjectOf([row.step])
    const title = `${capital(subject)} over time`
    return (
      <Figure
        key={row.key}
        title={alone ? title : `${title}: ${nameBeforeFigures(rowName(row, severalRuns))}`}
        wide={alone}
      >
        <TimelinePlot {...(alone ? whole : half)} subject={subject} slots={row.step.slots} />
      </Figure>
    )
  })
}

function Sweeps({ runs, over }: { readonly runs: readonly LabRun[]; readonly over: SweptOver }) {
  const swept = runs.filter((run) => run.settings.sweep?.over === over && run.steps.length > 0)
  const ofKinds = labKinds.flatMap((kind) => parts(swept.filter(({ settings }) => kindOf(settings.load) === kind)))
  return ofKinds.map((part) => {
    const subject = subjectOf(part.flatMap(({ steps }) => steps))
    return (
      <Figure key={part[0]?.startedAt} title={`${capital(subject)} and throughput by ${sweepWords[over].by}`} wide>
        <SweepPlot
          {...sweepSize}
          over={over}
          subject={subject}
          runs={part.map((run, index) => sweepSeries(run, index))}
        />
      </Figure>
    )
  })
}

/** All plots of a report: runs without a sweep are overlaid; each sweep's steps are overlaid. */
export function ReportPlots({ runs }: { readonly runs: readonly LabRun[] }) {
  const severalRuns = runs.length > 1
  const rows = rowsOf(runs)
  const single = rows.filter(({ run }) => run.steps.length === 1)
  const several = runs
    .map((run) => ({ run, steps: rows.filter((row) => row.run === run) }))
    .filter(({ steps }) => steps.length > 1)
  return (
    <div className="plots">
      <Sweeps runs={runs} over="size" />
      <Sweeps runs={runs} over="rate" />
      <Sweeps runs={runs} over="sockets" />
      <Sweeps runs={runs} over="inFlight" />
      {labKinds
        .flatMap((kind) => parts(single.filter(({ step }) => kindOf(step.load) === kind)))
        .map((part) => (
          <Overlay key={part[0]?.key} rows={part} severalRuns={severalRuns} />
        ))}
      <Rates rows={single} severalRuns={severalRuns} />
      <Timelines rows={single} severalRuns={severalRuns} />
      {several.map(({ run, steps }) => (
        <SweptRun key={steps[0]?.key} run={run} rows={chosen(steps)} severalRuns={severalRuns} />
      ))}
    </div>
  )
}

function SweptRun({ run, rows, severalRuns }: OverlayProps & { readonly run: LabRun }) {
  const few = rows.length < run.steps.length ? `, ${rows.length} of ${run.steps.length} steps` : ''
  return (
    <>
      <Overlay rows={rows} severalRuns={false} of={`${severalRuns ? `: ${nameBeforeFigures(run.name)}` : ''}${few}`} />
      <Rates rows={rows} severalRuns={severalRuns} />
      <Timelines rows={rows} severalRuns={severalRuns} />
    </>
  )
}
