import { formatCount, formatDuration, formatRate } from '../../../../shared/format.ts'
import type { Distribution } from '../../../../shared/lab/distribution.ts'
import { type LabPercentile, labPercentiles, percentileFigure } from '../../../../shared/lab/figures.ts'
import { type StepResult, throughputOf } from '../../../../shared/lab/result.ts'
import { shareLabel } from '../plots/labels.ts'
import { Given } from './given.tsx'
import type { ReportRow } from './report-rows.ts'

interface TableProps {
  readonly rows: readonly ReportRow[]
  readonly severalRuns: boolean
}

interface NamesProps extends TableProps {
  readonly row: ReportRow
}

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))
const sweeps = (rows: readonly ReportRow[]): boolean => rows.some(({ at }) => at !== null)

function NameHeads({ rows, severalRuns }: TableProps) {
  return (
    <>
      {severalRuns ? (
        <th scope="col" className="name">
          Run
        </th>
      ) : null}
      {sweeps(rows) ? (
        <th scope="col" className="name">
          Step
        </th>
      ) : null}
    </>
  )
}

function Names({ row, rows, severalRuns }: NamesProps) {
  return (
    <>
      {severalRuns ? (
        <th scope="row" className="name">
          <Given text={row.run.name} />
        </th>
      ) : null}
      {sweeps(rows) ? (
        <th scope="row" className="name step">
          {row.at ?? '–'}
        </th>
      ) : null}
    </>
  )
}

interface CountColumn {
  readonly name: string
  readonly value: (step: StepResult) => string
  /** Left out where this is 0 in all rows. */
  readonly onlyWith?: (step: StepResult) => number
}

const countColumns: readonly CountColumn[] = [
  { name: 'Sent', value: ({ counts }) => formatCount(counts.sent) },
  { name: 'Replied', value: ({ counts }) => formatCount(counts.replied) },
  { name: 'Timeouts', value: ({ counts }) => formatCount(counts.timedOut) },
  { name: 'Errors', value: ({ counts }) => formatCount(counts.failed) },
  {
    name: 'Given up unsent',
    value: ({ counts }) => formatCount(counts.unsent),
    onlyWith: ({ counts }) => counts.unsent,
  },
  {
    name: 'Unfinished',
    value: ({ counts }) => formatCount(counts.unfinished),
    onlyWith: ({ counts }) => counts.unfinished,
  },
  { name: 'Throughput', value: (step) => formatRate(throughputOf(step)) },
  { name: 'Measured for', value: ({ elapsedNs }) => formatDuration(elapsedNs) },
  { name: 'Sockets', value: ({ sockets }) => formatCount(sockets) },
  {
    name: 'Waited for a socket',
    value: ({ waitedForSocket }) => formatCount(waitedForSocket),
    onlyWith: ({ waitedForSocket }) => waitedForSocket,
  },
  {
    name: 'Reconnects',
    value: ({ reconnects }) => formatCount(reconnects),
    onlyWith: ({ reconnects }) => reconnects,
  },
  { name: 'Loop delay p50', value: ({ instrument }) => duration(instrument.loopDelay.p50Ns) },
  { name: 'p99', value: ({ instrument }) => duration(instrument.loopDelay.p99Ns) },
  { name: 'max', value: ({ instrument }) => duration(instrument.loopDelay.maxNs) },
  { name: 'Loop busy', value: ({ instrument }) => shareLabel(instrument.busy) },
]

/** What became of the requests, and how the measuring process fared. */
export function CountTable({ rows, severalRuns }: TableProps) {
  const columns = countColumns.filter(({ onlyWith }) => !onlyWith || rows.some(({ step }) => onlyWith(step) > 0))
  return (
    <div className="scroll">
      <table>
        <caption>Requests and the measuring process</caption>
        <thead>
          <tr>
            <NameHeads rows={rows} severalRuns={severalRuns} />
            {columns.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <Names row={row} rows={rows} severalRuns={severalRuns} />
              {columns.map(({ name, value }) => (
                <td key={name}>{value(row.step)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A kind of duration, and whether a step has it. */
const kinds: readonly {
  readonly name: (step: StepResult) => string
  readonly of: (step: StepResult) => Distribution | null
}[] = [
  { name: ({ load }) => (load.model === 'open' ? 'Response time' : 'Round trip'), of: ({ latency }) => latency },
  { name: () => 'Service time', of: ({ service }) => service },
  { name: () => 'Sends late by', of: ({ lateness }) => lateness },
  { name: () => 'Connect', of: ({ connect }) => connect },
]

function PercentileCell({ of, at }: { readonly of: Distribution; readonly at: LabPercentile }) {
  const figure = percentileFigure(of, at)
  if (figure === null) return <td>–</td>
  if ('ns' in figure) return <td>{formatDuration(figure.ns)}</td>
  return <td className="lacks">{formatCount(figure.lacks)} more samples needed</td>
}

/** The figures of all that was timed. */
export function DurationTable({ rows, severalRuns }: TableProps) {
  return (
    <div className="scroll">
      <table>
        <caption>Durations</caption>
        <thead>
          <tr>
            <NameHeads rows={rows} severalRuns={severalRuns} />
            <th scope="col" className="name">
              What
            </th>
            <th scope="col">Samples</th>
            <th scope="col">mean</th>
            {labPercentiles.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            <th scope="col">max</th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap((row) =>
            kinds.map(({ name, of }) => {
              const distribution = of(row.step)
              if (distribution === null) return null
              return (
                <tr key={`${row.key} ${name(row.step)}`}>
                  <Names row={row} rows={rows} severalRuns={severalRuns} />
                  <th scope="row" className="name">
                    {name(row.step)}
                  </th>
                  <td>{formatCount(distribution.count)}</td>
                  <td>{duration(distribution.meanNs)}</td>
                  {labPercentiles.map((percentile) => (
                    <PercentileCell key={percentile.key} of={distribution} at={percentile} />
                  ))}
                  <td>{duration(distribution.maxNs)}</td>
                </tr>
              )
            }),
          )}
        </tbody>
      </table>
    </div>
  )
}
