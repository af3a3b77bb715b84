import { formatCount, formatDuration, formatRate, formatSize } from '../../../shared/format.ts'
import { type Distribution, percentileOf } from '../../../shared/lab/distribution.ts'
import { type LabPercentile, labPercentiles, percentileFigure } from '../../../shared/lab/figures.ts'
import { kindOf, kindWords, type LabKind, labKinds } from '../../../shared/lab/kind.ts'
import { type LabRun, type StepResult, throughputOf } from '../../../shared/lab/result.ts'
import { numberedFigures, streamFigures } from '../../../shared/lab/step-figures.ts'
import { batchesInWords } from '../../../shared/lab/turns.ts'

/** A step of a run as a table column. */
export interface Column {
  readonly key: string
  readonly run: LabRun
  readonly step: StepResult
  /** The size or rate of this step in a sweep; null without a sweep. */
  readonly at: string | null
}

export interface FigureRow {
  readonly name: string
  readonly hint: string
  readonly value: (column: Column) => string
  /** Left out where no column has it. */
  readonly only?: (column: Column) => boolean
  /** A heading above this row and those that follow. */
  readonly group?: string
}

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

function percentileText(distribution: Distribution | null, percentile: LabPercentile): string {
  const figure = distribution === null ? null : percentileFigure(distribution, percentile)
  if (figure === null) return '–'
  return 'ns' in figure ? formatDuration(figure.ns) : `needs ${formatCount(figure.lacks)} more`
}

const hints: Readonly<Record<string, string>> = {
  p50: 'Half of the replies took no longer.',
  p90: '90 % of the replies took no longer.',
  p99: '99 % of the replies took no longer.',
  'p99.9': '99.9 % of the replies took no longer.',
  'p99.99': '99.99 % of the replies took no longer. Shown from 100,000 replies.',
}

const distributionRows = (group: string, pick: (step: StepResult) => Distribution | null): FigureRow[] => [
  {
    group,
    name: 'mean',
    hint: 'The arithmetic mean.',
    value: ({ step }) => duration(pick(step)?.meanNs ?? null),
  },
  ...labPercentiles.map(
    (percentile): FigureRow => ({
      name: percentile.name,
      hint: hints[percentile.name] ?? '',
      value: ({ step }) => percentileText(pick(step), percentile),
    }),
  ),
  { name: 'max', hint: 'The longest.', value: ({ step }) => duration(pick(step)?.maxNs ?? null) },
]

const countRows: readonly FigureRow[] = [
  {
    name: 'Replies',
    hint: 'Requests answered in time.',
    value: ({ step }) => formatCount(step.counts.replied),
  },
  {
    name: 'Timeouts',
    hint: 'Requests without a reply in time.',
    value: ({ step }) => formatCount(step.counts.timedOut),
  },
  {
    name: 'Errors',
    hint: 'Requests that failed for another reason.',
    value: ({ step }) => formatCount(step.counts.failed),
  },
]

const numberedRows: readonly FigureRow[] = numberedFigures.map(({ name, hint, value }) => ({
  name,
  hint,
  value: ({ step }) => value(step),
  only: ({ step }) => step.numbered !== null,
}))

const throughput: FigureRow = {
  name: 'Throughput',
  hint: 'Replies per second while measuring.',
  value: ({ step }) => formatRate(throughputOf(step)),
}

const latenessRows: readonly FigureRow[] = ([50, 99] as const).map((percentile, index) => ({
  ...(index === 0 ? { group: 'Sends late by' } : {}),
  name: `p${percentile}`,
  hint: 'From when a request was due to when it was sent.',
  value: ({ step }) => duration(step.lateness === null ? null : percentileOf(step.lateness, percentile)),
}))

const hasTurns = ({ step: { turns } }: Column): boolean => turns !== null

