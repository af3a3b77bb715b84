import { formatCount } from '../../../../shared/format.ts'
import type { StepResult } from '../../../../shared/lab/result.ts'
import { Given } from './given.tsx'
import { type ReportRow, rowName } from './report-rows.ts'

/** Something that a reader of the figures must know. */
export interface ReportFinding {
  /** `distrust`: the figures are not those of the server. */
  readonly level?: 'distrust' | 'note'
  readonly what: string
  readonly advice: string
}

export type FindingsOf = (step: StepResult) => readonly ReportFinding[]

interface RemarksProps {
  readonly rows: readonly ReportRow[]
  readonly severalRuns: boolean
}

/** Before the figures: whether they are to be trusted. */
export function Warnings({ rows, severalRuns, findingsOf }: RemarksProps & { readonly findingsOf: FindingsOf }) {
  const found = rows.flatMap((row) =>
    findingsOf(row.step).map((finding) => ({
      ...finding,
      key: `${row.key} ${finding.what}`,
      where: rows.length > 1 ? rowName(row, severalRuns) : null,
    })),
  )
  if (found.length === 0) return <p className="quiet">None: nothing that was watched speaks against the figures.</p>
  return (
    <ul className="findings">
      {found.map(({ key, level, where, what, advice }) => (
        <li key={key} className={level ?? 'note'}>
          <strong>
            {level === 'distrust' ? 'Not to be trusted. ' : ''}
            {where === null ? null : (
              <>
                <Given text={where} />:{' '}
              </>
            )}
            {what}
          </strong>{' '}
          {advice}
        </li>
      ))}
    </ul>
  )
}

/** Why requests failed, and how often; nothing where none did. */
export function Errors({ rows, severalRuns }: RemarksProps) {
  const errors = rows.flatMap((row) =>
    row.step.errors.map((error, index) => ({ ...error, row, key: `${row.key} ${index}` })),
  )
  if (errors.length === 0) return null
  return (
    <>
      <h3>Errors</h3>
      <ul className="findings">
        {errors.map(({ key, row, code, message, count }) => (
          <li key={key}>
            {formatCount(count)} × <Given text={message} />{' '}
            <span className="quiet">
              (<Given text={code} />
              {rows.length > 1 ? (
                <>
                  , <Given text={rowName(row, severalRuns)} />
                </>
              ) : null}
              )
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
