import { formatCount, formatDuration } from '../shared/format.ts'
import type { Distribution } from '../shared/lab/distribution.ts'
import { type LabPercentile, labPercentiles, percentileFigure } from '../shared/lab/figures.ts'
import { headingOf, kindOf, kindWords } from '../shared/lab/kind.ts'
import type { StepResult } from '../shared/lab/result.ts'
import { NameHeads, Names, type TableProps } from './name-cells.tsx'
import { counted } from './plots/labels.ts'

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

interface TimedKind {
  readonly name: string
  readonly distribution: Distribution
  /** Whether a longer run for more samples makes sense. */
  readonly wanted: boolean
}

/** Everything that a step timed. */
function kindsOf({ load, latency, service, lateness, connect }: StepResult): readonly TimedKind[] {
  return [
    { name: headingOf(load), distribution: latency, wanted: true },
    ...(service ? [{ name: kindWords[kindOf(load)].serviceHeading, distribution: service, wanted: true }] : []),
    ...(lateness ? [{ name: 'Sends late by', distribution: lateness, wanted: true }] : []),
    { name: 'Connect', distribution: connect, wanted: false },
  ]
}

function PercentileCell({ kind, at }: { readonly kind: TimedKind; readonly at: LabPercentile }) {
  const figure = percentileFigure(kind.distribution, at)
  if (figure !== null && 'ns' in figure) return <td>{formatDuration(figure.ns)}</td>
  if (figure === null || !kind.wanted) return <td>–</td>
  return <td className="lacks">{counted(figure.lacks, 'more sample')} needed</td>
}

/** The figures of everything that was timed. */
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
          {rows.flatMap((row) => {
            const kinds = kindsOf(row.step)
            return kinds.map((kind, index) => (
              <tr key={`${row.key} ${kind.name}`}>
                {index === 0 ? <Names row={row} rows={rows} severalRuns={severalRuns} lines={kinds.length} /> : null}
                <th scope="row" className="name">
                  {kind.name}
                </th>
                <td>{formatCount(kind.distribution.count)}</td>
                <td>{duration(kind.distribution.meanNs)}</td>
                {labPercentiles.map((percentile) => (
                  <PercentileCell key={percentile.key} kind={kind} at={percentile} />
                ))}
                <td>{duration(kind.distribution.maxNs)}</td>
              </tr>
            ))
          })}
        </tbody>
      </table>
    </div>
  )
}