const instrumentRows: readonly FigureRow[] = [
  {
    group: 'Instrument',
    name: 'Loop delay p99',
    hint: 'How late timers fired in the measuring process.',
    value: ({ step }) => duration(step.instrument.loopDelay.p99Ns),
  },
  {
    name: 'Busy',
    hint: 'Share of the time the measuring process was busy.',
    value: ({ step }) => `${Math.round(step.instrument.busy * 100)} %`,
  },
  {
    name: 'Requests by turn',
    hint: 'How many requests went out in one turn of the event loop: mean, p99 and the most.',
    value: ({ step: { turns } }) => (turns === null ? '–' : batchesInWords(turns.requests)),
    only: hasTurns,
  },
  {
    name: 'Replies by turn',
    hint: 'How many replies were read in one turn of the event loop, each timed after the one before.',
    value: ({ step: { turns } }) => (turns === null ? '–' : batchesInWords(turns.replies)),
    only: hasTurns,
  },
  {
    name: 'Connect p50',
    hint: 'From connect to handshake. Not included in the latencies.',
    value: ({ step }) => duration(percentileOf(step.connect, 50)),
  },
  {
    name: 'Encode',
    hint: 'Time to encode the message, once before the run.',
    value: ({ run }) => duration(run.message.encodeNs),
  },
  { name: 'Sockets', hint: 'The most open at once.', value: ({ step }) => formatCount(step.sockets) },
  { name: 'Message', hint: 'Bytes in all frames of the request.', value: ({ step }) => formatSize(step.messageBytes) },
]

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Rows that other kinds of loads leave empty, with what they are as a heading where there are several kinds. */
function ofKind(kind: LabKind, isOnly: boolean, rows: readonly FigureRow[]): readonly FigureRow[] {
  return rows.map((row, index) => ({
    ...row,
    ...(index === 0 && !isOnly ? { group: capital(kindWords[kind].label) } : {}),
    value: (column) => (kindOf(column.step.load) === kind ? row.value(column) : '–'),
  }))
}

const streamRows = (kind: 'flood' | 'one-way'): readonly FigureRow[] =>
  streamFigures[kind].map(({ name, hint, value }) => ({ name, hint, value: ({ step }) => value(step) }))

/** What the durations of these columns are, as a heading. */
function durationsOf(columns: readonly Column[], isPaced: boolean): string {
  const kinds = new Set(columns.map(({ step }) => kindOf(step.load)))
  const [kind, ...others] = kinds
  if (kind === undefined || others.length > 0) return 'Durations'
  return isPaced ? kindWords[kind].headingAtRate : kindWords[kind].heading
}

/** The table rows for these columns. A row that applies to none of them is omitted. */
export function figureRows(columns: readonly Column[]): readonly FigureRow[] {
  const open = columns.some(({ step }) => step.lateness !== null)
  const withService = columns.find(({ step }) => step.service !== null)
  const kinds = labKinds.filter((kind) => columns.some(({ step }) => kindOf(step.load) === kind))
  const unsent = columns.some(({ step }) => step.counts.unsent > 0)
  const late: FigureRow = {
    name: 'max',
    hint: 'The most delayed send.',
    value: ({ step }) => duration(step.lateness?.maxNs ?? null),
  }
  const counted = kinds.flatMap((kind) =>
    ofKind(
      kind,
      kinds.length === 1,
      kind === 'round-trips' ? [...countRows, ...numberedRows, throughput] : streamRows(kind),
    ),
  )
  const rows: readonly FigureRow[] = [
    ...counted,
    ...(unsent
      ? [
          {
            name: 'Never sent',
            hint: 'Due, but no socket became free, or no message was taken, within the timeout.',
            value: ({ step }: Column) => formatCount(step.counts.unsent),
          },
        ]
      : []),
    ...distributionRows(durationsOf(columns, open), ({ latency }) => latency),
    ...(withService
      ? distributionRows(kindWords[kindOf(withService.step.load)].serviceHeading, ({ service }) => service)
      : []),
    ...(open ? [...latenessRows, late] : []),
    ...instrumentRows,
  ]
  return rows.filter(({ only }) => only === undefined || columns.some(only))
}
