import { formatCount, formatDuration, formatRate } from '../shared/format.ts'
import { kindOf, type LabKind, labKinds } from '../shared/lab/kind.ts'
import { type StepResult, throughputOf } from '../shared/lab/result.ts'
import { numberedFigures, streamFigures } from '../shared/lab/step-figures.ts'
import { batchesInWords } from '../shared/lab/turns.ts'
import { NameHeads, Names, type TableProps } from './name-cells.tsx'
import { shareLabel } from './plots/labels.ts'

interface StepColumn {
  readonly name: string
  readonly value: (step: StepResult) => string
  /** Omit the column when this is 0 in all rows. */
  readonly onlyWith?: (step: StepResult) => number
}

const requestColumns: readonly StepColumn[] = [
  { name: 'Sent', value: ({ counts }) => formatCount(counts.sent) },
  { name: 'Replied', value: ({ counts }) => formatCount(counts.replied) },
  { name: 'Timeouts', value: ({ counts }) => formatCount(counts.timedOut) },
  { name: 'Errors', value: ({ counts }) => formatCount(counts.failed) },
  {
    name: 'Never sent',
    value: ({ counts }) => formatCount(counts.unsent),
    onlyWith: ({ counts }) => counts.unsent,
  },
  {
    name: 'Unfinished',
    value: ({ counts }) => formatCount(counts.unfinished),
    onlyWith: ({ counts }) => counts.unfinished,
  },
  {
    name: 'Waited for a socket',
    value: ({ waitedForSocket }) => formatCount(waitedForSocket),
    onlyWith: ({ waitedForSocket }) => waitedForSocket,
  },
  ...numberedFigures.map(
    ({ name, value }): StepColumn => ({ name, value, onlyWith: ({ numbered }) => (numbered === null ? 0 : 1) }),
  ),
  { name: 'Measured for', value: ({ elapsedNs }) => formatDuration(elapsedNs) },
  { name: 'Throughput', value: (step) => formatRate(throughputOf(step)) },
]

const instrumentColumns: readonly StepColumn[] = [
  { name: 'Sockets', value: ({ sockets }) => formatCount(sockets) },
  { name: 'Reconnects', value: ({ reconnects }) => formatCount(reconnects) },
  { name: 'Loop delay p50', value: ({ instrument }) => formatDuration(instrument.loopDelay.p50Ns) },
  { name: 'Loop delay p99', value: ({ instrument }) => formatDuration(instrument.loopDelay.p99Ns) },
  { name: 'Loop delay max', value: ({ instrument }) => formatDuration(instrument.loopDelay.maxNs) },
  { name: 'Loop busy', value: ({ instrument }) => shareLabel(instrument.busy) },
  {
    name: 'Requests by turn',
    value: ({ turns }) => (turns === null ? '–' : batchesInWords(turns.requests)),
    onlyWith: ({ turns }) => (turns === null ? 0 : 1),
  },
  {
    name: 'Replies by turn',
    value: ({ turns }) => (turns === null ? '–' : batchesInWords(turns.replies)),
    onlyWith: ({ turns }) => (turns === null ? 0 : 1),
  },
]

interface StepTableProps extends TableProps {
  readonly caption: string
  readonly columns: readonly StepColumn[]
}

function StepTable({ rows, severalRuns, caption, columns }: StepTableProps) {
  const shown = columns.filter(({ onlyWith }) => !onlyWith || rows.some(({ step }) => onlyWith(step) > 0))
  return (
    <div className="scroll">
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <NameHeads rows={rows} severalRuns={severalRuns} />
            {shown.map(({ name }) => (
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
              {shown.map(({ name, value }) => (
                <td key={name}>{value(row.step)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const captions: Readonly<Record<LabKind, string>> = {
  'round-trips': 'Requests',
  flood: 'PUSH floods',
  'one-way': 'One-way streams',
}

const measuredFor: StepColumn = { name: 'Measured for', value: ({ elapsedNs }) => formatDuration(elapsedNs) }

const columnsOf = (kind: LabKind): readonly StepColumn[] =>
  kind === 'round-trips' ? requestColumns : [...streamFigures[kind], measuredFor]

/** What became of what was sent: a table for each kind of load. */
export function OutcomeTables({ rows, ...props }: TableProps) {
  return labKinds.map((kind) => {
    const of = rows.filter(({ step }) => kindOf(step.load) === kind)
    if (of.length === 0) return null
    return <StepTable key={kind} {...props} rows={of} caption={captions[kind]} columns={columnsOf(kind)} />
  })
}

/** The load of the measuring process. */
export function InstrumentTable(props: TableProps) {
  return <StepTable {...props} caption="The measuring process" columns={instrumentColumns} />
}
