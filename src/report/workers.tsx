import { formatCount, formatDuration, formatRate } from '../shared/format.ts'
import { kindOf, kindWords } from '../shared/lab/kind.ts'
import { aboutWhom, runFindings } from '../shared/lab/run-findings.ts'
import { workerRows } from '../shared/lab/worker-findings.ts'
import { Given } from './given.tsx'
import { NameHeads, Names, type TableProps } from './name-cells.tsx'
import { shareLabel } from './plots/labels.ts'
import { visibleText } from './plots/plot-text.ts'

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

/** Where open loops end, and whose figures are not to be trusted; nothing where there is nothing to know. */
export function RunWarnings({ rows, severalRuns }: TableProps) {
  const runs = [...new Set(rows.map(({ run }) => run))]
  const found = runs.flatMap((run, place) => runFindings(run).map((finding) => ({ run, place, finding })))
  if (found.length === 0) return null
  return (
    <ul className="findings">
      {found.map(({ run, place, finding }) => {
        const whom = aboutWhom(finding)
        return (
          <li key={`${place} ${finding.key}`} className={finding.level}>
            <strong>
              {finding.level === 'distrust' ? 'Unreliable. ' : ''}
              {severalRuns ? (
                <>
                  <Given text={run.name} short />
                  {': '}
                </>
              ) : null}
              {whom === null ? null : (
                <>
                  <Given text={whom} />
                  {': '}
                </>
              )}
              {visibleText(finding.what)}
            </strong>{' '}
            {visibleText(finding.advice)}
          </li>
        )
      })}
    </ul>
  )
}

/** Those that made each step together; nothing where one process made all. */
export function WorkerTable(props: TableProps) {
  const { rows, severalRuns } = props
  const made = rows.map((row) => ({ row, workers: workerRows(row.run, row.step) }))
  const there = made.filter(({ workers }) => workers.length > 0)
  if (there.length === 0) return null
  const counted = new Set(there.map(({ row }) => kindWords[kindOf(row.step.load)].doneHeading))
  const done = counted.size === 1 ? [...counted].join() : 'Replies or messages'
  const clocks = there.some(({ workers }) => workers.some(({ clockNs }) => clockNs !== null))
  const heads = ['Worker', done, 'Throughput', 'p50', 'p99', 'Max', 'Sends late by p99', 'Loop busy']
  return (
    <div className="scroll">
      <table>
        <caption>Workers</caption>
        <thead>
          <tr>
            <NameHeads {...props} />
            {[...heads, ...(clocks ? ['Clock'] : [])].map((name) => (
              <th key={name} scope="col" className={name === 'Worker' ? 'name' : ''}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {there.map(({ row, workers }) => (
          <tbody key={row.key}>
            {workers.map((worker, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a worker is known by its place; names may be the same
              <tr key={index}>
                {index === 0 ? <Names row={row} rows={rows} severalRuns={severalRuns} lines={workers.length} /> : null}
                <th scope="row" className="name">
                  <Given text={worker.name} short />
                  {worker.isDistrusted ? ' (unreliable)' : ''}
                </th>
                <td>{formatCount(worker.done)}</td>
                <td>{formatRate(worker.throughputPerSecond)}</td>
                <td>{duration(worker.p50Ns)}</td>
                <td>{duration(worker.p99Ns)}</td>
                <td>{duration(worker.maxNs)}</td>
                <td>{duration(worker.lateP99Ns)}</td>
                <td>{shareLabel(worker.busy)}</td>
                {clocks ? <td>{worker.clockNs === null ? '–' : `± ${formatDuration(worker.clockNs)}`}</td> : null}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
