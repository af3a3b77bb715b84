import { Given } from './given.tsx'
import type { ReportRow } from './report-rows.ts'

export interface TableProps {
  readonly rows: readonly ReportRow[]
  readonly severalRuns: boolean
}

interface NamesProps extends TableProps {
  readonly row: ReportRow
  /** Lines of the table that the row spans. */
  readonly lines?: number
}

/** Whether rows are distinguished by step. */
const sweeps = (rows: readonly ReportRow[]): boolean => rows.some(({ at }) => at !== null)

/** The column headings for the run and step of a row. */
export function NameHeads({ rows, severalRuns }: TableProps) {
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

/** The run and step of a row. */
export function Names({ row, rows, severalRuns, lines = 1 }: NamesProps) {
  return (
    <>
      {severalRuns ? (
        <th scope={lines > 1 ? 'rowgroup' : 'row'} rowSpan={lines} className="name">
          <Given text={row.run.name} short />
        </th>
      ) : null}
      {sweeps(rows) ? (
        <th scope={lines > 1 ? 'rowgroup' : 'row'} rowSpan={lines} className="name step">
          {row.at ?? '–'}
        </th>
      ) : null}
    </>
  )
}
