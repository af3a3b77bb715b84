import { IconAlertTriangle } from '@tabler/icons-react'
import { visibleText } from '../../../report/plots/plot-text.ts'
import { formatCount, formatDuration, formatRate } from '../../../shared/format.ts'
import { kindOf, kindWords, type LabKind } from '../../../shared/lab/kind.ts'
import type { ListedRun } from '../../../shared/lab/run-order.ts'
import { type WorkerRow, workerRows } from '../../../shared/lab/worker-findings.ts'
import { useLab } from '../../state/lab-store.ts'
import { chosenSteps } from './chosen-steps.ts'
import classes from './lab.module.css'

const duration = (nanoseconds: number | null): string => (nanoseconds === null ? '–' : formatDuration(nanoseconds))

interface WorkerColumn {
  readonly name: string
  readonly hint: string
  readonly value: (row: WorkerRow) => string
  /** Left out where no worker has it. */
  readonly only?: (row: WorkerRow) => boolean
}

const columnsOf = (kind: LabKind): readonly WorkerColumn[] => [
  { name: kindWords[kind].doneHeading, hint: 'Of its part of the load.', value: ({ done }) => formatCount(done) },
  { name: 'Throughput', hint: 'Of these, per second.', value: (row) => formatRate(row.throughputPerSecond) },
  { name: 'p50', hint: 'Half took no longer.', value: ({ p50Ns }) => duration(p50Ns) },
  { name: 'p99', hint: '99 % took no longer.', value: ({ p99Ns }) => duration(p99Ns) },
  { name: 'max', hint: 'The longest.', value: ({ maxNs }) => duration(maxNs) },
  {
    name: 'Late p99',
    hint: 'From when something was due to when it was sent.',
    value: ({ lateP99Ns }) => duration(lateP99Ns),
    only: ({ lateP99Ns }) => lateP99Ns !== null,
  },
  {
    name: 'Busy',
    hint: 'Share of the time that its process was busy.',
    value: ({ busy }) => `${Math.round(busy * 100)} %`,
  },
  {
    name: 'Clock',
    hint: 'How exactly its clock is known on another machine.',
    value: ({ clockNs }) => (clockNs === null ? '–' : `± ${formatDuration(clockNs)}`),
    only: ({ clockNs }) => clockNs !== null,
  },
]

/** Those that made the chosen step together, for each run that several made. */
export function WorkersTable({ shown }: { readonly shown: readonly ListedRun[] }) {
  const chosen = useLab((lab) => lab.step)
  const made = chosenSteps(shown, chosen)
    .map(({ id, run, name, step }) => ({ id, name, kind: kindOf(step.load), rows: workerRows(run, step) }))
    .filter(({ rows }) => rows.length > 0)
  return made.map(({ id, name, kind, rows }) => {
    const there = columnsOf(kind).filter(({ only }) => only === undefined || rows.some(only))
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reachable by keyboard
      <section key={id} className={classes.tablePlace} aria-label="Table of workers" tabIndex={0}>
        <table className={`${classes.table} ${classes.workerTable}`} aria-label="Workers">
          <thead>
            <tr>
              <th scope="col">{shown.length > 1 ? <bdi>{visibleText(name)}</bdi> : 'Worker'}</th>
              {there.map((column) => (
                <th key={column.name} scope="col" title={column.hint}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a worker is known by its place; names may be the same
              <tr key={index}>
                <th scope="row">
                  <bdi>{visibleText(row.name)}</bdi>
                  {row.isDistrusted ? <IconAlertTriangle size={14} role="img" aria-label="unreliable" /> : null}
                </th>
                {there.map((column) => (
                  <td key={column.name}>{column.value(row)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    )
  })
}
